import { getTranslations } from 'next-intl/server'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import type { RunFailure } from '@/lib/domain/sync'
import type { PlatformHealth } from '@/lib/sync/view'

type Row = { key: string; failureKind: RunFailure; count: string; lastAt: Date }
type Props = { health: PlatformHealth; days: number; timeZone: string }

/** What failed of late, by kind, and the way on for each. */
export async function FailureTable({ health, days, timeZone }: Props) {
  const t = await getTranslations('syncHealth')
  const rows: Row[] = [
    ...health.failures.map(({ failureKind, runs, accounts, lastAt }) => ({
      key: `accounts ${failureKind}`,
      failureKind,
      count: t('failures.counts', { runs, accounts }),
      lastAt,
    })),
    ...health.failedNights.map(({ failureKind, nights, lastAt }) => ({
      key: `nights ${failureKind}`,
      failureKind,
      count: t('failures.nights', { nights }),
      lastAt,
    })),
  ]
  if (rows.length === 0) return <p className="text-ink-soft text-sm">{t('failures.none', { days })}</p>
  const columns: Column<Row>[] = [
    { key: 'kind', header: t('failures.kind'), rowHeader: true, cell: ({ failureKind }) => t(`kind.${failureKind}`) },
    { key: 'count', header: t('failures.count'), cell: ({ count }) => count },
    {
      key: 'last',
      header: t('failures.last'),
      className: 'sm:whitespace-nowrap',
      cell: ({ lastAt }) => <DateTime value={lastAt} timeZone={timeZone} />,
    },
    { key: 'way', header: t('failures.way'), cell: ({ failureKind }) => t(`way.${failureKind}`) },
  ]
  return (
    <div className="-mx-5">
      <DataTable
        caption={t('failures.title', { days })}
        showCaption
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </div>
  )
}
