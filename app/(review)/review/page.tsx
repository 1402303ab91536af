import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { orNotFound, queuePlace, type Search } from '@/app/_reviews/queue-place'
import { resultsFromSearch } from '@/components/reviews/bulk-results'
import { QueuePage } from '@/components/reviews/queue-page'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/auth/session'
import { listReviewQueue } from '@/lib/reviews/list-review-queue'
import { endorseManyAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reviews')
  return { title: t('queue.title') }
}

/** What waits for the reader's endorsement. */
export default async function ReviewQueuePage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireActor('reviewer')
  const search = await searchParams
  const place = queuePlace(search)
  const [t, queue] = await Promise.all([getTranslations('reviews.queue'), orNotFound(listReviewQueue(actor, place))])
  const unassigned = actor.reviewDepartmentIds.length === 0
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <QueuePage
        queue={queue}
        place={place}
        basePath="/review"
        stage="endorsement"
        action={endorseManyAction}
        results={resultsFromSearch(search.done)}
        now={new Date()}
        empty={
          <EmptyState icon="checklist" title={t(unassigned ? 'emptyUnassigned' : 'empty')}>
            {t(unassigned ? 'emptyUnassignedText' : 'emptyText')}
          </EmptyState>
        }
      />
    </>
  )
}
