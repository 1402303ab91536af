import { useLocale, useTranslations } from 'next-intl'
import { Copyable } from '@/components/ui/copyable'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { Details } from '@/components/ui/details'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { ExportView } from '@/lib/reports/view'

type Props = { exports: readonly ExportView[]; timeZone: string; ofFiling?: boolean }

/** Files that were handed out whole: when, by whom, what each hashes to, and the signed head that it came with. */
export function ExportHistory({ exports, timeZone, ofFiling = false }: Props) {
  const t = useTranslations('reports.history')
  const locale = useLocale()
  const columns: Column<ExportView>[] = [
    { key: 'when', header: t('when'), cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} /> },
    { key: 'by', header: t('by'), className: 'sm:whitespace-nowrap', cell: ({ byName }) => byName ?? t('operator') },
    {
      key: 'file',
      header: t('file'),
      rowHeader: true,
      className: 'text-start',
      cell: ({ format, encoding }) => (format === 'xlsx' ? 'xlsx' : `CSV · ${t(`encoding.${encoding}`)}`),
    },
    {
      key: 'of',
      header: t('of'),
      cell: ({ filing }) =>
        filing === null ? (
          t('report')
        ) : (
          <TextLink href={`/admin/filings/${filing.filingId}`}>
            {t('filing', { code: filing.termCode, ordinal: filing.ordinal })}
          </TextLink>
        ),
    },
    { key: 'rows', header: t('rows'), align: 'end', cell: ({ rows }) => formatCount(rows, locale) },
    {
      key: 'checksum',
      header: 'SHA-256',
      cell: ({ contentSha256, signedHead }) => (
        <>
          <Copyable value={contentSha256} />
          <Details summary={t('signature')} className="mt-1 text-sm">
            <p className="mb-1 text-ink-soft">{t('signatureText')}</p>
            <Copyable value={signedHead} className="block rounded-md bg-wash p-2" />
          </Details>
        </>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns.filter(({ key }) => !ofFiling || key !== 'of')}
      rows={exports}
      rowKey={({ exportId }) => exportId}
      empty={
        <EmptyState icon="download" title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      }
    />
  )
}
