import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Prisma } from '@/lib/db/generated/client'
import { MEMBER_SECTIONS, PERSON_SECTIONS } from '@/lib/db/own-data'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { exportOwnData } from '@/lib/people/export-own-data'
import { previewRoster } from '@/lib/people/preview-roster'
import {
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'
import { setReportStage } from '@/tests/integration/reports/stage'

let world: TestWorld
let home: TestUniversity
let away: TestUniversity
let student: TestMember
let abroad: TestMember
let other: TestMember

/** A student with something in every list: an account, contributions, a claim in review with evidence, a session … */
async function furnish(member: TestMember, university: TestUniversity, mark: string): Promise<void> {
  const { db } = world
  const { personId, memberId, universityId } = member
  const account = await makeLinkedAccount(world, personId, { login: `login-${mark}` })
  const repository = await makeRepository(world, {})
  const contributions = []
  for (let count = 0; count < 3; count += 1) {
    contributions.push(await makeContribution(world, { repository, author: account, title: `title-${mark}-${count}` }))
  }
  const { claimId } = await makeClaim(world, { university, student: member, contributions })
  const at = new Date()
  const owner = { personId, universityId }
  await db.consent.create({ data: { personId, kind: 'linking', version: 1, grantedAt: at } })
  await db.session.create({
    data: { ...owner, memberId, tokenHash: `secret-hash-${mark}`, expiresAt: new Date(at.getTime() + 60_000) },
  })
  await db.linkAttempt.create({
    data: {
      ...owner,
      sessionId: randomUUID(),
      platform: 'github',
      stateHash: `secret-state-${mark}`,
      expiresAt: at,
      tokenSealed: `secret-token-${mark}`,
    },
  })
  const run = await db.syncRun.create({
    data: { ...owner, accountId: account.accountId, trigger: 'link', tokenSealed: `secret-token-${mark}` },
  })
  await db.syncSkip.create({
    data: { runId: run.id, ordinal: 1, personId, reference: `skip-${mark}#1`, reason: 'unreadable_record' },
  })
  await db.notification.create({ data: { universityId, memberId, code: 'claim_submitted', data: { mark } } })
  await db.auditEvent.create({
    data: {
      universityId,
      occurredAt: at,
      actorKind: 'member',
      actorMemberId: memberId,
      action: 'claim.submitted',
      subjectKind: 'claim',
      subjectId: claimId,
      data: { mark },
    },
  })
}

beforeAll(async () => {
  world = await openTestWorld()
  home = await makeUniversity(world)
  away = await makeUniversity(world)
  student = await makeMember(world, home, { name: '林知微' })
  abroad = await makeMember(world, away, { personId: student.personId, name: '林知微（交换）' })
  other = await makeMember(world, home, { name: '别人' })
  await furnish(student, home, 'mine')
  await furnish(abroad, away, 'abroad')
  await furnish(other, home, 'theirs')
}, 60_000)
afterAll(() => world?.close())

const rows = z.array(z.record(z.string(), z.unknown()))
const documentSchema = z.looseObject({
  person: rows,
  linkedAccounts: rows,
  contributions: rows,
  consents: rows,
  syncSkips: rows,
  reservedWorks: rows,
  universities: z.array(
    z.looseObject({
      slug: z.string(),
      membership: rows,
      claims: rows,
      claimItems: rows,
      evidence: rows,
      notifications: rows,
      auditEvents: rows,
      rosterRows: rows,
      rosterProblems: rows,
    }),
  ),
  complete: z.literal(true),
})

async function textOf(member: TestMember): Promise<string> {
  return new Response((await exportOwnData(member.actor)).body).text()
}

test('it has everything of the person, at every university, and ends with a mark', async () => {
  const data = documentSchema.parse(JSON.parse(await textOf(student)))
  expect(data.person).toMatchObject([{ id: student.personId }])
  expect(data.linkedAccounts.map(({ login }) => login).sort()).toEqual(['login-abroad', 'login-mine'])
  expect(data.contributions).toHaveLength(6)
  expect(data.reservedWorks).toHaveLength(6)
  expect(data.consents).toHaveLength(2)
  expect(data.syncSkips.map(({ reference }) => reference).sort()).toEqual(['skip-abroad#1', 'skip-mine#1'])
  expect(data.universities.map(({ slug }) => slug).sort()).toEqual([home.slug, away.slug].sort())
  for (const [university, member, mark] of [
    [home, student, 'mine'],
    [away, abroad, 'abroad'],
  ] as const) {
    const part = data.universities.find(({ slug }) => slug === university.slug)
    expect(part?.membership).toMatchObject([{ number: member.number, name: member.name, department: '计算机学院' }])
    expect(part?.claims).toHaveLength(1)
    expect(part?.claimItems).toHaveLength(3)
    expect(part?.evidence).toHaveLength(3)
    expect(part?.notifications).toMatchObject([{ data: { mark } }])
    expect(part?.auditEvents).toContainEqual(expect.objectContaining({ action: 'claim.submitted', data: { mark } }))
  }
})

test('it has nothing of others, and no secret', async () => {
  const text = await textOf(student)
  for (const foreign of ['theirs', other.personId, other.memberId, other.number, other.name, 'secret-']) {
    expect(text, foreign).not.toContain(foreign)
  }
  expect(await textOf(other)).toContain('login-theirs')
})

test('each university can see that its part was handed out', async () => {
  await textOf(student)
  for (const { universityId, memberId } of [student, abroad]) {
    const where = { universityId, actorMemberId: memberId, action: 'personal_data.exported' }
    expect(await world.db.auditEvent.count({ where })).toBeGreaterThan(0)
  }
})

test('long lists come in pages, whole and once', async () => {
  const many = await makeMember(world, home)
  const account = await makeLinkedAccount(world, many.personId)
  const run = await world.db.syncRun.create({
    data: {
      accountId: account.accountId,
      personId: many.personId,
      universityId: home.universityId,
      trigger: 'nightly',
      state: 'done',
    },
  })
  await world.db.syncSkip.createMany({
    data: Array.from({ length: 1203 }, (_, index) => ({
      runId: run.id,
      personId: many.personId,
      ordinal: index + 1,
      reference: `r#${index + 1}`,
      reason: 'hidden_record',
    })),
  })
  const data = documentSchema.parse(JSON.parse(await textOf(many)))
  expect(data.syncSkips.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1))
})

