import { AppError } from '@/lib/domain/errors'
import { readRosterCsv } from './read-roster-csv'
import { readRosterXlsx } from './read-roster-xlsx'
import { MAX_ROSTER_BYTES, type RosterTable } from './roster-table'

const ZIP = [0x50, 0x4b, 0x03, 0x04]
/** Old .xls files, and .xlsx files under a password. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Reads an uploaded roster by what is in it, whatever its name says: xlsx or CSV.
 * @throws AppError invalid `roster_file_empty`, `roster_file_too_large`, `roster_old_excel`, `roster_file_unreadable`,
 *   `roster_file_unpacks_too_large`, `roster_quote_open`
 */
export async function readRosterFile(bytes: Uint8Array): Promise<RosterTable> {
  if (bytes.length === 0) throw new AppError('invalid', 'roster_file_empty')
  if (bytes.length > MAX_ROSTER_BYTES) throw new AppError('invalid', 'roster_file_too_large')
  if (startsWith(bytes, COMPOUND_FILE)) throw new AppError('invalid', 'roster_old_excel')
  return startsWith(bytes, ZIP) ? readRosterXlsx(bytes) : readRosterCsv(bytes)
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}
