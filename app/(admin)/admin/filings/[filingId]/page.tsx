import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { FilingFacts } from '@/components/filings/filing-facts'
import { ExportForm } from '@/components/reports/export-form'
import { ExportHistory } from '@/components/reports/export-history'
import { ReportTable } from '@/components/reports/report-table'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getFiling } from '@/lib/reports/get-filing'
import { listExports } from '@/lib/reports/list-exports'

type Props = {
  params: Promise<{ filingId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const load = cache(async (filingId: string, cursor: string | null) => {
  const [actor, language] = await Promise.all([requireActor('admin'), getLocale()])
  try {
    const page = await getFiling(actor, { filingId, cursor }, { language })
    return { page, history: await listExports(actor, { filingId }) }
  } catch (error) {
    if (isAppError(error, 'not_found') || isAppError(error, 'invalid')) notFound()
    throw error
  }
})

async function cursorOf(searchParams: Props['searchParams']): Promise<string | null> {
  const { cursor } = await searchParams
  return typeof cursor === 'string' ? cursor : null
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [t, locale, { page }] = await Promise.all([
    getTranslations('filings'),
    getLocale(),
    load((await params).filingId, await cursorOf(searchParams)),
  ])
  const { term, ordinal } = page.filing
  return { title: t('name', { term: locale === 'en' ? term.nameEn : term.nameZh, ordinal }) }
}

/** A filing: what it holds, its files, and what vouches for them. */
export default async function FilingPage({ params, searchParams }: Props) {
  const { filingId } = await params
  const cursor = await cursorOf(searchParams)
  const [t, locale, { page, history }] = await Promise.all([
    getTranslations('filings'),
    getLocale(),
    load(filingId, cursor),
  ])
  const { filing, lines, nextCursor, timeZone } = page
  const here = `/admin/filings/${filing.filingId}`
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/filings', label: t('title') }]} />
      <PageHeader
        title={t('name', { term: locale === 'en' ? filing.term.nameEn : filing.term.nameZh, ordinal: filing.ordinal })}
        badge={<Badge tone="jade">{t(filing.ordinal === 1 ? 'kind.first' : 'kind.supplement')}</Badge>}
        lead={t('filedLead')}
      />
      <div className="mb-6 grid items-start gap-6 xl:grid-cols-2">
        <Panel title={t('facts')}>
          <FilingFacts filing={filing} timeZone={timeZone} />
        </Panel>
        <Panel title={t('files')} lead={t('filesLead')}>
          <ExportForm parts={[['filingId', filing.filingId]]} entries={filing.entries} />
        </Panel>
      </div>
      <Panel title={t('lines')} flush className="mb-6">
        <ReportTable lines={lines} empty={null} withFiling={false} />
        <Pagination
          firstHref={cursor === null ? null : here}
          nextHref={nextCursor === null ? null : `${here}?${new URLSearchParams({ cursor: nextCursor })}`}
        />
      </Panel>
      <Panel title={t('history')} flush>
        <ExportHistory exports={history.exports} timeZone={timeZone} ofFiling />
      </Panel>
    </>
  )
}
