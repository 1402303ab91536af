import { readCsv } from '@/lib/domain/csv-file'
import { AppError } from '@/lib/domain/errors'
import { MAX_READ_ROWS, MAX_ROSTER_COLUMNS, type RosterTable } from './roster-table'

/**
 * Reads a roster as CSV, in whatever encoding and with whatever signs spreadsheets write; see {@link readCsv}.
 * @throws AppError invalid `roster_file_unreadable`, `roster_quote_open`
 */
export function readRosterCsv(bytes: Uint8Array): RosterTable {
  const read = readCsv(bytes, { maxRows: MAX_READ_ROWS, maxColumns: MAX_ROSTER_COLUMNS })
  if (read.ok) return { rows: read.rows, faults: new Map() }
  if (read.line === null) throw new AppError('invalid', 'roster_file_unreadable')
  throw new AppError('invalid', 'roster_quote_open', { line: read.line })
}
