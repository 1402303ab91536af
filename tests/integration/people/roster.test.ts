import { writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MemberActor } from '@/lib/domain/actor'
import { applyRoster } from '@/lib/people/apply-roster'
import { discardRoster } from '@/lib/people/discard-roster'
import { getRosterImport } from '@/lib/people/get-roster-import'
import { listRosterImports } from '@/lib/people/list-roster-imports'
import { previewRoster } from '@/lib/people/preview-roster'
import { readRosterFile } from '@/lib/people/read-roster-file'
import { rosterPageQuery } from '@/lib/people/schema'
import {
  makeMember,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

type Cell = string | number | null

let world: TestWorld
let university: TestUniversity
let admin: TestMember

const HEAD = ['学号', '姓名', '学院', '专业', '班级', '邮箱', '角色']
const deps = { now: NOW }

const csv = (rows: readonly (readonly Cell[])[]) =>
  rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))).join(',')).join('\r\n')
const bytesOf = (text: string) => new TextEncoder().encode(text)
const preview = (rows: readonly (readonly Cell[])[], actor: MemberActor = admin.actor) =>
  previewRoster(actor, { fileName: '名单.csv', bytes: bytesOf(csv(rows)) }, deps)
const xlsx = async (rows: Cell[][]) => writeXlsx({ sheets: [{ name: '名单', rows }] })
const apply = (importId: string, leaveOutBad = false, actor = admin.actor) =>
  applyRoster(actor, { importId, leaveOutBad }, deps)
const page = (importId: string, view: 'problems' | 'new' | 'changed' | null = null, after = 0) =>
  getRosterImport(admin.actor, rosterPageQuery.parse({ importId, view, after }))
const codesOf = async (importId: string) =>
  (await page(importId, 'problems')).problems.map(({ cell, code }) => `${cell} ${code}`)

/** What is there of a number: the superuser looks. */
async function memberOf(number: string) {
  const found = await world.db.member.findUniqueOrThrow({
    where: { universityId_number: { universityId: university.universityId, number } },
    include: { department: true, roles: true, assignments: true },
  })
  return { ...found, college: found.department?.name, said: found.roles.map(({ role, source }) => `${role}:${source}`) }
}

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)

beforeEach(async () => {
  university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
})

afterAll(() => world?.close())

