import { useLocale, useTranslations } from 'next-intl'
import { Credit } from '@/components/ui/credit'
import { type Column, DataTable } from '@/components/ui/data-table'
import { formatCount } from '@/lib/i18n/format'
import type { ReportSubtotal } from '@/lib/reports/view'

/** The sums of a report by programme, by college and over all, as the workbook has them. */
export function SubtotalsTable({ subtotals }: { subtotals: readonly ReportSubtotal[] }) {
  const t = useTranslations('reports.subtotals')
  const locale = useLocale()
  const programmeOf = ({ level, programme }: ReportSubtotal) => {
    if (level === 'programme') return programme === '' ? t('noProgramme') : programme
    return level === 'college' ? t('subtotal') : ''
  }
  const columns: Column<ReportSubtotal>[] = [
    {
      key: 'college',
      header: t('college'),
      rowHeader: true,
      className: 'text-start',
      cell: ({ level, college }) => (level === 'all' ? t('total') : college),
    },
    { key: 'programme', header: t('programme'), cell: programmeOf },
    { key: 'students', header: t('students'), align: 'end', cell: ({ students }) => formatCount(students, locale) },
    { key: 'entries', header: t('entries'), align: 'end', cell: ({ entries }) => formatCount(entries, locale) },
    {
      key: 'credit',
      header: t('credit'),
      align: 'end',
      cell: ({ hundredths }) => <Credit hundredths={hundredths} bare />,
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={subtotals}
      rowKey={({ level, college, programme }) => `${level} ${college} ${programme}`}
      rowClassName={({ level }) => (level === 'programme' ? undefined : 'font-medium')}
    />
  )
}