test('it has what others did to what is the member’s own', async () => {
  const stage = await setReportStage(world)
  const entryId = await stage.award(2)
  const amendment = { entryId, netHundredths: 50, newHundredths: 30, reason: '数额有误' }
  await correctCredit(stage.admin.actor, amendment, { now: NOW })
  const account = await makeLinkedAccount(world, stage.student.personId)
  const { universityId, memberId, number } = stage.student
  const event = { universityId, occurredAt: NOW, actorKind: 'system', actorName: 'SYSTEM_SYNC', subjectKind: 'account' }
  const stranger = await makeLinkedAccount(world, other.personId)
  for (const { accountId } of [account, stranger]) {
    await world.db.auditEvent.create({
      data: { ...event, action: 'sync.finished', subjectId: accountId, data: { accountId, inserted: 7 } },
    })
  }
  const preview = await previewRoster(
    stage.admin.actor,
    { fileName: 'r.csv', bytes: Buffer.from(`学号,姓名,学院\n${number},新名字,软件学院\nZ-0909,旁人,软件学院\n`) },
    { now: NOW },
  )
  await previewRoster(
    { kind: 'operator', name: 'ops', reason: '测试名册', universityId },
    { fileName: 'bad.csv', bytes: Buffer.from(`学号,姓名,学院\n${number},甲,A\n${number},乙,B\n,旁人,C\n`) },
    { now: NOW },
  )
  const text = await textOf(stage.student)
  const [part] = documentSchema.parse(JSON.parse(text)).universities
  expect(part?.auditEvents).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'ledger.corrected', subject_id: entryId, by_me: false }),
      expect.objectContaining({ action: 'sync.finished', subject_id: account.accountId, by_me: false }),
    ]),
  )
  expect(part?.rosterRows).toMatchObject([{ import_id: preview.importId, row: { memberId, name: '新名字' } }])
  expect(part?.rosterProblems).toMatchObject([
    { problem: { code: 'duplicate_number', value: number } },
    { problem: { code: 'duplicate_number', value: number } },
  ])
  for (const foreign of ['旁人', 'Z-0909', stranger.accountId]) expect(text).not.toContain(foreign)
})

