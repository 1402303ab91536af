import type { ContributionInput } from './contributions'
import { Prisma } from './generated/client'
import { landingColumns } from './landing-columns'
import type { Tx } from './scope'
import { uuid7 } from './uuid7'

/** The columns that a sync writes, as a statement over many rows declares them. */
const TYPES = {
  id: 'uuid',
  platform: 'text',
  repository_id: 'uuid',
  kind: 'text',
  number: 'int',
  ref: 'text',
  node_id: 'text',
  work_id: 'uuid',
  title: 'text',
  url: 'text',
  author_platform_user_id: 'text',
  author_login: 'text',
  author_type: 'text',
  author_association: 'text',
  state: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  closed_at: 'timestamptz',
  merged_at: 'timestamptz',
  base_branch: 'text',
  labels: 'text[]',
  additions: 'int',
  deletions: 'int',
  changed_files: 'int',
  merged_by_user_id: 'text',
  merged_by_login: 'text',
  last_closed_by_user_id: 'text',
  last_closed_by_login: 'text',
  reverts: 'int[]',
  merge_commit_sha: 'text',
  closer_commit_sha: 'text',
  patch_id: 'text',
  landing_state: 'text',
  landing_rule: 'text',
  landed_at: 'timestamptz',
  landed_commit_sha: 'text',
  landing_proof: 'jsonb',
  ordered_at: 'timestamptz',
  refreshed_at: 'timestamptz',
} as const
type Column = keyof typeof TYPES

/** A row by column names; what is undefined is not told and leaves the column out for all. */
type Row = Partial<Record<Column, unknown>>

/** One row as it is written, whatever it is written by. */
export function toRow({ landing, ...facts }: ContributionInput, refreshedAt: Date): Row {
  const given = { ...facts, ...landingColumns(landing, facts.updatedAt), refreshedAt }
  const told = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(told.map(([name, value]) => [columnOf(name), value]))
}

const COLUMNS = Object.keys(TYPES).filter((name): name is Column => name in TYPES)
const COLUMN_OF = new Map<string, Column>(
  COLUMNS.map((name) => [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), name]),
)

function columnOf(property: string): Column {
  const column = COLUMN_OF.get(property)
  if (column === undefined) throw new Error(`no column of a contribution: ${property}`)
  return column
}

/**
 * Adds contributions in one statement, whatever their number; those that are there already (another sync was quicker) are
 * left. Rows go in one order, so that two syncs of one repository never wait for each other crosswise.
 * @returns how many are new
 */
export async function insertRows(tx: Tx, rows: readonly Row[], firstSeenAt: Date): Promise<number> {
  if (rows.length === 0) return 0
  const data = rows.toSorted(inOrder).map((row): Row => ({ id: uuid7(), ...row }))
  const columns = columnsOf(data)
  return tx.$executeRaw`
    insert into contribution (${list(columns)}, first_seen_at)
    select ${values(columns)}, ${firstSeenAt}::timestamptz from unnest(${arrays(columns, data)}) as r(${list(columns)})
    on conflict do nothing`
}

/** Takes over what the platform says now of many, in one statement. What is older than the stored facts changes nothing. */
export async function refreshRows(tx: Tx, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const data = rows.toSorted(inOrder)
  const columns = columnsOf(data)
  const set = columns.filter((name) => name !== 'id').map((name) => Prisma.raw(`${name} = ${readOf(name)}`))
  await tx.$executeRaw`
    update contribution c set ${Prisma.join(set)}
      from unnest(${arrays(columns, data)}) as r(${list(columns)})
     where c.id = r.id and c.updated_at <= r.updated_at`
}

function columnsOf(rows: readonly Row[]): Column[] {
  return COLUMNS.filter((name) => rows.every((row) => row[name] !== undefined))
}

/** The names are ours, from the table above: nothing of anybody's stands in them. */
function list(columns: readonly Column[]): Prisma.Sql {
  return Prisma.raw(columns.join(', '))
}

function values(columns: readonly Column[]): Prisma.Sql {
  return Prisma.raw(columns.map(readOf).join(', '))
}

/** Lists and documents travel as text: an array of arrays would be taken apart to its last member. */
const TRAVELS_AS_TEXT: ReadonlySet<string> = new Set(['text[]', 'int[]', 'jsonb'])

function readOf(column: Column): string {
  const type = TYPES[column]
  return TRAVELS_AS_TEXT.has(type) ? `r.${column}::${type}` : `r.${column}`
}

/** One array a column: the same statement for any number of rows, and nothing to be read out of a document. */
function arrays(columns: readonly Column[], rows: readonly Row[]): Prisma.Sql {
  return Prisma.join(
    columns.map((column) => {
      const type = TYPES[column]
      const cells = rows.map((row) => cellOf(row[column], type))
      return Prisma.sql`${cells}::${Prisma.raw(TRAVELS_AS_TEXT.has(type) ? 'text' : type)}[]`
    }),
  )
}

function cellOf(value: unknown, type: string): string | number | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (type === 'jsonb') return JSON.stringify(value)
  if (Array.isArray(value)) return arrayText(value)
  return typeof value === 'number' ? value : String(value)
}

/** As PostgreSQL writes an array: every member in quotes. */
function arrayText(members: readonly unknown[]): string {
  return `{${members.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

function inOrder(a: Row, b: Row): number {
  const [left, right] = [String(a.repository_id), String(b.repository_id)]
  return left === right ? Number(a.number) - Number(b.number) : left < right ? -1 : 1
}
