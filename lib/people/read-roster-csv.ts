import { AppError } from '@/lib/domain/errors'
import { MAX_READ_ROWS, MAX_ROSTER_COLUMNS, type RosterTable } from './roster-table'

/**
 * Reads a CSV as spreadsheets write them: UTF-8 with or without a mark, UTF-16 with one, else GB18030 (what Excel on a
 * Chinese Windows saves); commas, semicolons or tabs; quotes; CR LF, LF or CR.
 * @throws AppError invalid `roster_file_unreadable`, `roster_quote_open`
 */
export function readRosterCsv(bytes: Uint8Array): RosterTable {
  return { rows: parseCsv(decode(bytes)), faults: new Map() }
}

function decode(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const encodings = mark === null ? ['utf-8', 'gb18030'] : [mark]
  for (const encoding of encodings) {
    const text = decodeAs(encoding, bytes)
    if (text !== null && !text.includes('\u0000')) return text
  }
  throw new AppError('invalid', 'roster_file_unreadable')
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The sign that parts the first line most often; a comma where none does. */
function delimiterOf(text: string): string {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/)).replace(/"[^"]*"/g, '')
  const counted = [',', '\t', ';'].map((sign) => ({ sign, count: firstLine.split(sign).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign
}

function parseCsv(text: string): string[][] {
  const delimiter = delimiterOf(text)
  // A field up to its delimiter, line end or the end; a quoted one takes all of them in.
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\r\n]*))(${delimiter}|\r\n|\n|\r|$)`, 'y')
  const rows: string[][] = []
  let row: string[] = []
  while (rows.length < MAX_READ_ROWS) {
    const at = field.lastIndex
    const [whole, quoted, plain = '', end] = field.exec(text) ?? []
    if (whole === undefined) throw openQuote(rows.length)
    // A quote that is never closed reads as plain text with a quote at its head.
    if (quoted === undefined && plain.startsWith('"')) throw openQuote(rows.length)
    if (whole === '' && row.length === 0) break
    if (row.length < MAX_ROSTER_COLUMNS) row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== delimiter) {
      rows.push(row)
      row = []
    }
    if (end === '' || field.lastIndex === at) break
  }
  return rows
}

function openQuote(row: number): AppError {
  return new AppError('invalid', 'roster_quote_open', { line: row + 1 })
}
