import { useLocale, useTranslations } from 'next-intl'
import { Credit } from '@/components/ui/credit'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { FilingView } from '@/lib/reports/view'

/** What was handed in, newest first. */
export function FilingTable({ filings, timeZone }: { filings: readonly FilingView[]; timeZone: string }) {
  const t = useTranslations('filings')
  const locale = useLocale()
  const columns: Column<FilingView>[] = [
    {
      key: 'filing',
      header: t('column.filing'),
      rowHeader: true,
      className: 'text-start',
      cell: ({ filingId, term, ordinal }) => (
        <TextLink href={`/admin/filings/${filingId}`}>
          {t('name', { term: locale === 'en' ? term.nameEn : term.nameZh, ordinal })}
        </TextLink>
      ),
    },
    {
      key: 'kind',
      header: t('column.kind'),
      cell: ({ ordinal }) => t(ordinal === 1 ? 'kind.first' : 'kind.supplement'),
    },
    {
      key: 'when',
      header: t('column.when'),
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} />,
    },
    { key: 'by', header: t('column.by'), cell: ({ byName }) => byName },
    { key: 'entries', header: t('entries'), align: 'end', cell: ({ entries }) => formatCount(entries, locale) },
    {
      key: 'credit',
      header: t('credit'),
      align: 'end',
      cell: ({ totalHundredths }) => <Credit hundredths={totalHundredths} bare />,
    },
  ]
  return (
    <DataTable
      caption={t('made')}
      columns={columns}
      rows={filings}
      rowKey={({ filingId }) => filingId}
      empty={
        <EmptyState icon="inbox" title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      }
    />
  )
}
