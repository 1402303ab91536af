import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ExportForm } from '@/components/reports/export-form'
import { ExportHistory } from '@/components/reports/export-history'
import { filterParts, readReportAddress, reportAddress } from '@/components/reports/report-address'
import { ReportFilter } from '@/components/reports/report-filter'
import { ReportTable } from '@/components/reports/report-table'
import { SubtotalsTable } from '@/components/reports/subtotals-table'
import { LinkButton } from '@/components/ui/button'
import { Credit } from '@/components/ui/credit'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { Stat, StatRow } from '@/components/ui/stat'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { formatCount } from '@/lib/i18n/format'
import { getReport } from '@/lib/reports/get-report'
import { listExports } from '@/lib/reports/list-exports'
import type { ReportQuery } from '@/lib/reports/schema'
import type { ReportPage } from '@/lib/reports/view'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const RECENT_EXPORTS = 10

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports')
  return { title: t('title') }
}

async function load(query: ReportQuery, withSubtotals: boolean) {
  const [actor, language] = await Promise.all([requireActor('admin'), getLocale()])
  try {
    return await Promise.all([
      getReport(actor, query, { language, withSubtotals }),
      listExports(actor, {}, { limit: RECENT_EXPORTS }),
    ])
  } catch (error) {
    if (isAppError(error, 'invalid')) notFound()
    throw error
  }
}

async function Sums({ totals, subtotals, query }: Pick<ReportPage, 'totals' | 'subtotals'> & { query: ReportQuery }) {
  const [t, locale] = await Promise.all([getTranslations('reports'), getLocale()])
  if (totals === null) return null
  const here = reportAddress(query, null)
  return (
    <div className="mb-6 space-y-6">
      <StatRow>
        <Stat label={t('totals.entries')} value={formatCount(totals.entries, locale)} />
        <Stat label={t('totals.students')} value={formatCount(totals.students, locale)} />
        <Stat
          label={t('totals.credit')}
          value={<Credit hundredths={totals.hundredths} />}
          href={subtotals === null ? `${here}${here.includes('?') ? '&' : '?'}by=college` : here}
          hrefLabel={t(subtotals === null ? 'subtotals.show' : 'subtotals.hide')}
        />
      </StatRow>
      {subtotals === null ? null : (
        <Panel title={t('subtotals.title')} flush>
          <SubtotalsTable subtotals={subtotals} />
        </Panel>
      )}
    </div>
  )
}

/** What was credited, narrowed as one likes, on screen and as a file. */
export default async function ReportsPage({ searchParams }: Props) {
  const search = await searchParams
  const query = readReportAddress(search)
  const [t, [page, history]] = await Promise.all([getTranslations('reports'), load(query, search.by === 'college')])
  const filtered = filterParts(query).length > 0
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        action={
          <>
            <LinkButton href="#export" variant="primary" icon="download">
              {t('toExport')}
            </LinkButton>
            <LinkButton href="/admin/filings" icon="inbox">
              {t('toFilings')}
            </LinkButton>
          </>
        }
      />
      <Panel className="mb-6">
        <ReportFilter query={query} page={page} />
      </Panel>
      <Sums totals={page.totals} subtotals={page.subtotals} query={query} />
      <Panel title={t('lines')} flush className="mb-6">
        <ReportTable
          lines={page.lines}
          empty={
            <EmptyState icon="ledger" title={t(filtered ? 'emptyFilter' : 'empty')}>
              {filtered ? <TextLink href="/admin/reports">{t('filter.clear')}</TextLink> : t('emptyText')}
            </EmptyState>
          }
        />
        <Pagination
          firstHref={query.cursor ? reportAddress(query, null) : null}
          nextHref={page.nextCursor === null ? null : reportAddress(query, page.nextCursor)}
        />
      </Panel>
      <Panel
        id="export"
        title={t('export.title')}
        lead={t(filtered ? 'export.leadFiltered' : 'export.lead')}
        aside={<TextLink href="/admin/reports/columns">{t('columns.change', { count: page.columns.length })}</TextLink>}
        className="mb-6 scroll-mt-20"
      >
        <ExportForm parts={filterParts(query)} entries={page.totals?.entries ?? null} />
      </Panel>
      <Panel title={t('history.title')} lead={t('history.lead')} flush>
        <ExportHistory exports={history.exports} timeZone={history.timeZone} />
      </Panel>
    </>
  )
}
