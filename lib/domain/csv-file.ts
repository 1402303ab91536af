export type CsvLimits = { maxRows: number; maxColumns: number }
export type CsvRead =
  | { ok: true; rows: string[][] }
  /** `line` is where a quote was opened and never closed; null where the bytes are no text. */
  | { ok: false; line: number | null }

/**
 * Reads a CSV as spreadsheets write them: UTF-8 with or without a mark, UTF-16 with one, else GB18030 (what Excel on a
 * Chinese Windows saves); commas, semicolons or tabs; quotes; CR LF, LF or CR. What is beyond the limits is not read.
 */
export function readCsv(bytes: Uint8Array, limits: CsvLimits): CsvRead {
  const text = decode(bytes)
  return text === null ? { ok: false, line: null } : parse(text, limits)
}

function decode(bytes: Uint8Array): string | null {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const encodings = mark === null ? ['utf-8', 'gb18030'] : [mark]
  for (const encoding of encodings) {
    const text = decodeAs(encoding, bytes)
    if (text !== null && !text.includes('\u0000')) return text
  }
  return null
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

function parse(text: string, { maxRows, maxColumns }: CsvLimits): CsvRead {
  const delimiter = delimiterOf(text)
  // A field up to its delimiter, line end or the end; a quoted one takes all of them in.
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\r\n]*))(${delimiter}|\r\n|\n|\r|$)`, 'y')
  const rows: string[][] = []
  let row: string[] = []
  while (rows.length < maxRows) {
    const at = field.lastIndex
    const [whole, quoted, plain = '', end] = field.exec(text) ?? []
    if (whole === undefined) return { ok: false, line: rows.length + 1 }
    // A quote that is never closed reads as plain text with a quote at its head.
    if (quoted === undefined && plain.startsWith('"')) return { ok: false, line: rows.length + 1 }
    if (whole === '' && row.length === 0) break
    if (row.length < maxColumns) row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== delimiter) {
      rows.push(row)
      row = []
    }
    if (end === '' || field.lastIndex === at) break
  }
  return { ok: true, rows }
}
