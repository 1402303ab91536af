import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Credit } from '@/components/ui/credit'
import { type Column, DataTable } from '@/components/ui/data-table'
import { PersonName } from '@/components/ui/person-name'
import { parseHundredths } from '@/lib/domain/hundredths'
import type { ReportLine } from '@/lib/reports/view'

type Props = { lines: readonly ReportLine[]; empty: ReactNode; withFiling?: boolean }

function columnsOf(t: ReturnType<typeof useTranslations<'reports'>>): Column<ReportLine>[] {
  return [
    { key: 'sequence', header: t('column.sequence'), className: 'whitespace-nowrap', cell: ({ sequence }) => sequence },
    {
      key: 'student',
      header: t('column.student'),
      rowHeader: true,
      className: 'text-start',
      cell: ({ name = '', studentNumber = '' }) => <PersonName name={name} number={studentNumber} />,
    },
    {
      key: 'college',
      header: t('column.college'),
      cell: ({ college, programme, className }) => (
        <>
          {college}
          <span className="block text-ink-faint text-sm">{[programme, className].filter(Boolean).join(' · ')}</span>
        </>
      ),
    },
    {
      key: 'projects',
      header: t('column.projects'),
      cell: ({ repositories, tier }) => (
        <>
          <span className="[overflow-wrap:anywhere]">{repositories}</span>
          <span className="block text-ink-faint text-sm">{tier}</span>
        </>
      ),
    },
    {
      key: 'term',
      header: t('column.term'),
      cell: ({ term, issuedOn }) => (
        <>
          {term}
          <span className="block text-ink-faint text-sm tabular-nums">{issuedOn}</span>
        </>
      ),
    },
    {
      key: 'kind',
      header: t('column.kind'),
      className: 'whitespace-nowrap',
      cell: ({ kind, answers }) => (
        <>
          {kind}
          {answers ? <span className="block text-ink-faint text-sm">{t('answers', { sequence: answers })}</span> : null}
        </>
      ),
    },
    {
      key: 'filing',
      header: t('column.filing'),
      className: 'whitespace-nowrap',
      cell: ({ filing }) => filing || <span className="text-ink-faint">{t('notFiled')}</span>,
    },
    {
      key: 'credit',
      header: t('column.credit'),
      align: 'end',
      cell: ({ credit = '' }) => <Credit hundredths={parseHundredths(credit) ?? 0} bare signed />,
    },
  ]
}

/** Lines of a report as the files have them, some cells put together. */
export function ReportTable({ lines, empty, withFiling = true }: Props) {
  const t = useTranslations('reports')
  const columns = columnsOf(t).filter(({ key }) => withFiling || key !== 'filing')
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={lines}
      rowKey={({ sequence = '' }) => sequence}
      empty={empty}
    />
  )
}