describe('a roster', () => {
  test('is shown first, writes no member before it is confirmed, and then all of it', async () => {
    const rows = [
      HEAD,
      ['0930417001', '欧阳 娜', '计算机学院', '软件工程', '2301', 'Ou@example.edu', ''],
      ['T0019', '司马教授', '量子学院', '', '', '', '教师'],
    ]
    const { importId, summary } = await preview(rows)
    expect(summary).toMatchObject({ new: 2, changed: 0, unchanged: 0, bad: 0, newDepartments: ['量子学院'] })
    const before = { universityId: university.universityId, number: { in: ['0930417001', 'T0019'] } }
    expect(await world.db.member.count({ where: before })).toBe(0)

    await apply(importId)
    expect(await memberOf('0930417001')).toMatchObject({
      name: '欧阳 娜',
      college: '计算机学院',
      programme: '软件工程',
      email: 'ou@example.edu',
      personId: null,
      said: ['student:roster'],
    })
    const professor = await memberOf('T0019')
    expect(professor).toMatchObject({ college: '量子学院', said: ['reviewer:roster'] })
    // a new reviewer sees their own department
    expect(professor.assignments.map(({ departmentId }) => departmentId)).toEqual([professor.departmentId])
    const actions = await world.db.auditEvent.findMany({ where: { universityId: university.universityId } })
    expect(actions.map(({ action }) => action).sort()).toEqual([
      'department.assigned',
      'member.added',
      'member.added',
      'role.granted',
      'roster.imported',
      'roster.previewed',
    ])
  })

  test('imported again is an update, field by field; the third time there is nothing to do', async () => {
    await apply((await preview([HEAD, ['0930417001', '欧阳娜', '计算机学院', '软件', '2301', '', '学生']])).importId)
    const next = [HEAD, ['0930417001', '欧阳娜', '人工智能学院', '', '2302', '', '学生、教师']]
    const { importId, summary } = await preview(next)
    expect(summary).toMatchObject({ new: 0, changed: 1 })
    expect((await page(importId)).lines[0]?.changes).toEqual([
      { field: 'college', from: '计算机学院', to: '人工智能学院' },
      { field: 'className', from: '2301', to: '2302' },
      { field: 'roles', from: 'student', to: 'student,reviewer' },
    ])
    await apply(importId)
    const { id: subjectId } = await memberOf('0930417001')
    const [event] = await world.db.auditEvent.findMany({ where: { subjectId, action: 'member.changed' } })
    expect(event?.data).toEqual({ memberId: subjectId, fields: ['college', 'className', 'roles'] })
    const written = await world.db.auditEvent.findMany({ where: { universityId: university.universityId } })
    expect(JSON.stringify(written)).not.toMatch(/人工智能学院|欧阳|ou@example/)
    // the empty cell left the programme
    expect(await memberOf('0930417001')).toMatchObject({ programme: '软件', college: '人工智能学院', version: 2 })
    expect((await preview(next)).summary).toMatchObject({ new: 0, changed: 0, unchanged: 1 })
  })

  test('takes back only roles that it gave, and never a member', async () => {
    const student = await makeMember(world, university, { roles: ['student', 'reviewer'] })
    const stays = await makeMember(world, university)
    const key = { universityId: university.universityId, memberId: student.memberId }
    await world.db.memberRole.create({ data: { ...key, role: 'admin', source: 'granted' } })
    const { importId } = await preview([HEAD, [student.number, student.name, '计算机学院', '', '', '', '学生']])
    await apply(importId)
    const after = await memberOf(student.number)
    expect(after.said.sort()).toEqual(['admin:granted', 'student:roster'])
    expect(after.assignments).toEqual([])
    expect(await memberOf(stays.number)).toMatchObject({ version: 1 })
    // without a word of roles, none changes
    expect((await preview([HEAD, [student.number, student.name, '计算机学院']])).summary).toMatchObject({
      unchanged: 1,
    })
  })

  test('never matches by e-mail address', async () => {
    const known = await makeMember(world, university)
    const { email } = await memberOf(known.number)
    const { summary } = await preview([HEAD, ['0999999999', '别人', '计算机学院', '', '', email, '']])
    expect(summary).toMatchObject({ new: 1, changed: 0 })
  })

  test("gives nobody a role of their own, by a colleague's preview neither", async () => {
    const own = [HEAD, [admin.number, admin.name, '计算机学院', '', '', '', '管理员、教师']]
    const { importId } = await preview(own)
    expect(await codesOf(importId)).toEqual(['G2 own_roles'])
    const colleague = await makeMember(world, university, { roles: ['admin'] })
    const theirs = await preview(own, colleague.actor)
    expect(theirs.summary).toMatchObject({ changed: 1, bad: 0 })
    await expect(apply(theirs.importId)).rejects.toMatchObject({ kind: 'forbidden', code: 'not_for_yourself' })
    expect((await memberOf(admin.number)).said).toEqual(['admin:roster'])
  })
})

describe('what is wrong with a row', () => {
  test('is named with its cell, and the good ones wait for a word that the bad ones stay out', async () => {
    const { importId, summary } = await preview([
      ['表一', '', ''],
      ['姓名', 'E-mail', '学号', 'college', '备注', '角色'],
      ['甲', 'a@example.edu', '0930417001', '计算机学院', '', ''],
      ['', 'nobody', '0930417002', '计算机学院', '', '校长'],
      ['乙', '', '2.30417E+09', '=1+1', '', ''],
      ['丙', '', '0930417003', '计算机学院', '', ''],
      ['丁', '', '0930417003', '计算机学院', '', ''],
    ])
    expect(summary).toMatchObject({ new: 1, bad: 4, unknownHeadings: ['备注'] })
    expect(await codesOf(importId)).toEqual([
      'A4 required',
      'B4 email_format',
      'F4 unknown_role',
      'C5 scientific_notation',
      'D5 formula',
      'C6 duplicate_number',
      'C7 duplicate_number',
    ])
    await expect(apply(importId)).rejects.toMatchObject({ code: 'roster_has_bad_rows' })
    await apply(importId, true)
    expect(await memberOf('0930417001')).toMatchObject({ name: '甲' })
    const numbers = { universityId: university.universityId, number: { startsWith: '093041700' } }
    expect(await world.db.member.count({ where: numbers })).toBe(1)
  })

  test('zeros that a spreadsheet dropped are noticed; numbers of other people are not touched', async () => {
    const known = await makeMember(world, university)
    const lost = Number(known.number)
    const bytes = await xlsx([
      HEAD,
      [lost, known.name, '计算机学院'],
      ['0930417009', '文本', '计算机学院'],
      [930417010, '数字', '计算机学院'],
      [2130417010, '十位', '计算机学院'],
      [2 ** 60, '太长', '计算机学院'],
    ])
    const { importId, summary } = await previewRoster(admin.actor, { fileName: 'a.xlsx', bytes }, deps)
    expect(summary).toMatchObject({ new: 2, bad: 3 })
    const { problems } = await page(importId, 'problems')
    expect(problems).toMatchObject([
      { cell: 'A2', code: 'leading_zeros_lost', other: known.number },
      { cell: 'A4', code: 'leading_zeros_lost', other: '0930417010' },
      { cell: 'A6', code: 'number_lost_digits' },
    ])
    // in a CSV a number is doubted only where a member has it with its zeros
    const inCsv = await preview([HEAD, [String(lost), known.name, '计算机学院'], ['930417010', '甲', '计算机学院']])
    expect(await codesOf(inCsv.importId)).toEqual(['A2 leading_zeros_lost'])
  })

  test('a formula cell is named, whatever it came to', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: '名单',
          rows: [HEAD, ['0930417001', '甲', '计算机学院'], ['0930417002', '乙', '计算机学院']] as Cell[][],
          cells: new Map([['2,1', { type: 'formula', formula: 'B2', formulaResult: '甲', value: '甲' }]]),
        },
      ],
    })
    const { importId } = await previewRoster(admin.actor, { fileName: 'a.xlsx', bytes }, deps)
    expect(await codesOf(importId)).toEqual(['B3 formula'])
  })
})

