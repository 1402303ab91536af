import { getTranslations } from 'next-intl/server'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import type { RosterProblem } from '@/lib/people/view'
import { rolesInWords } from './roles-in-words'

/** Every cell that keeps its row out, and why in words. */
export async function RosterProblems({
  problems,
  isForgotten,
}: {
  problems: readonly RosterProblem[]
  isForgotten: boolean
}) {
  const t = await getTranslations('roster')
  const columns: Column<RosterProblem>[] = [
    {
      key: 'cell',
      header: t('problems.cell'),
      rowHeader: true,
      cell: ({ cell }) => <span className="font-mono">{cell}</span>,
      className: 'w-20',
    },
    { key: 'column', header: t('problems.column'), cell: ({ column }) => t(`column.${column}`) },
    {
      key: 'value',
      header: t('problems.value'),
      cell: ({ code, value }) => {
        if (value === '') return ''
        if (code === 'own_roles') return rolesInWords(value, t)
        return <span className="break-all font-mono text-sm">{value}</span>
      },
    },
    {
      key: 'why',
      header: t('problems.why'),
      cell: ({ code, other }) => t(`problem.${code}`, { other: other ?? '' }),
    },
  ]
  return (
    <DataTable
      caption={t('problems.caption')}
      columns={columns}
      rows={problems}
      rowKey={({ cell, code }) => `${cell} ${code}`}
      empty={
        <EmptyState icon="check" title={t(isForgotten ? 'problems.forgotten' : 'problems.empty')}>
          {t(isForgotten ? 'problems.forgottenText' : 'problems.emptyText')}
        </EmptyState>
      }
    />
  )
}
