import { describe, expect, test } from 'vitest'
import { CATALOG_COLUMNS, CATALOG_HEADINGS, parseCatalogRow, readCatalogHeader } from './catalog-file'
import { disarmCell } from './spreadsheet-cell'

const header = readCatalogHeader(CATALOG_COLUMNS)
const ROW = ['github', 'octo-lab', 'engine', 'included', 'inference', 'emerging', 'develop', '课程里常用', '3']
const row = (over: Partial<Record<(typeof CATALOG_COLUMNS)[number], string>>) =>
  parseCatalogRow(
    CATALOG_COLUMNS.map((column, index) => over[column] ?? ROW[index] ?? ''),
    header,
  )

describe('readCatalogHeader', () => {
  test.each(['zh', 'en'] as const)('finds its own headings in %s, in any order', (language) => {
    const headings = CATALOG_COLUMNS.map((column) => ` ${CATALOG_HEADINGS[column][language]} `).toReversed()
    const read = readCatalogHeader(headings)
    expect(read).toMatchObject({ missing: [], repeated: [], unknown: [] })
    expect(read.columns.get('version')).toBe(0)
  })

  test('names what is missing, what stands twice and what it does not know', () => {
    expect(readCatalogHeader(['Owner', '所有者', 'Stars'])).toMatchObject({
      missing: ['platform', 'status'],
      repeated: ['owner'],
      unknown: ['Stars'],
    })
  })
})

describe('parseCatalogRow', () => {
  test('reads codes, and words of both languages', () => {
    const row1 = { platform: 'github', owner: 'octo-lab', name: 'engine', status: 'included', kind: 'inference' }
    expect(row({})).toEqual({
      ok: true,
      row: { ...row1, tier: 'emerging', branches: ['develop'], reason: '课程里常用', version: 3 },
    })
    const chinese = row({
      platform: 'Gitee',
      status: '不认定',
      kind: '框架',
      tier: '旗舰',
      name: '*',
      branches: 'a，b',
      version: '',
    })
    expect(chinese).toMatchObject({
      ok: true,
      row: {
        platform: 'gitee',
        status: 'excluded',
        kind: 'framework',
        tier: 'flagship',
        name: null,
        branches: ['a', 'b'],
        version: null,
      },
    })
  })

  test('a word that is taken back needs no reason; any other does', () => {
    expect(row({ status: '撤回', reason: '', kind: '', tier: '' })).toMatchObject({
      ok: true,
      row: { status: 'remove', kind: null },
    })
    expect(row({ reason: '' })).toEqual({ ok: false, problems: [{ column: 'reason', code: 'required', value: '' }] })
  })

  test.each([
    ['platform', 'sourceforge', 'unknown_word'],
    ['owner', 'a/b/c', 'name_format'],
    ['owner', '../..', 'name_format'],
    ['name', 'two words', 'name_format'],
    ['status', 'maybe', 'unknown_word'],
    ['kind', '=1+1', 'formula'],
    ['reason', '＝cmd|calc', 'formula'],
    ['reason', 'no', 'too_short'],
    ['reason', 'x'.repeat(501), 'too_long'],
    ['version', '-1', 'formula'],
    ['version', '1.5', 'version_format'],
    ['branches', 'a\u0007b', 'control_character'],
  ] as const)('%s %j is %s, and named', (column, value, code) => {
    expect(row({ [column]: value })).toEqual({ ok: false, problems: [{ column, code, value: value.slice(0, 100) }] })
  })

  test('all that is wrong in a row is named at once', () => {
    const read = row({ platform: '', status: 'x', name: '?' })
    expect(read.ok ? [] : read.problems.map(({ column }) => column)).toEqual(['platform', 'name', 'status'])
  })

  test('what an export disarmed comes back as it was', () => {
    for (const reason of ['=SUM(A1) 的教程', '-- 见会议纪要', '+1 同意列入', "'quoted' words"]) {
      expect(row({ reason: disarmCell(reason) })).toMatchObject({ ok: true, row: { reason } })
    }
  })
})