describe('a file', () => {
  const good = csv([HEAD, ['0930417001', '张“三', '计算机学院']])

  test.each([
    ['UTF-8 without a mark', bytesOf(good)],
    ['UTF-8 with a mark', bytesOf(`\ufeff${good}`)],
    ['GB18030', new Uint8Array(iconv.encode(good, 'gb18030'))],
    ['UTF-16 with a mark', new Uint8Array(iconv.encode(good, 'utf-16le', { addBOM: true }))],
    ['LF and tabs', bytesOf(good.replaceAll('\r\n', '\n').replaceAll(',', '\t'))],
  ])('in %s is read', async (_name, bytes) => {
    const { rows } = await readRosterFile(bytes)
    expect(rows[1]?.slice(0, 3)).toEqual(['0930417001', '张“三', '计算机学院'])
  })

  test('with quotes, delimiters and line ends in its cells is read as it was meant', async () => {
    const { rows } = await readRosterFile(bytesOf('学号,姓名\r\n"01","甲, ""乙""\r\n丙"\r\n\r\n02,'))
    expect(rows).toEqual([['学号', '姓名'], ['01', '甲, "乙"\r\n丙'], [''], ['02', '']])
  })

  const tooMany = [HEAD, ...Array.from({ length: 20_001 }, (_, row) => [String(10_000_000 + row), '甲', '学院'])]
  test.each([
    ['roster_file_empty', new Uint8Array()],
    ['roster_file_too_large', new Uint8Array(5 * 1_048_576 + 1)],
    ['roster_old_excel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
    ['roster_file_unreadable', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])],
    ['roster_file_unreadable', new Uint8Array([0, 1, 2, 0xff])],
    ['roster_quote_open', bytesOf('学号,姓名,学院\n01,"甲,学院\n')],
    ['roster_columns_missing', bytesOf('学号,姓名\n01,甲\n')],
    ['roster_columns_repeated', bytesOf('学号,工号,姓名,学院\n01,02,甲,学院\n')],
    ['roster_no_rows', bytesOf('学号,姓名,学院\n,,\n')],
    ['roster_too_many_rows', bytesOf(csv(tooMany))],
  ])('is refused as %s, and nothing is kept of it', async (code, bytes) => {
    await expect(previewRoster(admin.actor, { fileName: 'x', bytes }, deps)).rejects.toMatchObject({
      kind: 'invalid',
      code,
    })
    expect(await world.db.rosterImport.count({ where: { universityId: university.universityId } })).toBe(0)
  })

  test('that would unpack to gigabytes is refused before it is unpacked, also when it lies of its size', async () => {
    const bytes = await xlsx([HEAD, ['0930417001', '甲', '计算机学院']])
    const bomb = (size: number) => {
      const changed = Uint8Array.from(bytes)
      const view = new DataView(changed.buffer)
      const entries = Array.from({ length: changed.length - 4 }, (_, at) => at)
      const directory = entries.filter((at) => view.getUint32(at, true) === 0x02014b50)
      for (const at of directory) view.setUint32(at + 24, size, true)
      return previewRoster(admin.actor, { fileName: 'x.xlsx', bytes: changed }, deps)
    }
    await expect(bomb(1 << 30)).rejects.toMatchObject({ code: 'roster_file_unpacks_too_large' })
    await expect(bomb(0)).rejects.toMatchObject({ code: 'roster_file_unreadable' })
    await expect(bomb(1)).rejects.toMatchObject({ code: 'roster_file_unreadable' })
  })
})

