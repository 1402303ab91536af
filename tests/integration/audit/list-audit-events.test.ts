import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listAuditEvents } from '@/lib/audit/list-audit-events'
import { auditQuery } from '@/lib/audit/schema'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { listAuditNames } from '@/lib/db/audit-names'
import { withScope } from '@/lib/db/scope'
import {
  daysAgo,
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

let world: TestWorld
let university: TestUniversity
let admin: TestMember
let student: TestMember
let elsewhere: TestMember
const all = auditQuery.parse({})
const statementSchema = z.object({ text: z.string(), values: z.array(z.unknown()) })

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
  university = await makeUniversity(world)
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
      subject: { kind: 'member', id: student.memberId, name: { en: `${student.name} ${student.number}` } },
      details: [{ key: 'role', value: { kind: 'word', code: 'reviewer', message: 'roster.role.reviewer' } }],
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

  test('calls everything by its name, and nothing of another university', async () => {
    const { universityId, memberId, personId } = student
    const account = await makeLinkedAccount(world, personId, { login: 'lin' })
    const contribution = await makeContribution(world, {
      repository: await makeRepository(world, {}),
      author: account,
      number: 7,
    })
    const claim = await makeClaim(world, { university, student, contributions: [contribution] })
    const term = await world.db.term.findFirstOrThrow({ where: { universityId } })
    const policy = await world.db.policyVersion.findFirstOrThrow({ where: { universityId } })
    const things = [
      { kind: 'member', id: memberId },
      { kind: 'person', id: personId },
      { kind: 'department', id: university.departmentId },
      { kind: 'term', id: term.id },
      { kind: 'policy_version', id: policy.id },
      { kind: 'claim', id: claim.claimId },
      { kind: 'account', id: account.accountId },
      { kind: 'contribution', id: contribution.contributionId },
      { kind: 'university', id: universityId },
      // Nothing by these ids, and kinds and ids that name nothing.
      ...['filing', 'credit_entry', 'roster_import', 'session'].map((kind) => ({ kind, id: randomUUID() })),
      { kind: 'catalog_entry', id: 'github:a/b' },
      { kind: 'member', id: elsewhere.memberId },
    ]
    const names = await withScope(admin.actor, (tx) => listAuditNames(tx, { universityId, things }))
    expect(Object.fromEntries([...names].map(([key, { zh }]) => [key.split(':')[0], zh]))).toEqual({
      member: `${student.name} ${student.number}`,
      person: `${student.name} ${student.number}`,
      department: '计算机学院',
      term: term.nameZh,
      policy_version: `v${policy.version}`,
      claim: expect.stringMatching(new RegExp(`^${student.name} 20\\d\\d-`)),
      account: '@lin',
      contribution: expect.stringMatching(/\/.* 7$/),
      university: expect.any(String),
    })
  })

  test('walks an index for an area, however much else happened', async () => {
    await world.db.$executeRaw`
      insert into audit_event (university_id, id, occurred_at, actor_kind, actor_name, action, subject_kind, subject_id, data)
      select ${university.universityId}::uuid, gen_random_uuid(), ${daysAgo(1)}, 'system', 'SYSTEM_SYNC', 'sync.finished',
             'account', gen_random_uuid()::text, '{}' from generate_series(1, 20000)`
    await world.db.$executeRaw`analyze audit_event`
    // As the app asks, behind row-level security.
    const asked = vi.spyOn(pg.Client.prototype, 'query')
    expect((await listAuditEvents(admin.actor, { ...all, area: 'term' })).events).toEqual([])
    const statements = asked.mock.calls.map(([query]) => statementSchema.safeParse(query).data)
    asked.mockRestore()
    const statement = statements.find((one) => one?.text.includes('from audit_event'))
    const app = new pg.Client({ connectionString: world.database.appUrl })
    await app.connect()
    await app.query('begin')
    await app.query(`select set_config('app.university', $1, true)`, [university.universityId])
    const { rows } = await app.query({ ...statement, text: `explain (format json) ${statement?.text}` })
    await app.end()
    expect(JSON.stringify(rows)).toContain('audit_event_university_id_area_occurred_at_id_idx')
  })

  test('is not for students', async () => {
    await expect(listAuditEvents(student.actor, all)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
