/** What a cell looks like, in the order of the formats in parts.ts. */
export const LOOKS = [
  'plain',
  'title',
  'note',
  'heading',
  'text',
  'credit',
  'count',
  'sum',
  'sumCredit',
  'sumCount',
  'wrapped',
] as const
export type Look = (typeof LOOKS)[number]

const styleOf = (look: Look): number => LOOKS.indexOf(look)

/** A value with its look. */
export type SheetCell = { value: string | number; look: Look }

export type SheetRow = { cells: readonly SheetCell[]; heightPoints?: number }

/** Excel's limit; what is longer makes it call the whole file broken. */
const MAX_CHARACTERS = 32_767

/** `1` → `A`, `27` → `AA`. */
export function columnLetters(column: number): string {
  const [rest, last] = [Math.floor((column - 1) / 26), (column - 1) % 26]
  return (rest > 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + last)
}

/** A row as XML. @param line counted from 1 */
export function rowXml(line: number, { cells, heightPoints }: SheetRow): string {
  const height = heightPoints === undefined ? '' : ` ht="${heightPoints}" customHeight="1"`
  const inside = cells.map((cell, index) => cellXml(`${columnLetters(index + 1)}${line}`, cell)).join('')
  return `<row r="${line}"${height}>${inside}</row>`
}

function cellXml(place: string, { value, look }: SheetCell): string {
  return typeof value === 'number'
    ? numberXml(place, styleOf(look), String(value))
    : textXml(place, styleOf(look), value)
}

/** For rows by the million: cells that are text in the file already, by what each column is. */
export function rowWriter(looks: readonly Look[]): (line: number, cells: readonly string[]) => string {
  const columns = looks.map((look, index) => {
    const [letters, style] = [columnLetters(index + 1), styleOf(look)]
    const write = look === 'text' ? textXml : numberXml
    return (line: number, value: string) => write(letters + line, style, value)
  })
  return (line, cells) => {
    let row = `<row r="${line}">`
    for (const [index, write] of columns.entries()) row += write(line, cells[index] ?? '')
    return `${row}</row>`
  }
}

/** A number as it is written; an empty one is an empty cell. */
function numberXml(place: string, style: number, figure: string): string {
  return figure === '' ? `<c r="${place}" s="${style}"/>` : `<c r="${place}" s="${style}"><v>${figure}</v></c>`
}

function textXml(place: string, style: number, text: string): string {
  if (text === '') return `<c r="${place}" s="${style}"/>`
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`
}

/** Control characters, but those that part words and lines, and what is no character. */
const UNSAYABLE = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu
const NEEDS_CARE = /[&<>\p{Cc}\p{Cs}\ufffe\uffff]|_x[\da-fA-F]{4}_/u

/** Text as XML can say it: characters that it cannot are left out, and what looks like Excel's own escapes is text like any other. */
export function escapeText(text: string): string {
  const short = text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text
  if (!NEEDS_CARE.test(short)) return short
  return short
    .toWellFormed()
    .replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_')
    .replace(UNSAYABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}
