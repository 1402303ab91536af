import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { applyCatalogFileAction, discardCatalogFileAction } from '@/app/(admin)/admin/catalog/import/actions'
import { CatalogImportLines, CatalogImportProblems } from '@/components/catalog/catalog-import-lines'
import { CatalogImportState } from '@/components/catalog/catalog-imports'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Checkbox } from '@/components/ui/choice-fields'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { Tabs } from '@/components/ui/tabs'
import { TextLink } from '@/components/ui/text-link'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { getCatalogImport } from '@/lib/catalog/get-catalog-import'
import { CATALOG_IMPORT_VIEWS, type CatalogImportView, catalogImportQuery } from '@/lib/catalog/schema'
import type { CatalogImportPage, CatalogImportSummary } from '@/lib/catalog/view'
import { isAppError } from '@/lib/domain/errors'
import { formatCount } from '@/lib/i18n/format'

type Search = Readonly<Record<string, string | string[] | undefined>>
type Props = { params: Promise<{ importId: string }>; searchParams: Promise<Search> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('catalogImport')
  return { title: t('preview.title') }
}

/** What a file would do to the university's own words, before anything is done; afterwards, what it did. */
export default async function CatalogImportPageOf({ params, searchParams }: Props) {
  const asked = await searchParams
  const page = await loadImport((await params).importId, asked)
  const [t, words, viewer] = await Promise.all([
    getTranslations('catalogImport'),
    getTranslations('catalog'),
    requireViewer(),
  ])
  const { state, summary, view } = page
  const isOpen = state === 'previewed'
  return (
    <>
      <Breadcrumbs
        crumbs={[
          { href: '/admin/catalog', label: words('title') },
          { href: '/admin/catalog/import', label: t('title') },
        ]}
      />
      <PageHeader
        title={<span className="break-all">{page.fileName || t('noName')}</span>}
        lead={t(`preview.lead.${state}`)}
        badge={<CatalogImportState state={state} />}
      />
      <div className="space-y-4">
        {summary.unknownHeadings.length === 0 ? null : (
          <Notice kind="attention">
            {t('preview.unknownHeadings', { names: summary.unknownHeadings.join(t('lines.and')) })}
          </Notice>
        )}
        {isOpen ? <Confirm page={page} /> : <Ended page={page} timeZone={viewer.university.timeZone} />}
      </div>
      <div className="mt-6">
        <Tabs
          label={t('preview.views')}
          tabs={CATALOG_IMPORT_VIEWS.map((one) => ({
            href: hrefOf(page.id, one),
            label: t(`view.${one}`),
            count: countOf(summary, one),
            current: one === view,
          }))}
        />
        <Panel flush>
          {view === 'problems' ? (
            <CatalogImportProblems problems={page.problems} isForgotten={state === 'discarded' && summary.bad > 0} />
          ) : isOpen ? (
            <CatalogImportLines lines={page.lines} kind={view} />
          ) : (
            <p className="p-5 text-ink-soft">{t('preview.forgotten')}</p>
          )}
          <Pagination
            firstHref={asked.after === undefined ? null : hrefOf(page.id, view)}
            nextHref={page.nextAfter === null ? null : hrefOf(page.id, view, page.nextAfter)}
          />
        </Panel>
      </div>
    </>
  )
}

/** The import of an address with the page of it that is asked for; what is not there, or not ours, is no page. */
async function loadImport(importId: string, { view, after }: Search): Promise<CatalogImportPage> {
  const actor = await requireActor('admin')
  const query = catalogImportQuery.safeParse({ importId, view: view ?? null, after: after ?? 0 })
  if (!query.success) notFound()
  try {
    return await getCatalogImport(actor, query.data)
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
}

const hrefOf = (importId: string, view: CatalogImportView, after?: number) =>
  `/admin/catalog/import/${importId}?view=${view}${after === undefined ? '' : `&after=${after}`}`

const countOf = (summary: CatalogImportSummary, view: CatalogImportView) =>
  view === 'problems' ? summary.bad : summary[view]

async function Confirm({ page: { id, summary } }: { page: CatalogImportPage }) {
  const [t, locale] = await Promise.all([getTranslations('catalogImport'), getLocale()])
  const { unknownHeadings: _, bad, ...counts } = summary
  const toDo = summary.new + summary.changed + summary.removed
  const discard = (
    <ActionForm action={discardCatalogFileAction}>
      <input type="hidden" name="importId" value={id} />
      <SubmitButton size="sm" variant="secondary">
        {t('preview.discard')}
      </SubmitButton>
    </ActionForm>
  )
  return (
    <Panel title={t('preview.confirm')} aside={discard}>
      <p>{t('preview.counts', counts)}</p>
      {bad > 0 ? <p>{t('preview.bad', { count: bad })}</p> : null}
      {toDo > 0 ? (
        <ActionForm action={applyCatalogFileAction} className="mt-4 space-y-4">
          <input type="hidden" name="importId" value={id} />
          {bad > 0 ? <Checkbox name="leaveOutBad" label={t('preview.leaveOut', { count: bad })} required /> : null}
          <SubmitButton pendingLabel={t('preview.pending')}>
            {t('preview.apply', { count: formatCount(toDo, locale) })}
          </SubmitButton>
        </ActionForm>
      ) : null}
    </Panel>
  )
}

async function Ended({ page, timeZone }: { page: CatalogImportPage; timeZone: string }) {
  const t = await getTranslations('catalogImport')
  if (page.state === 'discarded') return null
  const { unknownHeadings: _, bad: _bad, ...counts } = page.summary
  return (
    <Notice kind="success" title={t('preview.done', counts)}>
      {page.appliedAt ? <DateTime value={page.appliedAt} timeZone={timeZone} /> : null}{' '}
      <TextLink href="/admin/catalog?own=on">{t('preview.toCatalog')}</TextLink>
    </Notice>
  )
}
