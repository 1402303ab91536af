import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { draftPolicyAction } from '@/app/(admin)/admin/policies/actions'
import { ActionForm } from '@/components/ui/action-form'
import { StateBadge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { ShortHash } from '@/components/ui/copyable'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { FileField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { findPolicy } from '@/lib/policies/find-policy'
import { listPolicyVersions } from '@/lib/policies/list-policy-versions'
import { policyListQuery } from '@/lib/policies/schema'
import type { PolicyView } from '@/lib/policies/view'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policies.admin')
  return { title: t('title') }
}

/** All versions of the rules, and the door for the next one. */
export default async function PoliciesPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor('admin')
  const query = policyListQuery.safeParse(await searchParams)
  const beforeVersion = query.success ? query.data.before : undefined
  const [t, inForce, { versions, next }] = await Promise.all([
    getTranslations('policies'),
    findPolicy(actor),
    listPolicyVersions(actor, { beforeVersion }),
  ])
  return (
    <>
      <PageHeader title={t('admin.title')} lead={t('admin.lead')} />
      <div className="grid gap-6">
        <Panel flush>
          <DataTable
            caption={t('admin.listCaption')}
            columns={await columnsOf(inForce?.id ?? null)}
            rows={versions}
            rowKey={({ id }) => id}
            empty={
              <EmptyState icon="policy" title={t('none.title')}>
                {t('none.admin')}
              </EmptyState>
            }
          />
          <Pagination
            firstHref={beforeVersion === undefined ? null : '/admin/policies'}
            nextHref={next === null ? null : `/admin/policies?before=${next}`}
          />
        </Panel>
        <Panel
          title={t('admin.handIn')}
          lead={t('admin.handInLead')}
          aside={
            inForce ? (
              <LinkButton href={`/api/policies/${inForce.id}`} size="sm" icon="download">
                {t('download')}
              </LinkButton>
            ) : undefined
          }
        >
          <ActionForm action={draftPolicyAction} className="max-w-xl space-y-4">
            <FileField
              name="document"
              label={t('admin.file')}
              hint={t('admin.fileHint')}
              accept="application/json,.json"
              required
            />
            <SubmitButton>{t('admin.saveDraft')}</SubmitButton>
          </ActionForm>
        </Panel>
      </div>
    </>
  )
}

async function columnsOf(inForceId: string | null): Promise<Column<PolicyView>[]> {
  const [t, locale, viewer] = await Promise.all([getTranslations('policies'), getLocale(), requireViewer()])
  const stateOf = (row: PolicyView) => {
    if (row.status === 'draft') return <StateBadge tone="amber">{t('draft')}</StateBadge>
    if (row.id === inForceId) return <StateBadge tone="jade">{t('inForce')}</StateBadge>
    return <StateBadge icon="history">{t('earlier')}</StateBadge>
  }
  return [
    { key: 'version', header: t('admin.columns.version'), cell: ({ version }) => version, align: 'end' },
    {
      key: 'title',
      header: t('admin.columns.title'),
      rowHeader: true,
      cell: ({ id, policy }) => (
        <TextLink href={`/admin/policies/${id}`}>{locale === 'en' ? policy.title.en : policy.title.zh}</TextLink>
      ),
    },
    { key: 'state', header: t('admin.columns.state'), cell: stateOf },
    {
      key: 'published',
      header: t('admin.columns.published'),
      cell: ({ publishedAt }) =>
        publishedAt ? <DateTime value={publishedAt} timeZone={viewer.university.timeZone} /> : '—',
    },
    {
      key: 'document',
      header: t('admin.columns.document'),
      cell: ({ documentSha256 }) => <ShortHash value={documentSha256} digits={12} />,
    },
  ]
}
