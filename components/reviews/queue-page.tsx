import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { BulkResults, type ShownResult } from '@/components/reviews/bulk-results'
import { QueueTable } from '@/components/reviews/queue-table'
import { ActionForm } from '@/components/ui/action-form'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { FormAction } from '@/components/ui/form-state'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { Tabs } from '@/components/ui/tabs'
import { TextLink } from '@/components/ui/text-link'
import { QUEUE_FILTERS, type QueueFilter } from '@/lib/reviews/schema'
import type { ReviewQueue } from '@/lib/reviews/view'

export type QueuePlace = { departmentId: string | null; filter: QueueFilter; cursor: string | null }

type Props = {
  queue: ReviewQueue
  place: QueuePlace
  basePath: '/review' | '/admin/approvals'
  stage: 'endorsement' | 'approval'
  action: FormAction
  results: readonly ShownResult[]
  now: Date
  empty: ReactNode
}

/** The address of a part of a queue. */
export function queueHref(basePath: string, place: Partial<QueuePlace>): string {
  const search = new URLSearchParams()
  if (place.departmentId) search.set('department', place.departmentId)
  if (place.filter && place.filter !== 'all') search.set('filter', place.filter)
  if (place.cursor) search.set('cursor', place.cursor)
  return search.size === 0 ? basePath : `${basePath}?${search}`
}

function Departments({ queue, place, basePath }: Pick<Props, 'queue' | 'place' | 'basePath'>) {
  const t = useTranslations('reviews.queue')
  if (queue.departments.length < 2) return null
  const { filter } = place
  const waiting = (count: number) => (count >= queue.countedUpTo ? t('orMore', { count }) : String(count))
  return (
    <nav aria-label={t('departments')} className="mb-4 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      <TextLink
        href={queueHref(basePath, { filter })}
        aria-current={place.departmentId === null ? 'page' : undefined}
        className={place.departmentId === null ? 'font-semibold' : ''}
      >
        {t('allDepartments')}
      </TextLink>
      {queue.departments.map(({ departmentId, name, waiting: count }) => (
        <TextLink
          key={departmentId}
          href={queueHref(basePath, { filter, departmentId })}
          aria-current={place.departmentId === departmentId ? 'page' : undefined}
          className={place.departmentId === departmentId ? 'font-semibold' : ''}
        >
          {name} <span className="text-ink-faint">{waiting(count)}</span>
        </TextLink>
      ))}
    </nav>
  )
}

/** A queue with its departments and filters; what may be decided together is decided together. */
export function QueuePage(props: Props) {
  const { queue, place, basePath, stage, action, results, now, empty } = props
  const t = useTranslations('reviews.queue')
  const { departmentId, filter, cursor } = place
  const bulk = queue.items.filter((item) => item.bulk).length
  return (
    <>
      <BulkResults results={results} basePath={basePath} stage={stage} />
      <Departments queue={queue} place={place} basePath={basePath} />
      <Tabs
        label={t('filter.label')}
        tabs={QUEUE_FILTERS.map((one) => ({
          href: queueHref(basePath, { departmentId, filter: one }),
          label: t(`filter.${one}`),
          current: one === filter,
        }))}
      />
      <Panel flush>
        {queue.items.length === 0 ? (
          (filter === 'all' && cursor === null && empty) || (
            <EmptyState
              icon="filter"
              title={t('emptyFilter')}
              action={<LinkButton href={basePath}>{t('showAll')}</LinkButton>}
            >
              {t('emptyFilterText')}
            </EmptyState>
          )
        ) : (
          <ActionForm action={action} className="">
            <QueueTable items={queue.items} basePath={basePath} now={now} endorsed={stage === 'approval'} />
            {bulk > 0 ? (
              <div className="sticky bottom-0 z-10 flex flex-wrap items-center justify-between gap-3 rounded-b-lg border-line border-t bg-sheet px-5 py-3">
                <p className="text-ink-soft text-sm">{t(`bulk.${stage}`)}</p>
                <SubmitButton variant="decide" pendingLabel={t('bulk.pending')}>
                  {t(`bulk.${stage}Button`)}
                </SubmitButton>
              </div>
            ) : null}
          </ActionForm>
        )}
        <Pagination
          firstHref={cursor === null ? null : queueHref(basePath, { departmentId, filter })}
          nextHref={
            queue.nextCursor === null ? null : queueHref(basePath, { departmentId, filter, cursor: queue.nextCursor })
          }
        />
      </Panel>
    </>
  )
}
