import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { orNotFound, queuePlace, type Search } from '@/app/_reviews/queue-place'
import { FailedEvidence } from '@/components/claims/failed-evidence'
import { resultsFromSearch } from '@/components/reviews/bulk-results'
import { QueuePage } from '@/components/reviews/queue-page'
import { UnassignedClaims } from '@/components/reviews/unassigned-claims'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/auth/session'
import { listFailedEvidence } from '@/lib/claims/list-failed-evidence'
import { listApprovalQueue } from '@/lib/reviews/list-approval-queue'
import { listUnassignedClaims } from '@/lib/reviews/list-unassigned-claims'
import { approveManyAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reviews')
  return { title: t('approvals.title') }
}

/** Endorsed claims that wait for an approval. */
export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireActor('admin')
  const search = await searchParams
  const place = queuePlace(search)
  const [t, queue, failed, unassigned] = await Promise.all([
    getTranslations('reviews.approvals'),
    orNotFound(listApprovalQueue(actor, place)),
    listFailedEvidence(actor),
    listUnassignedClaims(actor),
  ])
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <QueuePage
        queue={queue}
        place={place}
        basePath="/admin/approvals"
        stage="approval"
        action={approveManyAction}
        results={resultsFromSearch(search.done)}
        now={new Date()}
        empty={
          <EmptyState icon="stamp" title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <UnassignedClaims claims={unassigned.claims} timeZone={unassigned.timeZone} />
      <FailedEvidence claims={failed.claims} timeZone={failed.timeZone} />
    </>
  )
}
