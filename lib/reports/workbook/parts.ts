import { columnLetters, escapeText } from './cells'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OFFICE = 'http://schemas.openxmlformats.org'
const MAIN = `${OFFICE}/spreadsheetml/2006/main`
const RELATIONS = `${OFFICE}/officeDocument/2006/relationships`
const PACKAGE = `${OFFICE}/package/2006`
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What is the same for every row of a sheet. */
export type SheetFrame = {
  name: string
  /** Of its columns, in characters. */
  widths: readonly number[]
  /** So many rows stay in sight, and stand on every page of paper. */
  headRows: number
  /** Ranges that are one cell: `A1:F1`. */
  merges: readonly string[]
  /** A wide table lies on paper; anything else stands. */
  landscape: boolean
}

export function contentTypes(sheets: number): string {
  const parts = Array.from(
    { length: sheets },
    (_, index) =>
      `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
  )
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>${parts.join('')}</Types>`
}

export function packageRelations(): string {
  return relations([['officeDocument', 'xl/workbook.xml']])
}

export function workbookRelations(sheets: number): string {
  const parts = Array.from({ length: sheets }, (_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const)
  return relations([...parts, ['styles', 'styles.xml']])
}

function relations(targets: readonly (readonly [string, string])[]): string {
  const lines = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`
}

/** The sheets by name, and which of their rows are printed on every page. */
export function workbook(frames: readonly SheetFrame[]): string {
  const sheets = frames.map(
    ({ name }, index) => `<sheet name="${attribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  const titles = frames.flatMap(({ name, headRows }, index) => {
    const quoted = `'${name.replaceAll("'", "''")}'`
    const rows = `${escapeText(quoted)}!$1:$${headRows}`
    return headRows === 0
      ? []
      : [`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${rows}</definedName>`]
  })
  const names = titles.length === 0 ? '' : `<definedNames>${titles.join('')}</definedNames>`
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets>${names}</workbook>`
}

const attribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;')

/** What stands before a sheet's rows. */
export function sheetHead({ widths, headRows }: SheetFrame): string {
  const pane =
    headRows === 0
      ? ''
      : `<pane ySplit="${headRows}" topLeftCell="A${headRows + 1}" activePane="bottomLeft" state="frozen"/>`
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns.join('')}</cols><sheetData>`
}

/** What stands after them: A4, as wide as the paper, pages numbered. */
export function sheetFoot({ merges, landscape }: SheetFrame): string {
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`)
  const cells = merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merged.join('')}</mergeCells>`
  const lies = landscape ? 'landscape' : 'portrait'
  return `</sheetData>${cells}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="${lies}" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`
}

/** A range of one row: `A3:F3`; null where it would be a single cell, which Excel does not merge. */
export function acrossRow(line: number, columns: number): string | null {
  return columns < 2 ? null : `A${line}:${columnLetters(columns)}${line}`
}

const FONTS = [
  '<font><sz val="11"/><name val="等线"/></font>',
  '<font><b/><sz val="16"/><name val="等线"/></font>',
  '<font><sz val="10"/><color rgb="FF555555"/><name val="等线"/></font>',
  '<font><b/><sz val="11"/><name val="等线"/></font>',
]
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF1EEE6"/></patternFill></fill>',
]
const EDGE = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FF999999"/></${side}>`)
const BORDERS = ['<border><left/><right/><top/><bottom/></border>', `<border>${EDGE.join('')}</border>`]

type Format = { number?: number; font?: number; fill?: number; border?: number; lies?: string }

/** In the order of LOOKS. Of number formats 49 is text, 2 two decimals, 1 whole numbers. */
const FORMATS = (
  [
    {},
    { font: 1, lies: 'horizontal="center" vertical="center"' },
    { font: 2, lies: 'vertical="center" wrapText="1"' },
    { number: 49, font: 3, fill: 2, border: 1, lies: 'horizontal="center" vertical="center" wrapText="1"' },
    { number: 49, border: 1, lies: 'vertical="top"' },
    { number: 2, border: 1, lies: 'vertical="top"' },
    { number: 1, border: 1, lies: 'vertical="top"' },
    { number: 49, font: 3, fill: 2, border: 1 },
    { number: 2, font: 3, fill: 2, border: 1 },
    { number: 1, font: 3, fill: 2, border: 1 },
    { number: 49, border: 1, lies: 'vertical="top" wrapText="1"' },
  ] satisfies Format[]
).map(formatXml)

function formatXml({ number = 0, font = 0, fill = 0, border = 0, lies }: Format): string {
  const ids = `numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"`
  const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
  return lies === undefined
    ? `<xf ${ids} ${applied}/>`
    : `<xf ${ids} ${applied} applyAlignment="1"><alignment ${lies}/></xf>`
}

/** The looks that cells have. */
export function styles(): string {
  const list = (name: string, of: readonly string[]) => `<${name} count="${of.length}">${of.join('')}</${name}>`
  const base = '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
  const named = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
  return `${DECLARATION}<styleSheet xmlns="${MAIN}">${list('fonts', FONTS)}${list('fills', FILLS)}${list('borders', BORDERS)}${base}${list('cellXfs', FORMATS)}${named}</styleSheet>`
}
