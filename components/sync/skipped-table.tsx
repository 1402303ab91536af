import { getTranslations } from 'next-intl/server'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import type { SkippedRecordView } from '@/lib/sync/view'

type Props = { records: readonly SkippedRecordView[]; timeZone: string }

/** Which records could not be used, why, and where they were met. */
export async function SkippedTable({ records, timeZone }: Props) {
  const [t, words] = await Promise.all([getTranslations('syncHealth'), getTranslations('accounts')])
  const columns: Column<SkippedRecordView>[] = [
    {
      key: 'reference',
      header: t('list.reference'),
      rowHeader: true,
      cell: ({ reference }) => <span className="break-all">{reference}</span>,
    },
    {
      key: 'reason',
      header: t('list.reason'),
      cell: ({ reason }) =>
        words(words.has(`skips.reasons.${reason}`) ? `skips.reasons.${reason}` : 'skips.reasons.other'),
    },
    {
      key: 'where',
      header: t('list.where'),
      cell: ({ login }) =>
        login === null ? t('list.repository') : <span className="break-all">{t('list.account', { login })}</span>,
    },
    {
      key: 'at',
      header: t('list.at'),
      align: 'end',
      className: 'sm:whitespace-nowrap',
      cell: ({ at }) => <DateTime value={at} timeZone={timeZone} />,
    },
  ]
  return (
    <DataTable
      caption={t('list.caption')}
      columns={columns}
      rows={records}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="check" title={t('list.empty')}>
          {t('list.emptyText')}
        </EmptyState>
      }
    />
  )
}
