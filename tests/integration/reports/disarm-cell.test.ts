import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'
import { openTestWorld, type TestWorld } from '@/tests/factories'

let world: TestWorld

beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world?.close())

async function inDatabase(cells: readonly string[]): Promise<string[]> {
  const rows = await world.db.$queryRaw<{ cell: string }[]>`
    select disarm_cell(c.cell) as cell from unnest(${[...cells]}::text[]) with ordinality as c(cell, n) order by n`
  return rows.map(({ cell }) => cell)
}

test('every character that there is, alone and before a formula, is disarmed in the database as in the rules', async () => {
  const rows = await world.db.$queryRaw<{ alone: number[]; before: number[] }[]>`
    select coalesce(array_agg(n) filter (where disarm_cell(chr(n)) <> chr(n)), '{}') as alone,
           coalesce(array_agg(n) filter (where disarm_cell(chr(n) || '=1+1') <> chr(n) || '=1+1'), '{}') as before
      from generate_series(1, 1114111) n where n not between 55296 and 57343`
  const points = Array.from({ length: 0x110000 }, (_, point) => point).filter(
    (point) => !isSurrogate(point) && point > 0,
  )
  const disarmed = (cell: string) => disarmCell(cell) !== cell
  expect(rows[0]?.alone).toEqual(points.filter((point) => disarmed(String.fromCodePoint(point))))
  expect(rows[0]?.before).toEqual(points.filter((point) => disarmed(`${String.fromCodePoint(point)}=1+1`)))
}, 60_000)

const isSurrogate = (point: number) => point >= 0xd800 && point <= 0xdfff

test('any text is disarmed in the database as in the rules', async () => {
  const likely = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '－',
    '＠',
    '−',
    ' ',
    '\t',
    '\r',
    '\n',
    '\u200b',
    '\u3000',
    'a',
    '0',
    '学',
  )
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: likely, maxLength: 8 }),
    fc.tuple(fc.string({ unit: likely, maxLength: 4 }), fc.string({ unit: 'binary' })).map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        cell.filter((text) => !text.includes('\u0000')),
        { minLength: 20, maxLength: 50 },
      ),
      async (cells) => {
        expect(await inDatabase(cells)).toEqual(cells.map(disarmCell))
      },
    ),
    { numRuns: 60 },
  )
})
