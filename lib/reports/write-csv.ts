import iconv from 'iconv-lite'
import type { ReportReader } from '@/lib/db/report-reader'
import { headerOf, type ReportColumn, type ReportLanguage } from '@/lib/domain/report-columns'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'
import type { CsvEncoding } from './schema'

const CHUNK_BYTES = 64 * 1024

type Csv = {
  sql: string
  columns: readonly ReportColumn[]
  language: ReportLanguage
  encoding: CsvEncoding
  /** Of the same snapshot: a file that holds another number of lines is not handed out as whole. */
  entries: number
}

/**
 * A report as CSV, as PostgreSQL writes it, in pieces: commas between cells, quotes doubled within quotes, a line feed after
 * each line. RFC 4180 would have CRLF there, which would cost a look at every byte; Excel, WPS and every reader of CSV that we
 * know take either.
 */
export async function* writeCsv(
  reader: ReportReader,
  { sql, columns, language, encoding, entries }: Csv,
): AsyncGenerator<Uint8Array> {
  yield headOf(
    columns.map((column) => headerOf(column, language)),
    encoding,
  )
  const stream = reader.copy(sql, encoding === 'gb18030' ? 'GB18030' : 'UTF8')
  yield* inPieces(stream)
  if (stream.rowCount !== entries) throw new Error(`the report has ${stream.rowCount} lines instead of ${entries}`)
}

/** Byte-order mark and headings. Without the mark Excel on Windows takes UTF-8 for the code page of the machine. */
function headOf(headers: readonly string[], encoding: CsvEncoding): Uint8Array {
  const line = `${headers.map(quoted).join(',')}\n`
  return iconv.encode(encoding === 'utf-8-bom' ? `\ufeff${line}` : line, encoding === 'gb18030' ? 'gb18030' : 'utf8')
}

function quoted(heading: string): string {
  const safe = disarmCell(heading)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** PostgreSQL sends a row a message: small ones are put together, so that each costs the way out once. */
async function* inPieces(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('COPY gives bytes')
    if (size === 0 && chunk.length >= CHUNK_BYTES) {
      yield chunk
      continue
    }
    waiting.push(chunk)
    size += chunk.length
    if (size < CHUNK_BYTES) continue
    yield Buffer.concat(waiting, size)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting, size)
}
