import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Candidate } from '@/components/filings/candidate'
import { FilingTable } from '@/components/filings/filing-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { listFilings } from '@/lib/reports/list-filings'
import { createFilingAction } from './actions'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('filings')
  return { title: t('title') }
}

async function load(cursor: string | null) {
  const actor = await requireActor('admin')
  try {
    return await listFilings(actor, { cursor })
  } catch (error) {
    if (isAppError(error, 'invalid')) notFound()
    throw error
  }
}

/** What can be handed to the academic affairs office now, and what was. */
export default async function FilingsPage({ searchParams }: Props) {
  const { cursor } = await searchParams
  const from = typeof cursor === 'string' ? cursor : null
  const [t, page] = await Promise.all([getTranslations('filings'), load(from)])
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="mb-6 space-y-6">
        {page.candidates.map((candidate) => (
          <Candidate key={candidate.term.termId} candidate={candidate} action={createFilingAction} />
        ))}
        {page.candidates.length === 0 ? (
          <Panel>
            <EmptyState icon="checklist" title={t('nothing')}>
              {t('nothingText')} <TextLink href="/admin/approvals">{t('toApprovals')}</TextLink>
            </EmptyState>
          </Panel>
        ) : null}
      </div>
      <Panel title={t('made')} flush>
        <FilingTable filings={page.filings} timeZone={page.timeZone} />
        <Pagination
          firstHref={from === null ? null : '/admin/filings'}
          nextHref={
            page.nextCursor === null ? null : `/admin/filings?${new URLSearchParams({ cursor: page.nextCursor })}`
          }
        />
      </Panel>
    </>
  )
}
