import { getTranslations } from 'next-intl/server'
import { Badge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PersonName } from '@/components/ui/person-name'
import type { PlanLine, RosterChange } from '@/lib/people/view'
import { rolesInWords, type RosterWords as Words } from './roles-in-words'

/** What the import does, row by row of the file. */
export async function RosterLines({ lines, kind }: { lines: readonly PlanLine[]; kind: PlanLine['kind'] }) {
  const t = await getTranslations('roster')
  const columns: Column<PlanLine>[] = [
    { key: 'line', header: t('lines.line'), align: 'end', cell: ({ line }) => line, className: 'w-16' },
    {
      key: 'person',
      header: t('lines.person'),
      rowHeader: true,
      cell: ({ name, number, hasLeft }) => (
        <>
          <PersonName name={name} number={number} /> {hasLeft ? <Badge tone="amber">{t('lines.left')}</Badge> : null}
        </>
      ),
    },
    ...(kind === 'changed'
      ? [
          {
            key: 'changes',
            header: t('lines.changes'),
            cell: ({ changes }: PlanLine) => <Changes changes={changes} t={t} />,
          },
        ]
      : particulars(t)),
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

function particulars(t: Words): Column<PlanLine>[] {
  return [
    { key: 'college', header: t('field.college'), cell: ({ college }) => college },
    {
      key: 'programme',
      header: t('lines.programme'),
      cell: ({ programme, className }) => [programme, className].filter((part) => part !== '').join(' · ') || '—',
    },
    { key: 'email', header: t('field.email'), cell: ({ email }) => <span className="break-all">{email || '—'}</span> },
    { key: 'roles', header: t('field.roles'), cell: ({ roles }) => rolesInWords(roles.join(), t) },
  ]
}

function Changes({ changes, t }: { changes: readonly RosterChange[]; t: Words }) {
  const textOf = (field: RosterChange['field'], value: string) =>
    value === '' ? t('lines.nothing') : field === 'roles' ? rolesInWords(value, t) : value
  return (
    <ul className="space-y-1 text-sm">
      {changes.map(({ field, from, to }) => (
        <li key={field} className="break-words">
          <span className="text-ink-faint">{t('lines.field', { field: t(`field.${field}`) })}</span>
          <del className="text-ink-soft">{textOf(field, from)}</del> →{' '}
          <ins className="no-underline">{textOf(field, to)}</ins>
        </li>
      ))}
    </ul>
  )
}
