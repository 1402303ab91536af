import { readXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { DEFAULT_REPORT_COLUMNS, defaultColumn, type ReportColumn } from '@/lib/domain/report-columns'
import { writeXlsx } from './write-xlsx'

const columns = DEFAULT_REPORT_COLUMNS.filter(({ key }) => key === 'studentNumber' || key === 'credit')
const words = {
  title: '云麓大学开源贡献学分汇总表',
  note: '范围：全部',
  proof: [
    ['高校', '云麓大学'],
    ['行数', '…'],
  ],
} as const
/** Three rows at the head of a sheet, four at its foot: four lines fit. */
const SHEET_LINES = 11

/** Lines as a reader of the database gives them, a few at a time. */
async function* batchesOf(entries: number): AsyncGenerator<string[][]> {
  for (let start = 1; start <= entries; start += 3) {
    const length = Math.min(3, entries - start + 1)
    yield Array.from({ length }, (_, index) => [String(start + index).padStart(4, '0'), '0.25'])
  }
}

async function* subtotals(): AsyncGenerator<string[][]> {
  yield [
    ['0', '计算机学院', '', '2', '4', '1.00'],
    ['1', '计算机学院', '', '2', '4', '1.00'],
    ['3', '', '', '2', '4', '1.00'],
  ]
}

type Given = { entries: number; written?: number; columns?: readonly ReportColumn[]; lines?: string[][] }

async function bytesOf({ entries, written = entries, lines, columns: chosen = columns }: Given): Promise<Buffer> {
  async function* given() {
    if (lines) yield lines
    else yield* batchesOf(written)
  }
  const reader = { rows: (sql: string) => (sql === 'lines' ? given() : subtotals()) }
  const totals = { entries, hundredths: entries * 25 }
  const asked = { sql: 'lines', subtotalsSql: 'subtotals', columns: chosen, language: 'zh-CN', totals } as const
  const parts: Uint8Array[] = []
  for await (const piece of writeXlsx(reader, { ...asked, ...words, sheetLines: SHEET_LINES })) parts.push(piece)
  return Buffer.concat(parts)
}

async function sheetsOf(given: Given) {
  const { sheets } = await readXlsx(await bytesOf(given))
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.filter((cell) => cell !== null)) }))
}

test.each([0, 1, 4, 5, 8, 9])(
  '%i lines: each sheet has title and headings and fits, the last of them the sum and room for hands and stamps',
  async (entries) => {
    const sheets = await sheetsOf({ entries })
    const lines = sheets.slice(0, -2)
    const names = Array.from({ length: Math.max(1, Math.ceil(entries / 4)) }, (_, index) =>
      index === 0 ? '学分汇总表' : `学分汇总表 ${index + 1}`,
    )
    expect(sheets.map(({ name }) => name)).toEqual([...names, '学院专业小计', '核验信息'])
    for (const { rows } of lines) {
      expect(rows.length).toBeLessThanOrEqual(SHEET_LINES)
      expect(rows.slice(0, 3)).toEqual([[words.title], [words.note], ['学号', '认定学分']])
    }
    const written = lines.flatMap(({ rows }, index) => rows.slice(3, index === lines.length - 1 ? -4 : undefined))
    expect(written).toEqual(Array.from({ length: entries }, (_, index) => [String(index + 1).padStart(4, '0'), 0.25]))
    const [sum, , hands, stamps] = lines.at(-1)?.rows.slice(-4) ?? []
    expect(sum).toEqual([`合计 ${entries} 笔`, entries * 0.25])
    expect(String(hands)).toContain('审核人（签字）')
    expect(String(stamps)).toContain('教务处（盖章）')
  },
)

test('the sums by college and programme, and what vouches for it, stand on sheets of their own', async () => {
  const [, byCollege, proof] = await sheetsOf({ entries: 4 })
  expect(byCollege?.rows.slice(2)).toEqual([
    ['学院', '专业', '学生数', '笔数', '学分'],
    ['计算机学院', '（未填）', 2, 4, 1],
    ['计算机学院', '小计', 2, 4, 1],
    ['合计', '', 2, 4, 1].filter((cell) => cell !== ''),
  ])
  expect(proof?.rows).toEqual(words.proof)
})

test('any choice of columns has its sum', async () => {
  const alone = await sheetsOf({ entries: 1, columns: [defaultColumn('credit')], lines: [['0.25']] })
  expect(alone[0]?.rows[4]).toEqual([0.25])
  const without = await sheetsOf({ entries: 1, columns: [defaultColumn('name')], lines: [['林']] })
  expect(without[0]?.rows[4]).toEqual(['合计 1 笔，0.25 学分'])
})

test('a file with fewer or more lines than were counted is not handed out as whole', async () => {
  await expect(sheetsOf({ entries: 6, written: 5 })).rejects.toThrow('5 lines instead of 6')
  await expect(sheetsOf({ entries: 6, written: 7 })).rejects.toThrow('7 lines instead of 6')
})

test('whatever people wrote is one cell as they wrote it, and the file stays sound', async () => {
  const odd = ['<b>&"quoted"</b>', ' leading and trailing ', '两行\n第二行', '_x0041_', '𠮷😀', 'a\u0001b\ud800c']
  const lines = odd.map((text) => [text, ''])
  const { rows } =
    (await readXlsx(await bytesOf({ entries: odd.length - 2, lines: lines.slice(0, 4) }))).sheets[0] ?? {}
  expect(rows?.slice(3, 7).map(([text]) => text)).toEqual(odd.slice(0, 4))
  const rest = (await readXlsx(await bytesOf({ entries: 2, lines: lines.slice(4) }))).sheets[0]?.rows
  expect(rest?.slice(3, 5).map(([text]) => text)).toEqual(['𠮷😀', 'ab\ufffdc'])
})

test('the same lines are the same bytes', async () => {
  expect(await bytesOf({ entries: 9 })).toEqual(await bytesOf({ entries: 9 }))
})
