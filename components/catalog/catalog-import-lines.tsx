import { getTranslations } from 'next-intl/server'
import { Badge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import type { CatalogImportProblem, CatalogPlanLine } from '@/lib/catalog/view'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS } from '@/lib/domain/catalog'
import { platformName } from '@/lib/domain/platform'
import { lineName } from './catalog-table'

type CatalogWords = Awaited<ReturnType<typeof getTranslations<'catalog'>>>
type Words = Awaited<ReturnType<typeof getTranslations<'catalogImport'>>>

/** What the import does, row by row of the file. */
export async function CatalogImportLines({
  lines,
  kind,
}: {
  lines: readonly CatalogPlanLine[]
  kind: CatalogPlanLine['kind']
}) {
  const [t, words] = await Promise.all([getTranslations('catalogImport'), getTranslations('catalog')])
  const columns: Column<CatalogPlanLine>[] = [
    { key: 'line', header: t('lines.line'), align: 'end', cell: ({ line }) => line, className: 'w-16' },
    {
      key: 'repository',
      header: t('lines.repository'),
      rowHeader: true,
      cell: (line) => (
        <>
          <span className="break-all">{lineName(line)}</span>{' '}
          <Badge className="font-normal">{platformName(line.platform)}</Badge>
        </>
      ),
    },
    ...(kind === 'changed'
      ? [
          {
            key: 'changes',
            header: t('lines.changes'),
            cell: ({ changes }: CatalogPlanLine) => <Changes {...{ changes, t, words }} />,
          },
        ]
      : wordColumns(t, words)),
  ]
  return (
    <DataTable
      caption={t(`lines.caption.${kind}`)}
      columns={columns}
      rows={lines}
      rowKey={({ line }) => String(line)}
      empty={
        <EmptyState icon="check" title={t(`lines.empty.${kind}`)}>
          {t('lines.emptyText')}
        </EmptyState>
      }
    />
  )
}

function wordColumns(t: Words, words: CatalogWords): Column<CatalogPlanLine>[] {
  return [
    { key: 'status', header: t('lines.status'), cell: ({ word }) => words(`status.${word.status}`) },
    {
      key: 'kind',
      header: t('lines.kind'),
      cell: ({ word }) => `${words(`kind.${word.kind}`)} · ${words(`tier.${word.tier}`)}`,
    },
    {
      key: 'reason',
      header: t('lines.reason'),
      cell: ({ word }) => <span className="[overflow-wrap:anywhere]">{word.reason}</span>,
    },
  ]
}

type ChangesProps = { changes: CatalogPlanLine['changes']; t: Words; words: CatalogWords }

/** What a field of a stored word is called in the file. */
const COLUMN_OF = {
  status: 'status',
  kind: 'kind',
  tier: 'tier',
  reason: 'reason',
  acceptedBranches: 'branches',
} as const

function Changes({ changes, t, words }: ChangesProps) {
  return (
    <ul className="space-y-1 text-sm">
      {changes.map(({ field, from, to }) => {
        const column = Object.entries(COLUMN_OF).find(([name]) => name === field)?.[1] ?? 'reason'
        return (
          <li key={field} className="[overflow-wrap:anywhere]">
            <span className="text-ink-faint">{t('lines.field', { field: t(`column.${column}`) })}</span>
            <del className="text-ink-soft">{inWords(from, { t, words })}</del> →{' '}
            <ins className="no-underline">{inWords(to, { t, words })}</ins>
          </li>
        )
      })}
    </ul>
  )
}

/** A stored value: a code in words, anything else as it is. */
function inWords(value: string, { t, words }: { t: Words; words: CatalogWords }): string {
  const status = CATALOG_STATUSES.find((one) => one === value)
  const kind = CATALOG_KINDS.find((one) => one === value)
  const tier = CATALOG_TIERS.find((one) => one === value)
  if (status) return words(`status.${status}`)
  if (kind) return words(`kind.${kind}`)
  if (tier) return words(`tier.${tier}`)
  return value === '' ? t('lines.nothing') : value.replaceAll(',', t('lines.and'))
}

/** Every cell that keeps its row out, and why in words. */
export async function CatalogImportProblems({
  problems,
  isForgotten,
}: {
  problems: readonly CatalogImportProblem[]
  isForgotten: boolean
}) {
  const t = await getTranslations('catalogImport')
  const columns: Column<CatalogImportProblem>[] = [
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
      cell: ({ value }) => <span className="break-all font-mono text-sm">{value}</span>,
    },
    { key: 'why', header: t('problems.why'), cell: ({ code, other }) => t(`problem.${code}`, { other: other ?? '' }) },
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
