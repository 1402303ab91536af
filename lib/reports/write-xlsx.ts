import type { ReportReader } from '@/lib/db/report-reader'
import { formatHundredths } from '@/lib/domain/hundredths'
import { headerOf, type ReportColumn, type ReportColumnKey, type ReportLanguage } from '@/lib/domain/report-columns'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'
import type { WorkbookWords } from './proof'
import { proofSheet, subtotalsSheet } from './side-sheets'
import { type Look, rowWriter, rowXml, type SheetCell } from './workbook/cells'
import { acrossRow } from './workbook/parts'
import { type Sheet, writeWorkbook } from './workbook/write-workbook'

/** Excel's limit of lines in a sheet. */
const SHEET_LINES = 1_048_576
/** Title, what it holds, headings. */
const HEAD_ROWS = 3
/** The sum, a blank row, two rows for hands and stamps. */
const FOOT_ROWS = 4
const ROW_FOR_HANDS_POINTS = 36

const WIDTHS: Partial<Record<ReportColumnKey, number>> = {
  studentNumber: 16,
  college: 18,
  programme: 18,
  term: 24,
  repositories: 36,
  evidence: 40,
  reason: 28,
}
const USUAL_WIDTH = 12

/** Amounts are numbers that a spreadsheet can add up; everything else, ids first of all, is text. */
const NUMBERS: Partial<Record<ReportColumnKey, Look>> = { credit: 'credit', sequence: 'count', items: 'count' }

export type Workbook = WorkbookWords & {
  sql: string
  subtotalsSql: string
  columns: readonly ReportColumn[]
  language: ReportLanguage
  totals: { entries: number; hundredths: number }
  /** Left out: Excel's limit. */
  sheetLines?: number
}

/**
 * A report as the workbook that is filed: the lines under a title, with their sum and room for hands and stamps (on several
 * sheets where Excel's limit asks for it), the same by college and programme, and what vouches for it all. Its bytes depend
 * on the lines and the words alone.
 */
export function writeXlsx(reader: Pick<ReportReader, 'rows'>, workbook: Workbook): AsyncGenerator<Uint8Array> {
  const subtotals = () => reader.rows(workbook.subtotalsSql)
  return writeWorkbook([...lineSheets(reader, workbook), subtotalsSheet(subtotals, workbook), proofSheet(workbook)])
}

function lineSheets(reader: Pick<ReportReader, 'rows'>, workbook: Workbook): Sheet[] {
  const { columns, language, totals, sheetLines = SHEET_LINES } = workbook
  const linesASheet = sheetLines - HEAD_ROWS - FOOT_ROWS
  const sheets = Math.max(1, Math.ceil(totals.entries / linesASheet))
  const source = takeFrom(() => reader.rows(workbook.sql))
  const name = language === 'en' ? 'Credit' : '学分汇总表'
  return Array.from({ length: sheets }, (_, index) => {
    const isLast = index === sheets - 1
    const lines = isLast ? totals.entries - index * linesASheet : linesASheet
    const footAt = HEAD_ROWS + lines + 1
    return {
      name: index === 0 ? name : `${name} ${index + 1}`,
      widths: columns.map(({ key }) => WIDTHS[key] ?? USUAL_WIDTH),
      headRows: HEAD_ROWS,
      merges: mergesOf(columns.length, isLast ? footAt : null),
      landscape: true,
      rows: async function* () {
        yield headRows(workbook)
        yield* lineRows(source.take(lines), columns)
        if (!isLast) return
        await source.assertEnd(totals.entries)
        yield footRows(workbook, footAt)
      },
    }
  })
}

function mergesOf(columns: number, footAt: number | null): string[] {
  const rows = [1, 2, ...(footAt === null ? [] : [footAt + 2, footAt + 3])]
  return rows.flatMap((row) => acrossRow(row, columns) ?? [])
}

function headRows({ title, note, columns, language }: Workbook): string[] {
  const headings = columns.map(
    (column): SheetCell => ({ value: disarmCell(headerOf(column, language)), look: 'heading' }),
  )
  return [
    rowXml(1, { cells: [{ value: title, look: 'title' }], heightPoints: 30 }),
    rowXml(2, { cells: [{ value: note, look: 'note' }], heightPoints: 20 }),
    rowXml(3, { cells: headings }),
  ]
}

async function* lineRows(
  batches: AsyncIterable<string[][]>,
  columns: readonly ReportColumn[],
): AsyncGenerator<string[]> {
  const write = rowWriter(columns.map(({ key }) => NUMBERS[key] ?? 'text'))
  let line = HEAD_ROWS
  for await (const batch of batches) {
    yield batch.map((cells) => {
      line += 1
      return write(line, cells)
    })
  }
}

function footRows({ columns, language, totals }: Workbook, line: number): string[] {
  const english = language === 'en'
  const [hands, stamps] = english
    ? [
        'Prepared by (signature): ____________    Checked by (signature): ____________    Date: ____________',
        'College (stamp):                                        Academic affairs office (stamp):',
      ]
    : [
        '经办人（签字）：＿＿＿＿＿＿＿＿　　审核人（签字）：＿＿＿＿＿＿＿＿　　日期：　　　　年　　月　　日',
        '学院（盖章）：　　　　　　　　　　　　　　　　教务处（盖章）：',
      ]
  const forHands = (row: number, value: string) =>
    rowXml(row, { cells: [{ value, look: 'plain' }], heightPoints: ROW_FOR_HANDS_POINTS })
  return [
    rowXml(line, { cells: sumCells(columns, { ...totals, english }) }),
    forHands(line + 2, hands),
    forHands(line + 3, stamps),
  ]
}

/** The sum under the credit, and in the first other column what it is the sum of; where credit has no column, both there. */
function sumCells(
  columns: readonly ReportColumn[],
  { entries, hundredths, english }: { entries: number; hundredths: number; english: boolean },
): SheetCell[] {
  const labelAt = columns.findIndex(({ key }) => key !== 'credit')
  const hasCredit = columns.some(({ key }) => key === 'credit')
  const count = english ? `In all: ${entries}` : `合计 ${entries} 笔`
  const credit = formatHundredths(hundredths)
  const label = hasCredit ? count : english ? `${count}, credit ${credit}` : `${count}，${credit} 学分`
  return columns.map(({ key }, index): SheetCell => {
    if (key === 'credit') return { value: hundredths / 100, look: 'sumCredit' }
    return { value: index === labelAt ? label : '', look: 'sum' }
  })
}

/** Rows of one reading for several sheets, one after the other. */
function takeFrom(open: () => AsyncGenerator<string[][]>) {
  let opened: AsyncGenerator<string[][]> | null = null
  let rest: string[][] = []
  let taken = 0
  async function next(): Promise<string[][] | null> {
    opened ??= open()
    const { done, value } = await opened.next()
    return done ? null : value
  }
  return {
    async *take(lines: number): AsyncGenerator<string[][]> {
      for (let left = lines; left > 0; ) {
        const batch = rest.length > 0 ? rest : await next()
        if (batch === null) return
        const part = batch.length > left ? batch.slice(0, left) : batch
        rest = batch.length > left ? batch.slice(left) : []
        left -= part.length
        taken += part.length
        yield part
      }
    },
    /** @throws Error where the reading had another number of rows than was counted in the same snapshot */
    async assertEnd(entries: number): Promise<void> {
      for (let batch: string[][] | null = rest; batch !== null; batch = await next()) taken += batch.length
      if (taken !== entries) throw new Error(`the report has ${taken} lines instead of ${entries}`)
    },
  }
}
