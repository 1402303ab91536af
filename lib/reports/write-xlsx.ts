import { type CellValue, writeXlsxStream } from 'hucre'
import type { ReportReader } from '@/lib/db/report-reader'
import { headerOf, type ReportColumn, type ReportColumnKey, type ReportLanguage } from '@/lib/domain/report-columns'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'

/** Excel's limit of lines in a sheet, the headings' one among them. */
const SHEET_LINES = 1_048_576

const WIDTHS: Partial<Record<ReportColumnKey, number>> = {
  studentNumber: 16,
  college: 18,
  programme: 18,
  term: 24,
  repositories: 36,
  evidence: 40,
  reason: 28,
}

/** Amounts are numbers that a spreadsheet can add up; everything else, ids first of all, is text. */
const NUMBERS: ReadonlySet<ReportColumnKey> = new Set(['credit', 'sequence', 'items'])

type Workbook = {
  sql: string
  columns: readonly ReportColumn[]
  language: ReportLanguage
  entries: number
  /** What the last sheet says of the others, line by line. */
  proof: readonly (readonly [string, string])[]
  /** Left out: Excel's limit. */
  sheetLines?: number
}

/**
 * A report as a workbook: the lines on the first sheet (on several where Excel's limit asks for it), what vouches for them
 * on the last. Its bytes depend on the lines and the proof alone.
 */
export async function* writeXlsx(reader: Pick<ReportReader, 'rows'>, workbook: Workbook): AsyncGenerator<Uint8Array> {
  const { columns, language, entries, proof, sheetLines = SHEET_LINES } = workbook
  // The writer begins a new sheet after so many lines: chosen so that the proof begins one, filled up where it must be.
  const sheets = Math.max(1, Math.ceil(entries / (sheetLines - 1)))
  const linesASheet = Math.max(Math.ceil(entries / sheets) + 1, proof.length)
  const stream = writeXlsxStream(workbookRows(reader, workbook, { sheets, linesASheet }), {
    name: language === 'en' ? 'Credit' : '学分汇总表',
    columns: columns.map(({ key }) => ({
      width: WIDTHS[key] ?? 12,
      ...(key === 'credit' ? { numFmt: '0.00' } : {}),
    })),
    freezePane: { rows: 1 },
    maxRowsPerSheet: linesASheet,
    repeatHeaders: false,
  })
  yield* stream
}

type Sheets = { sheets: number; linesASheet: number }

async function* workbookRows(
  reader: Pick<ReportReader, 'rows'>,
  { sql, columns, language, entries, proof }: Workbook,
  { sheets, linesASheet }: Sheets,
): AsyncGenerator<CellValue[]> {
  const headings = columns.map((column) => disarmCell(headerOf(column, language)))
  const numbers = columns.flatMap(({ key }, index) => (NUMBERS.has(key) ? [index] : []))
  let written = 0
  let rows = 0
  for await (const batch of reader.rows(sql)) {
    rows += batch.length
    // Taken out one by one, so that each row is garbage as soon as it is written, and never moved to where old things stay.
    batch.reverse()
    for (let cells = batch.pop(); cells !== undefined; cells = batch.pop()) {
      if (written % linesASheet === 0) {
        yield headings
        written += 1
      }
      yield withNumbers(cells, numbers)
      written += 1
    }
  }
  if (rows !== entries) throw new Error(`the report has ${rows} lines instead of ${entries}`)
  if (written === 0) {
    yield headings
    written = 1
  }
  for (; written < sheets * linesASheet; written += 1) yield []
  for (const line of proof) yield [...line]
}

/** In place: a copy of each of a million rows is what a stream can do without. */
function withNumbers(cells: CellValue[], numbers: readonly number[]): CellValue[] {
  for (const index of numbers) {
    const text = cells[index]
    cells[index] = text === '' || text === null || text === undefined ? null : Number(text)
  }
  return cells
}