describe('between preview and confirmation', () => {
  test('what changed is a conflict, and nothing is written', async () => {
    const known = await makeMember(world, university)
    const rows = [HEAD, [known.number, '改名', '计算机学院'], ['0930417005', '新', '新学院']]
    const { importId } = await preview(rows)
    await world.db.member.updateMany({ where: { id: known.memberId }, data: { className: '9999', name: '别名' } })
    await expect(apply(importId)).rejects.toMatchObject({ kind: 'conflict', code: 'roster_changed_since' })
    expect(await memberOf(known.number)).toMatchObject({ name: '别名' })
    expect(
      await world.db.member.count({ where: { number: '0930417005', universityId: university.universityId } }),
    ).toBe(0)
    expect(await world.db.department.count({ where: { name: '新学院', universityId: university.universityId } })).toBe(
      0,
    )
  })

  test('of two imports at once one is done, and the other told', async () => {
    const colleague = await makeMember(world, university, { roles: ['admin'] })
    const rows = [HEAD, ['0930417001', '甲', '计算机学院'], ['0930417002', '乙', '计算机学院']]
    const mine = await preview(rows)
    const theirs = await preview(rows, colleague.actor)
    const outcomes = await Promise.allSettled([apply(mine.importId), apply(theirs.importId, false, colleague.actor)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'roster_changed_since' })
  })

  test('the same preview is applied once, and forgets what stood in the file', async () => {
    const { importId } = await preview([HEAD, ['0930417001', '甲', '计算机学院']])
    const outcomes = await Promise.allSettled([apply(importId), apply(importId)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const kept = await world.db.rosterImport.findFirstOrThrow({ where: { id: importId } })
    expect(kept).toMatchObject({ state: 'applied', rows: [] })
    await expect(discardRoster(admin.actor, { importId }, deps)).rejects.toMatchObject({ code: 'roster_import_ended' })
  })

  test('a new upload of the same admin throws the old preview away', async () => {
    const first = await preview([HEAD, ['0930417001', '甲', '计算机学院']])
    await preview([HEAD, ['0930417001', '甲', '计算机学院']])
    await expect(apply(first.importId)).rejects.toMatchObject({ code: 'roster_import_ended' })
    const { imports } = await listRosterImports(admin.actor, { cursor: null })
    expect(imports.map(({ state }) => state).sort()).toEqual(['discarded', 'previewed'])
  })
})

describe('the walls', () => {
  test('keep students, reviewers and other universities out', async () => {
    const { importId } = await preview([HEAD, ['0930417001', '甲', '计算机学院']])
    for (const role of ['student', 'reviewer'] as const) {
      const { actor } = await makeMember(world, university, { roles: [role] })
      await expect(preview([HEAD, ['1', '甲', '学院']], actor)).rejects.toMatchObject({ kind: 'forbidden' })
      await expect(apply(importId, false, actor)).rejects.toMatchObject({ kind: 'forbidden' })
      await expect(getRosterImport(actor, rosterPageQuery.parse({ importId }))).rejects.toMatchObject({
        kind: 'forbidden',
      })
    }
    const elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
    await expect(apply(importId, false, elsewhere.actor)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(discardRoster(elsewhere.actor, { importId }, deps)).rejects.toMatchObject({ kind: 'not_found' })
    const looked = getRosterImport(elsewhere.actor, rosterPageQuery.parse({ importId }))
    await expect(looked).rejects.toMatchObject({ kind: 'not_found' })
    expect((await listRosterImports(elsewhere.actor, { cursor: null })).imports).toEqual([])
  })

  test('a number of another university is no number of this one', async () => {
    const other = await makeUniversity(world)
    const abroad = await makeMember(world, other)
    const { importId, summary } = await preview([HEAD, [abroad.number, '同号', '计算机学院']])
    expect(summary).toMatchObject({ new: 1 })
    await apply(importId)
    const there = await world.db.member.findFirstOrThrow({ where: { id: abroad.memberId } })
    expect(there.name).toBe(abroad.name)
  })
})

test('20,000 rows are imported in seconds, page by page, and again as an update', async () => {
  const rows = (className: string) => [
    HEAD,
    ...Array.from({ length: 20_000 }, (_, row) => [
      `0${500_000_000 + row}`,
      `学生${row}`,
      `学院${row % 20}`,
      '软件工程',
      className,
      `s${row}@example.edu`,
      '',
    ]),
  ]
  const { importId, summary } = await preview(rows('2301'))
  const second = await page(importId, 'new', 51)
  await apply(importId)
  const again = await preview(rows('2302'))
  await apply(again.importId)
  expect(summary).toMatchObject({ new: 20_000 })
  expect(second.lines.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, index) => index + 52))
  expect(again.summary).toMatchObject({ changed: 20_000 })
  expect(await world.db.member.count({ where: { universityId: university.universityId, className: '2302' } })).toBe(
    20_000,
  )
}, 300_000)
