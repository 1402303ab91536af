import {
  CATALOG_HEADINGS,
  type CatalogColumn,
  type CatalogFileHeader,
  type CatalogFileRow,
  parseCatalogRow,
  readCatalogHeader,
} from '@/lib/domain/catalog-file'
import { cellName } from '@/lib/domain/cell-name'
import { readCsv } from '@/lib/domain/csv-file'
import { AppError } from '@/lib/domain/errors'
import { type CatalogImportProblem, MAX_CATALOG_FILE_BYTES, MAX_CATALOG_FILE_ROWS } from './import-records'

export type ParsedCatalogRow = CatalogFileRow & { line: number }

export type ParsedCatalogFile = {
  rows: readonly ParsedCatalogRow[]
  problems: readonly CatalogImportProblem[]
  problemAt: (line: number, column: CatalogColumn) => Pick<CatalogImportProblem, 'line' | 'cell' | 'column'>
  unknownHeadings: readonly string[]
}

/** A title or a note may stand above the headings. */
const HEADING_SEARCH_ROWS = 10
const MAX_COLUMNS = 50

/**
 * Reads a file of words on the catalog: finds the headings and every row under them; blank rows are skipped, a line that
 * stands in several rows makes all of them bad, since nobody can tell which one holds.
 * @throws AppError invalid `catalog_file_empty`, `catalog_file_too_large`, `catalog_file_unreadable`, `catalog_quote_open`,
 *   `catalog_columns_missing`, `catalog_columns_repeated`, `catalog_no_rows`, `catalog_too_many_rows`
 */
export function parseCatalogFile(bytes: Uint8Array): ParsedCatalogFile {
  const table = readTable(bytes)
  const { header, firstRow } = findHeader(table)
  const problemAt = placeOf(header)
  const rows: ParsedCatalogRow[] = []
  const problems: CatalogImportProblem[] = []
  let count = 0
  for (const [offset, cells] of table.slice(firstRow).entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    count += 1
    if (count > MAX_CATALOG_FILE_ROWS) {
      throw new AppError('invalid', 'catalog_too_many_rows', { limit: MAX_CATALOG_FILE_ROWS })
    }
    const line = firstRow + offset + 1
    const read = parseCatalogRow(cells, header)
    if (read.ok) rows.push({ ...read.row, line })
    else problems.push(...read.problems.map((one) => ({ ...one, ...problemAt(line, one.column), other: null })))
  }
  if (count === 0) throw new AppError('invalid', 'catalog_no_rows')
  const repeated = [...Map.groupBy(rows, keyOf).values()].filter((all) => all.length > 1).flatMap(clashesOf)
  const clashing = new Set(repeated.map(({ row }) => row.line))
  return {
    rows: rows.filter(({ line }) => !clashing.has(line)),
    problems: [...problems, ...repeated.map(toProblem)],
    problemAt,
    unknownHeadings: header.unknown.map((heading) => heading.slice(0, 50)).slice(0, 20),
  }

  function toProblem({ row, other }: Clash): CatalogImportProblem {
    const value = `${row.owner}/${row.name ?? '*'}`
    const at = problemAt(other.line, 'owner').cell
    return { ...problemAt(row.line, 'owner'), code: 'duplicate_line', value: value.slice(0, 100), other: at }
  }
}

/** The same line of the catalog, whatever the case of its names. */
export function keyOf({ platform, owner, name }: Pick<CatalogFileRow, 'platform' | 'owner' | 'name'>): string {
  return `${platform}:${owner}/${name ?? ''}`.toLowerCase()
}

type Clash = { row: ParsedCatalogRow; other: ParsedCatalogRow }

function clashesOf(all: readonly ParsedCatalogRow[]): Clash[] {
  return all.map((row) => ({ row, other: all.find(({ line }) => line !== row.line) ?? row }))
}

function readTable(bytes: Uint8Array): string[][] {
  if (bytes.length === 0) throw new AppError('invalid', 'catalog_file_empty')
  if (bytes.length > MAX_CATALOG_FILE_BYTES) throw new AppError('invalid', 'catalog_file_too_large')
  const maxRows = MAX_CATALOG_FILE_ROWS + HEADING_SEARCH_ROWS + 1
  const read = readCsv(bytes, { maxRows, maxColumns: MAX_COLUMNS })
  if (read.ok) return read.rows
  if (read.line === null) throw new AppError('invalid', 'catalog_file_unreadable')
  throw new AppError('invalid', 'catalog_quote_open', { line: read.line })
}

function findHeader(rows: readonly string[][]): { header: CatalogFileHeader; firstRow: number } {
  const candidates = rows
    .slice(0, HEADING_SEARCH_ROWS)
    .map((cells, row) => ({ header: readCatalogHeader(cells), firstRow: row + 1 }))
  const best = candidates.toSorted((a, b) => b.header.columns.size - a.header.columns.size)[0]
  if (best === undefined) throw new AppError('invalid', 'catalog_file_empty')
  const { missing, repeated } = best.header
  if (missing.length > 0) throw new AppError('invalid', 'catalog_columns_missing', { columns: namesOf(missing) })
  if (repeated.length > 0) throw new AppError('invalid', 'catalog_columns_repeated', { columns: namesOf(repeated) })
  return best
}

function namesOf(columns: readonly CatalogColumn[]): string {
  return columns.map((column) => `${CATALOG_HEADINGS[column].zh} (${CATALOG_HEADINGS[column].en})`).join(', ')
}

function placeOf({ columns }: CatalogFileHeader): ParsedCatalogFile['problemAt'] {
  return (line, column) => ({
    line,
    column,
    cell: cellName(line - 1, columns.get(column) ?? columns.get('owner') ?? 0),
  })
}
