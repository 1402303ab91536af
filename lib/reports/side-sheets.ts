import type { ReportLanguage } from '@/lib/domain/report-columns'
import type { WorkbookWords } from './proof'
import { rowXml, type SheetCell } from './workbook/cells'
import { acrossRow } from './workbook/parts'
import type { Sheet } from './workbook/write-workbook'

const HEAD_ROWS = 3

type Words = WorkbookWords & { language: ReportLanguage }

/** The sums by college and programme, and over all: rows of reportSubtotalsQuery. */
export function subtotalsSheet(subtotals: () => AsyncGenerator<string[][]>, words: Words): Sheet {
  const english = words.language === 'en'
  const headings = english
    ? ['College', 'Programme', 'Students', 'Entries', 'Credit']
    : ['学院', '专业', '学生数', '笔数', '学分']
  return {
    name: english ? 'By college' : '学院专业小计',
    widths: [28, 28, 12, 12, 14],
    headRows: HEAD_ROWS,
    merges: [1, 2].flatMap((row) => acrossRow(row, headings.length) ?? []),
    landscape: false,
    rows: async function* () {
      yield [
        rowXml(1, { cells: [{ value: words.title, look: 'title' }], heightPoints: 30 }),
        rowXml(2, { cells: [{ value: words.note, look: 'note' }], heightPoints: 32 }),
        rowXml(3, { cells: headings.map((value): SheetCell => ({ value, look: 'heading' })) }),
      ]
      let line = HEAD_ROWS
      for await (const batch of subtotals()) {
        yield batch.map((row) => {
          line += 1
          return rowXml(line, { cells: subtotalCells(row, english) })
        })
      }
    },
  }
}

function subtotalCells(row: readonly string[], english: boolean): SheetCell[] {
  const [level = '', college = '', programme = '', students = '', entries = '', credit = ''] = row
  const figures = [Number(students), Number(entries)]
  if (level === '0') {
    return [
      { value: college, look: 'text' },
      { value: programme === '' ? (english ? '(none given)' : '（未填）') : programme, look: 'text' },
      ...figures.map((value): SheetCell => ({ value, look: 'count' })),
      { value: Number(credit), look: 'credit' },
    ]
  }
  const [zh, en] = level === '1' ? ['小计', 'Subtotal'] : ['合计', 'In all']
  return [
    { value: level === '1' ? college : english ? en : zh, look: 'sum' },
    { value: level === '1' ? (english ? en : zh) : '', look: 'sum' },
    ...figures.map((value): SheetCell => ({ value, look: 'sumCount' })),
    { value: Number(credit), look: 'sumCredit' },
  ]
}

/** What vouches for the lines: a name and a value a row, the long ones over several lines. */
export function proofSheet({ proof, language }: Words): Sheet {
  return {
    name: language === 'en' ? 'Proof' : '核验信息',
    widths: [26, 90],
    headRows: 0,
    merges: [],
    landscape: false,
    rows: () => [
      proof.map(([label, value], index) =>
        rowXml(index + 1, {
          cells: [
            { value: label, look: 'heading' },
            { value, look: 'wrapped' },
          ],
        }),
      ),
    ],
  }
}
