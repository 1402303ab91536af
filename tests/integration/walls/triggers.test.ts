import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { fillEveryTable } from './fill-every-table'

/** As the superuser, whom only triggers bind. */
let world: TestWorld
let universityId: string

beforeAll(async () => {
  world = await openTestWorld()
  universityId = (await fillEveryTable(world)).universityId
}, 60_000)
afterAll(() => world?.close())

test.each([
  ['credit_entry_student', `update credit_entry_student set name = 'X'`, /may only be erased/],
  ['credit_entry_student', 'delete from credit_entry_student', /append-only/],
  ['ledger_head', 'update ledger_head set sequence = sequence + 2', /moves by one line/],
  ['ledger_head', 'delete from ledger_head', /append-only/],
  ['policy_version', `update policy_version set document = '{}'`, /never changes/],
  ['policy_version', 'delete from policy_version', /never changes/],
  ['evidence', 'delete from evidence', /append-only/],
])('%s stays as it is where changes are replayed: %s', async (_table, statement, refusal) => {
  const replaying = world.db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('set local session_replication_role = replica')
    await tx.$executeRawUnsafe(statement)
  })
  await expect(replaying).rejects.toThrow(refusal)
})

const ERASED = {
  ...{ studentNumber: 'erased-1', name: '', college: '', programme: null, className: null },
  ...{ departmentId: null, salt: '', erasedAt: NOW },
}

test.each([
  ['no number', { studentNumber: '' }],
  ['a name', { name: '李雷' }],
  ['a college', { college: '计算机学院' }],
  ['a programme', { programme: '软件工程' }],
  ['a class', { className: '2301' }],
  ['the salt', { salt: 'salt' }],
  ['no time', { erasedAt: null }],
])('particulars are not half erased: with %s', async (_what, kept) => {
  const update = world.db.creditEntryStudent.updateMany({ where: { universityId }, data: { ...ERASED, ...kept } })
  await expect(update).rejects.toThrow(/may only be erased/)
})

test('particulars are not erased under the number that they had', async () => {
  const sql = `update credit_entry_student set name = '', college = '', programme = null, class_name = null,
    department_id = null, salt = '', erased_at = now() where university_id = '${universityId}'`
  await expect(world.db.$executeRawUnsafe(sql)).rejects.toThrow(/may only be erased/)
})

test('particulars are erased once, department and all', async () => {
  const { id: departmentId } = await world.db.department.findFirstOrThrow({ where: { universityId } })
  const where = { universityId }
  await expect(world.db.creditEntryStudent.updateMany({ where, data: { ...ERASED, departmentId } })).rejects.toThrow(
    /may only be erased/,
  )
  expect((await world.db.creditEntryStudent.updateMany({ where, data: ERASED })).count).toBe(1)
  await expect(world.db.creditEntryStudent.updateMany({ where, data: ERASED })).rejects.toThrow(/may only be erased/)
})