test('a university’s whole audit is not read for one member', async () => {
  const { universityId, memberId, personId } = student
  await world.db.$executeRaw`
    insert into audit_event (university_id, id, occurred_at, actor_kind, actor_member_id, action, subject_kind, subject_id, data)
    select ${universityId}::uuid, gen_random_uuid(), ${NOW}, 'member', ${other.memberId}::uuid, 'claim.edited', 'claim',
           gen_random_uuid()::text, '{}' from generate_series(1, 20000)`
  await world.db.$executeRaw`analyze audit_event`
  const section = MEMBER_SECTIONS.find(({ name }) => name === 'auditEvents')
  const query = section?.rows({ universityId, memberId, personId }) ?? Prisma.empty
  const [plan] = await world.db.$queryRaw<object[]>`explain (format json) ${query}`
  expect(JSON.stringify(plan)).toContain('audit_event')
  expect(JSON.stringify(plan)).not.toMatch(/"Seq Scan"[^}]*"Relation Name":"audit_event"/)
})

test('every table that names a person or a member is read, and every column that does', async () => {
  const named = await world.db.$queryRaw<{ table: string; column: string }[]>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
     where c.table_schema = 'public' and c.column_name ~ '(^|_)(person|member)_id$'`
  const ids = { personId: student.personId, universityId: student.universityId, memberId: student.memberId }
  const queries = [...PERSON_SECTIONS, ...MEMBER_SECTIONS].map(({ rows }) => rows(ids).sql)
  const has = (sql: string, name: string) => new RegExp(`\\b${name}\\b`).test(sql)
  const isRead = ({ table, column }: { table: string; column: string }) =>
    queries.some((sql) => new RegExp(`\\b(from|join) ${table}\\b`).test(sql) && has(sql, column))
  const elsewhere = [
    // The member's own row, found by its id.
    'member.person_id',
    // Who decided: a reviewer's own decisions are read by their member id.
    'claim.endorsed_by_person_id',
    'decision.person_id',
    'credit_entry.endorsed_by_member_id',
    'credit_entry.approved_by_member_id',
    // How far a night's pass has come in the roster: a place in it, and no statement about who stands there.
    'cohort_pass.after_member_id',
  ]
  const missing = named.filter((name) => !isRead(name)).map(({ table, column }) => `${table}.${column}`)
  expect(named.length).toBeGreaterThan(20)
  expect(missing.toSorted()).toEqual(elsewhere.toSorted())
})

test('a document that breaks for a reason of ours is in the log; one that its reader breaks off is not', async () => {
  const error = vi.fn()
  const deps = { now: new Date(NOW.getTime() + 86_400_000), log: { error } }
  await (await exportOwnData(student.actor, {}, deps)).body.cancel()
  expect(error).not.toHaveBeenCalled()
  const { body } = await exportOwnData(student.actor, {}, deps)
  await world.db.$executeRawUnsafe('alter table consent rename to consent_away')
  try {
    await expect(new Response(body).text()).rejects.toThrow()
  } finally {
    await world.db.$executeRawUnsafe('alter table consent_away rename to consent')
  }
  expect(error.mock.calls).toEqual([
    ['own_data_export_broke', { personId: student.personId, error: expect.any(Error) }],
  ])
})
