import { getTranslations } from 'next-intl/server'
import { lineHref, lineName } from '@/components/catalog/catalog-table'
import { WaitingDays } from '@/components/catalog/nomination-state'
import { Badge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { OptOutQueueQuery } from '@/lib/catalog/schema'
import type { OptOutRequest } from '@/lib/catalog/view'
import { platformName } from '@/lib/domain/platform'

type Props = { requests: readonly OptOutRequest[]; state: OptOutQueueQuery['state']; now: Date }

/** What maintainers ask for, the longest waiting first. */
export async function OptOutTable({ requests, state, now }: Props) {
  const t = await getTranslations('maintainers')
  const columns: Column<OptOutRequest>[] = [
    {
      key: 'repository',
      header: t('columns.repository'),
      rowHeader: true,
      cell: (request) => (
        <>
          <span className="break-all">{lineName(request)}</span>{' '}
          <Badge className="font-normal">{platformName(request.platform)}</Badge>
        </>
      ),
    },
    {
      key: 'says',
      header: t('columns.says'),
      cell: ({ login, message }) => (
        <>
          <span className="text-ink-soft">@{login}</span>
          <q className="block max-w-120 whitespace-pre-wrap [overflow-wrap:anywhere]">{message}</q>
        </>
      ),
    },
    state === 'open'
      ? {
          key: 'age',
          header: t('columns.age'),
          align: 'end',
          cell: ({ createdAt }) => <WaitingDays since={createdAt} now={now} />,
        }
      : {
          key: 'reason',
          header: t('columns.reason'),
          cell: ({ decisionReason }) => <span className="[overflow-wrap:anywhere]">{decisionReason}</span>,
        },
    {
      key: 'line',
      header: t('columns.line'),
      hideHeader: true,
      cell: (request) => (
        <TextLink href={lineHref(request)} aria-label={`${t('toLine')} ${lineName(request)}`}>
          {t('toLine')}
        </TextLink>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('queue.caption')}
      columns={columns}
      rows={requests}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="check" title={t('queue.empty.title')}>
          {t('queue.empty.text')}
        </EmptyState>
      }
    />
  )
}
