import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashSessionToken } from '@/lib/auth/session-cookie'
import { findSessionView } from '@/lib/db/sessions'
import type { MemberActor } from '@/lib/domain/actor'
import { assignDepartments } from '@/lib/people/assign-departments'
import { getMember } from '@/lib/people/get-member'
import { grantRole } from '@/lib/people/grant-role'
import { listPeople } from '@/lib/people/list-people'
import { revokeRole } from '@/lib/people/revoke-role'
import { peopleQuery } from '@/lib/people/schema'
import { setMemberStatus } from '@/lib/people/set-member-status'
import {
  makeLinkedAccount,
  makeMember,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'
import { signInAs } from '@/tests/setup/sign-in'

let world: TestWorld
let university: TestUniversity
let admin: TestMember
let student: TestMember
const deps = { now: NOW }
const all = peopleQuery.parse({})

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)
beforeEach(async () => {
  university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'], name: '管理员' })
  student = await makeMember(world, university, { name: '欧阳娜' })
})
afterAll(() => world?.close())

const rolesOf = async ({ memberId }: TestMember) =>
  (await world.db.memberRole.findMany({ where: { memberId } })).map(({ role, source }) => `${role}:${source}`).sort()
const eventsOn = async ({ memberId }: TestMember) =>
  (await world.db.auditEvent.findMany({ where: { subjectId: memberId }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )
const versionOf = async (memberId: string) => (await getMember(admin.actor, memberId)).version
const change = async (memberId: string) => ({ memberId, expectedVersion: await versionOf(memberId) })

describe('a role', () => {
  test('is granted and taken back, each with its event; what was read before is a conflict', async () => {
    const seen = await change(student.memberId)
    await grantRole(admin.actor, { ...seen, role: 'reviewer' }, deps)
    expect(await rolesOf(student)).toEqual(['reviewer:granted', 'student:roster'])
    const late = grantRole(admin.actor, { ...seen, role: 'admin' }, deps)
    await expect(late).rejects.toMatchObject({ kind: 'conflict', code: 'member_changed' })
    const again = grantRole(admin.actor, { ...(await change(student.memberId)), role: 'reviewer' }, deps)
    await expect(again).rejects.toMatchObject({ code: 'role_held' })
    await revokeRole(admin.actor, { ...(await change(student.memberId)), role: 'reviewer' }, deps)
    expect(await rolesOf(student)).toEqual(['student:roster'])
    expect(await eventsOn(student)).toEqual(['role.granted', 'role.revoked'])
  })

  test('is never granted to oneself, nor taken', async () => {
    const own = await change(admin.memberId)
    const refused = { kind: 'forbidden', code: 'not_for_yourself' }
    await expect(grantRole(admin.actor, { ...own, role: 'reviewer' }, deps)).rejects.toMatchObject(refused)
    await expect(revokeRole(admin.actor, { ...own, role: 'admin' }, deps)).rejects.toMatchObject(refused)
    await expect(setMemberStatus(admin.actor, { ...own, status: 'left' }, deps)).rejects.toMatchObject(refused)
    expect(await rolesOf(admin)).toEqual(['admin:roster'])
    expect(await getMember(admin.actor, admin.memberId)).toMatchObject({ isSelf: true, mayChangeRoles: false })
  })

  test('can be given to who never signed in', async () => {
    const { memberId } = student
    await world.db.member.updateMany({ where: { id: memberId }, data: { personId: null } })
    await grantRole(admin.actor, { ...(await change(memberId)), role: 'reviewer' }, deps)
    expect(await rolesOf(student)).toContain('reviewer:granted')
  })

  test('of two admins at once one grants, the other is told', async () => {
    const colleague = await makeMember(world, university, { roles: ['admin'] })
    const seen = await change(student.memberId)
    const outcomes = await Promise.allSettled([
      grantRole(admin.actor, { ...seen, role: 'reviewer' }, deps),
      grantRole(colleague.actor, { ...seen, role: 'admin' }, deps),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the departments of a reviewer', () => {
  test('are exactly what was said, and go with the role', async () => {
    const reviewer = await makeMember(world, university, { roles: ['reviewer'] })
    const { departmentId, otherDepartmentId } = university
    const wish = { ...(await change(reviewer.memberId)), departmentIds: [otherDepartmentId] }
    await assignDepartments(admin.actor, wish, deps)
    const { reviewDepartmentIds } = await getMember(admin.actor, reviewer.memberId)
    expect(reviewDepartmentIds).toEqual([otherDepartmentId])
    expect(await eventsOn(reviewer)).toEqual(['department.assigned', 'department.unassigned'])
    await revokeRole(admin.actor, { ...(await change(reviewer.memberId)), role: 'reviewer' }, deps)
    expect(await world.db.reviewAssignment.count({ where: { memberId: reviewer.memberId } })).toBe(0)
    const none = { ...(await change(reviewer.memberId)), departmentIds: [departmentId] }
    await expect(assignDepartments(admin.actor, none, deps)).rejects.toMatchObject({ code: 'not_a_reviewer' })
  })

  test('of another university are not known here', async () => {
    const reviewer = await makeMember(world, university, { roles: ['reviewer'] })
    const { departmentId } = await makeUniversity(world)
    const wish = { ...(await change(reviewer.memberId)), departmentIds: [departmentId] }
    await expect(assignDepartments(admin.actor, wish, deps)).rejects.toMatchObject({ code: 'unknown_department' })
  })
})

test('who left is out at once, and back when they are back', async () => {
  const { token } = await signInAs(world.database.superuserUrl, {
    universitySlug: university.slug,
    number: student.number,
  })
  const isIn = async () => (await findSessionView(hashSessionToken(token))) !== null
  expect(await isIn()).toBe(true)
  await setMemberStatus(admin.actor, { ...(await change(student.memberId)), status: 'left' }, deps)
  expect(await isIn()).toBe(false)
  const granted = grantRole(admin.actor, { ...(await change(student.memberId)), role: 'admin' }, deps)
  await expect(granted).rejects.toMatchObject({ code: 'member_left' })
  await setMemberStatus(admin.actor, { ...(await change(student.memberId)), status: 'active' }, deps)
  expect(await isIn()).toBe(true)
  expect(await eventsOn(student)).toEqual(['member.status_changed', 'member.status_changed'])
})

describe('the list', () => {
  test('goes on where the page ended, none twice', async () => {
    const { universityId, departmentId } = university
    await world.db.member.createMany({
      data: Array.from({ length: 60 }, (_, index) => ({
        universityId,
        departmentId,
        number: `08${String(index).padStart(4, '0')}`,
        name: `批量${index}`,
      })),
    })
    const first = await listPeople(admin.actor, { ...all, search: '08' })
    const second = await listPeople(admin.actor, { ...all, search: '08', cursor: first.nextCursor })
    const numbers = [...first.people, ...second.people].map(({ number }) => number)
    expect(first.people).toHaveLength(50)
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => `08${String(index).padStart(4, '0')}`))
    expect(second.nextCursor).toBeNull()
  })

  test('finds by the beginning of a name or number, role, department, status and failed sync', async () => {
    const reviewer = await makeMember(world, university, {
      roles: ['reviewer'],
      departmentId: university.otherDepartmentId,
      name: '100%教授',
    })
    const found = async (query: Partial<typeof all>) =>
      (await listPeople(admin.actor, { ...all, ...query })).people.map(({ name }) => name)
    expect(await found({ search: '欧阳' })).toEqual(['欧阳娜'])
    expect(await found({ search: student.number })).toEqual(['欧阳娜'])
    expect(await found({ search: '100%' })).toEqual(['100%教授'])
    expect(await found({ search: '1_0' })).toEqual([])
    expect(await found({ role: 'reviewer' })).toEqual(['100%教授'])
    expect(await found({ departmentId: university.otherDepartmentId })).toEqual(['100%教授'])
    expect(await found({ reviewsDepartmentId: university.departmentId })).toEqual(['100%教授'])
    expect(await found({ reviewsDepartmentId: university.otherDepartmentId })).toEqual([])
    expect(await found({ status: 'left' })).toEqual([])
    const { accountId } = await makeLinkedAccount(world, student.personId)
    await world.db.syncSource.create({
      data: { accountId, source: 'pull-requests', personId: student.personId, failureKind: 'not_found' },
    })
    expect(await found({ syncFailure: 'not_found' })).toEqual(['欧阳娜'])
    expect(await found({ syncFailure: 'unavailable' })).toEqual([])
    await world.db.syncSource.update({
      where: { accountId_source: { accountId, source: 'pull-requests' } },
      data: { source: 'repository:ascend/moved-away' },
    })
    expect(await found({ syncFailure: 'not_found' })).toEqual([])
    expect(reviewer.name).toBe('100%教授')
    await expect(listPeople(admin.actor, { ...all, cursor: 'x' })).rejects.toMatchObject({ code: 'bad_cursor' })
  })
})

describe('a member on their page', () => {
  test('shows accounts by name, and nothing secret', async () => {
    const { accountId, login } = await makeLinkedAccount(world, student.personId)
    const { universityId } = university
    await world.db.syncRun.create({
      data: { accountId, personId: student.personId, universityId, trigger: 'link', tokenSealed: 'secret-token' },
    })
    const member = await getMember(admin.actor, student.memberId)
    expect(member).toMatchObject({
      name: '欧阳娜',
      accounts: [{ platform: 'github', login, isLinked: true, failureKind: null }],
      roles: [{ role: 'student', source: 'roster' }],
      creditHundredths: 0,
    })
    expect(JSON.stringify(member)).not.toMatch(/secret|subject|personId/)
  })
})

test('students, reviewers and other universities see and change nobody', async () => {
  const target = await change(student.memberId)
  const tries = (actor: MemberActor) => [
    listPeople(actor, { ...all, search: '欧阳' }).then(({ people }) => {
      if (people.length > 0) throw new Error('seen')
    }),
    getMember(actor, student.memberId),
    grantRole(actor, { ...target, role: 'admin' }, deps),
    revokeRole(actor, { ...target, role: 'student' }, deps),
    assignDepartments(actor, { ...target, departmentIds: [] }, deps),
    setMemberStatus(actor, { ...target, status: 'left' }, deps),
  ]
  for (const role of ['student', 'reviewer'] as const) {
    const { actor } = await makeMember(world, university, { roles: [role] })
    for (const attempt of await Promise.allSettled(tries(actor))) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { kind: 'forbidden', code: 'role_not_allowed' } })
    }
  }
  const elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  const [list, ...rest] = await Promise.allSettled(tries(elsewhere.actor))
  expect(list?.status).toBe('fulfilled')
  for (const attempt of rest) expect(attempt).toMatchObject({ status: 'rejected', reason: { kind: 'not_found' } })
  expect(await rolesOf(student)).toEqual(['student:roster'])
})
