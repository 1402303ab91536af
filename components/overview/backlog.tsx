import { getTranslations } from 'next-intl/server'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { Overview } from '@/lib/people/view'

type Row = Overview['backlog'][number]
type Props = { rows: readonly Row[]; now: Date; days: { old: number; late: number } }

const DAY_MS = 86_400_000

/** Claims that wait for an endorsement: where, how long, and whether anybody is there to look at them. */
export async function Backlog({ rows, now, days }: Props) {
  const t = await getTranslations('overview')
  const columns: Column<Row>[] = [
    {
      key: 'department',
      header: t('backlog.department'),
      rowHeader: true,
      cell: ({ departmentName }) =>
        departmentName ?? <TextLink href="/admin/approvals#unassigned">{t('noDepartment')}</TextLink>,
    },
    { key: 'count', header: t('backlog.count'), align: 'end', cell: ({ count }) => count },
    {
      key: 'age',
      header: t('backlog.age', days),
      align: 'end',
      cell: ({ count, old, older }) => `${count - old - older} / ${old} / ${older}`,
    },
    {
      key: 'oldest',
      header: t('backlog.oldest'),
      align: 'end',
      className: 'sm:whitespace-nowrap',
      cell: ({ oldestAt }) => t('backlog.days', { count: Math.floor((now.getTime() - oldestAt.getTime()) / DAY_MS) }),
    },
    {
      key: 'reviewers',
      header: t('backlog.reviewers'),
      align: 'end',
      cell: ({ reviewers, departmentId }) =>
        reviewers === 0 ? (
          <Badge tone="amber" icon="warning">
            {t('backlog.nobody')}
          </Badge>
        ) : (
          <TextLink href={`/admin/people?role=reviewer${departmentId ? `&reviews=${departmentId}` : ''}`}>
            {reviewers}
          </TextLink>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('backlog.title')}
      columns={columns}
      rows={rows}
      rowKey={({ departmentId }) => departmentId ?? ''}
      empty={
        <EmptyState
          icon="check"
          title={t('backlog.empty')}
          action={<LinkButton href="/admin/approvals">{t('backlog.toApprovals')}</LinkButton>}
        >
          {t('backlog.emptyText')}
        </EmptyState>
      }
    />
  )
}
