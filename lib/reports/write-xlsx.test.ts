import { readXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { DEFAULT_REPORT_COLUMNS } from '@/lib/domain/report-columns'
import { writeXlsx } from './write-xlsx'

const columns = DEFAULT_REPORT_COLUMNS.filter(({ key }) => key === 'studentNumber' || key === 'credit')
const proof = [
  ['核验信息', ''],
  ['行数', '…'],
] as const

/** Lines as a reader of the database gives them, a few at a time. */
async function* batchesOf(entries: number): AsyncGenerator<string[][]> {
  for (let start = 1; start <= entries; start += 3) {
    const length = Math.min(3, entries - start + 1)
    yield Array.from({ length }, (_, index) => [String(start + index).padStart(4, '0'), '0.25'])
  }
}

async function sheetsOf(entries: number, written = entries) {
  const reader = { rows: () => batchesOf(written) }
  const pieces = writeXlsx(reader, { sql: '', columns, language: 'zh-CN', entries, proof, sheetLines: 5 })
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  const { sheets } = await readXlsx(Buffer.concat(parts))
  return sheets.map(({ rows }) => rows.filter((row) => row.some((cell) => cell !== null)))
}

test.each([0, 1, 4, 5, 8, 9])(
  '%i lines: each sheet has headings and fits, the proof stands alone on the last',
  async (entries) => {
    const sheets = await sheetsOf(entries)
    const lines = sheets.slice(0, -1)
    expect(sheets).toHaveLength(1 + Math.max(1, Math.ceil(entries / 4)))
    expect(lines.map((rows) => rows[0])).toEqual(lines.map(() => ['学号', '认定学分']))
    expect(lines.every((rows) => rows.length <= 5)).toBe(true)
    expect(lines.flatMap((rows) => rows.slice(1))).toEqual(
      Array.from({ length: entries }, (_, index) => [String(index + 1).padStart(4, '0'), 0.25]),
    )
    expect(sheets.at(-1)?.map(([name]) => name)).toEqual(['核验信息', '行数'])
  },
)

test('a file with fewer lines than were counted is not handed out as whole', async () => {
  await expect(sheetsOf(6, 5)).rejects.toThrow('5 lines instead of 6')
})
