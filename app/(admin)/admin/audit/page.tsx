import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { auditAddress, readAuditAddress } from '@/components/audit/audit-address'
import { AuditTable } from '@/components/audit/audit-table'
import { Button, LinkButton } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { listAuditEvents } from '@/lib/audit/list-audit-events'
import { AUDIT_AREAS, type AuditQuery } from '@/lib/audit/schema'
import { requireActor } from '@/lib/auth/session'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit')
  return { title: t('title') }
}

/** What happened at the university, with filters. */
export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const query = readAuditAddress(await searchParams)
  const [t, page] = await Promise.all([
    getTranslations('audit'),
    listAuditEvents(actor, query).catch(notFoundIfInvalid),
  ])
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Panel className="mb-6">
        <Filter query={query} />
      </Panel>
      <Panel flush>
        <AuditTable events={page.events} query={query} timeZone={page.timeZone} />
        <Pagination
          firstHref={query.cursor === null ? null : auditAddress(query, {})}
          nextHref={page.nextCursor === null ? null : auditAddress(query, { cursor: page.nextCursor })}
        />
      </Panel>
    </>
  )
}

async function Filter({ query }: { query: AuditQuery }) {
  const t = await getTranslations('audit')
  const narrowed = query.actorMemberId !== null || query.subjectId !== null
  return (
    <form className="flex flex-wrap items-end gap-4">
      {query.actorMemberId ? <input type="hidden" name="actorMemberId" value={query.actorMemberId} /> : null}
      {query.subjectKind ? <input type="hidden" name="subjectKind" value={query.subjectKind} /> : null}
      {query.subjectId ? <input type="hidden" name="subjectId" value={query.subjectId} /> : null}
      <SelectField
        name="area"
        label={t('filter.area')}
        placeholder={t('filter.all')}
        defaultValue={query.area ?? ''}
        choices={AUDIT_AREAS.map((area) => ({ value: area, label: t(`area.${area}`) }))}
      />
      <TextField name="from" type="date" label={t('filter.from')} defaultValue={query.from ?? ''} />
      <TextField name="to" type="date" label={t('filter.to')} defaultValue={query.to ?? ''} />
      <Button type="submit" variant="secondary">
        {t('filter.apply')}
      </Button>
      {narrowed || query.area || query.from || query.to ? (
        <LinkButton href="/admin/audit" variant="quiet" icon="x">
          {t('filter.clear')}
        </LinkButton>
      ) : null}
      {narrowed ? (
        <p className="basis-full text-ink-soft text-sm">
          {query.actorMemberId ? t('filter.actor') : t('filter.subject')}
        </p>
      ) : null}
    </form>
  )
}
