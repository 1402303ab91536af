import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAuditEvents } from '@/lib/audit/list-audit-events'
import { auditQuery } from '@/lib/audit/schema'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import { daysAgo, makeMember, makeUniversity, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

let world: TestWorld
let admin: TestMember
let student: TestMember
let elsewhere: TestMember
const all = auditQuery.parse({})

async function note({ actor, memberId }: TestMember, occurredAt: Date, times = 1) {
  await withScope(actor, async (tx) => {
    for (let index = 0; index < times; index += 1) {
      await recordAuditEvent(tx, {
        actor,
        action: 'role.granted',
        subject: { kind: 'member', id: memberId },
        data: { memberId, role: 'reviewer' },
        occurredAt,
      })
    }
  })
}

beforeAll(async () => {
  world = await openTestWorld()
  const university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  student = await makeMember(world, university, { roles: ['student'] })
  elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  await note(admin, daysAgo(1), 60)
  await note(student, daysAgo(3))
  await note(elsewhere, daysAgo(2))
}, 60_000)

afterAll(() => world?.close())

describe('the audit', () => {
  test("shows an admin their own university's events, newest first, page by page, none twice", async () => {
    const first = await listAuditEvents(admin.actor, all)
    const second = await listAuditEvents(admin.actor, { ...all, cursor: first.nextCursor })
    expect(first.events).toHaveLength(50)
    expect(second.events).toHaveLength(11)
    expect(second.nextCursor).toBeNull()
    expect(new Set([...first.events, ...second.events].map(({ id }) => id)).size).toBe(61)
    expect(second.events.at(-1)).toMatchObject({
      actor: { kind: 'member', memberId: student.memberId },
      action: 'role.granted',
      details: expect.arrayContaining([
        { key: 'memberId', value: student.memberId },
        { key: 'role', value: 'reviewer' },
      ]),
    })
  })

  test('narrows to a person, a subject, an area and days of the university', async () => {
    const byStudent = { ...all, actorMemberId: student.memberId }
    expect((await listAuditEvents(admin.actor, byStudent)).events).toHaveLength(1)
    const onStudent = { ...all, subjectKind: 'member' as const, subjectId: student.memberId }
    expect((await listAuditEvents(admin.actor, onStudent)).events).toHaveLength(1)
    expect((await listAuditEvents(admin.actor, { ...all, area: 'claim' })).events).toHaveLength(0)
    const day = { ...all, from: '2026-11-07', to: '2026-11-07' }
    expect((await listAuditEvents(admin.actor, day)).events).toHaveLength(1)
  })

  test('is not for students', async () => {
    await expect(listAuditEvents(student.actor, all)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
