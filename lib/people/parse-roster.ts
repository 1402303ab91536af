import { cellName } from '@/lib/domain/cell-name'
import { AppError } from '@/lib/domain/errors'
import {
  parseRosterRow,
  type RosterCode,
  type RosterColumn,
  type RosterHeader,
  type RosterRow,
  readRosterHeader,
} from '@/lib/domain/roster'
import { type CellFault, HEADING_SEARCH_ROWS, MAX_ROSTER_ROWS, type RosterTable } from './roster-table'

/** What a heading is called when it is missing; both languages, since the file may be in either. */
export const HEADINGS: Readonly<Record<RosterColumn, { zh: string; en: string }>> = {
  studentNumber: { zh: '学号', en: 'Student number' },
  name: { zh: '姓名', en: 'Name' },
  college: { zh: '学院', en: 'College' },
  programme: { zh: '专业', en: 'Programme' },
  className: { zh: '班级', en: 'Class' },
  email: { zh: '邮箱', en: 'E-mail' },
  roles: { zh: '角色', en: 'Role' },
}

export const ROSTER_PROBLEM_CODES = ['duplicate_number', 'leading_zeros_lost', 'cell_error', 'own_roles'] as const
export type RosterProblemCode = RosterCode | (typeof ROSTER_PROBLEM_CODES)[number]

/** Why a row is left out, at the cell that it hangs on. */
export type RosterProblem = {
  /** The file's row, from 1. */
  line: number
  /** As a spreadsheet calls it: `C17`. */
  cell: string
  column: RosterColumn
  code: RosterProblemCode
  /** What stands there, cut. */
  value: string
  /** Another cell that it clashes with, or what it should perhaps be. */
  other: string | null
}

/** A good row of the file. `roles` is null where the file does not speak of them. */
export type ParsedRow = Omit<RosterRow, 'roles'> & {
  line: number
  roles: RosterRow['roles'] | null
  /** A spreadsheet holds its number as a number. */
  isNumeric: boolean
}

export type ParsedRoster = {
  rows: readonly ParsedRow[]
  problems: readonly RosterProblem[]
  /** Where the columns are, to name cells. */
  columnOf: (column: RosterColumn) => number
  unknownHeadings: readonly string[]
}

/**
 * Finds the headings and reads every row under them; blank rows are skipped, a number that stands in several rows makes
 * all of them bad, since nobody can tell which one holds.
 * @throws AppError invalid `roster_columns_missing`, `roster_columns_repeated`, `roster_no_rows`, `roster_too_many_rows`
 */
export function parseRoster(table: RosterTable): ParsedRoster {
  const { header, firstRow } = findHeader(table)
  const columnOf = (column: RosterColumn) => header.columns.get(column) ?? header.columns.get('studentNumber') ?? 0
  const rows: ParsedRow[] = []
  const problems: RosterProblem[] = []
  let count = 0
  for (const [offset, cells] of table.rows.slice(firstRow).entries()) {
    if (cells.every((cell) => cell === null || String(cell).trim() === '')) continue
    count += 1
    if (count > MAX_ROSTER_ROWS) throw new AppError('invalid', 'roster_too_many_rows', { limit: MAX_ROSTER_ROWS })
    const read = readRow({ table, header, row: firstRow + offset })
    if (read.row) rows.push(read.row)
    problems.push(...read.problems)
  }
  if (count === 0) throw new AppError('invalid', 'roster_no_rows')
  const repeated = new Map(
    [...Map.groupBy(rows, ({ studentNumber }) => studentNumber)].filter(([, all]) => all.length > 1),
  )
  for (const [number, all] of repeated) {
    for (const row of all) {
      const other = all.find(({ line }) => line !== row.line) ?? row
      const at = cellName(other.line - 1, columnOf('studentNumber'))
      problems.push({
        ...problemAt(row.line, 'studentNumber', columnOf),
        code: 'duplicate_number',
        value: number,
        other: at,
      })
    }
  }
  return {
    rows: rows.filter(({ studentNumber }) => !repeated.has(studentNumber)),
    problems,
    columnOf,
    unknownHeadings: header.unknown.map((heading) => heading.slice(0, 50)).slice(0, 20),
  }
}

/** Where a problem of a row stands. */
export function problemAt(
  line: number,
  column: RosterColumn,
  columnOf: ParsedRoster['columnOf'],
): Pick<RosterProblem, 'line' | 'cell' | 'column'> {
  return { line, column, cell: cellName(line - 1, columnOf(column)) }
}

function findHeader({ rows }: RosterTable): { header: RosterHeader; firstRow: number } {
  const candidates = rows.slice(0, HEADING_SEARCH_ROWS).map((cells, row) => ({
    header: readRosterHeader(cells.map((cell) => String(cell ?? ''))),
    firstRow: row + 1,
  }))
  const best = candidates.toSorted((a, b) => b.header.columns.size - a.header.columns.size)[0]
  if (best === undefined) throw new AppError('invalid', 'roster_file_empty')
  const { missing, repeated } = best.header
  if (missing.length > 0) throw new AppError('invalid', 'roster_columns_missing', { columns: namesOf(missing) })
  if (repeated.length > 0) throw new AppError('invalid', 'roster_columns_repeated', { columns: namesOf(repeated) })
  return best
}

function namesOf(columns: readonly RosterColumn[]): string {
  return columns.map((column) => `${HEADINGS[column].zh} (${HEADINGS[column].en})`).join(', ')
}

type RowPlace = { table: RosterTable; header: RosterHeader; row: number }

function readRow({ table, header, row }: RowPlace): { row: ParsedRow | null; problems: RosterProblem[] } {
  const cells = table.rows[row] ?? []
  const line = row + 1
  const columnOf = (column: RosterColumn) => header.columns.get(column) ?? 0
  const faults = [...header.columns].flatMap(([column, at]) => {
    const fault = table.faults.get(cellName(row, at))
    return fault === undefined ? [] : [{ column, fault }]
  })
  const read = parseRosterRow(cells, header)
  // What a formula came to says nothing: it is the formula that is the problem of its cell.
  const others = read.ok ? [] : read.problems.filter(({ column }) => !faults.some((fault) => fault.column === column))
  const problems = [
    ...faults.map(({ column, fault }) => toProblem(column, fault, String(cells[columnOf(column)] ?? ''))),
    ...others.map(({ column, code, value }) => toProblem(column, code, value)),
  ]
  if (!read.ok || problems.length > 0) return { row: null, problems }
  const saidRoles = String(cells[header.columns.get('roles') ?? -1] ?? '').trim() !== ''
  const isNumeric = typeof cells[columnOf('studentNumber')] === 'number'
  return { row: { ...read.row, line, roles: saidRoles ? read.row.roles : null, isNumeric }, problems }

  function toProblem(column: RosterColumn, code: RosterCode | CellFault, value: string): RosterProblem {
    return { ...problemAt(line, column, columnOf), code, value: value.slice(0, 100), other: null }
  }
}
