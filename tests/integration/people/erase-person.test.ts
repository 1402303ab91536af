import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { seal } from '@/lib/config/sealing'
import { linkSealContext } from '@/lib/db/link-attempts'
import { syncTokenContext } from '@/lib/db/sync-runs'
import type { OperatorActor } from '@/lib/domain/actor'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { verifyLedger } from '@/lib/ledger/verify-ledger'
import { erasePerson } from '@/lib/people/erase-person'
import { previewRoster } from '@/lib/people/preview-roster'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { daysAgo, makeMember, makeUniversity, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { cli } from '@/tests/integration/cli/run-cli'
import { type ReportStage, readCsv, save, setReportStage } from '@/tests/integration/reports/stage'
import { setAppEnv } from '@/tests/setup/app-env'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: ReportStage
let operator: OperatorActor

beforeAll(async () => {
  // Nobody is there to be told that a token is over.
  const nowhere = 'http://127.0.0.1:9'
  setAppEnv({ GITHUB_URL: nowhere, GITHUB_API_URL: nowhere, GITEE_URL: nowhere })
  world = await openTestWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  stage = await setReportStage(world)
  operator = { kind: 'operator', name: 'ops', reason: '本人书面申请', universityId: stage.university.universityId }
})

const deps = { now: NOW }
const erase = () => erasePerson(operator, { number: stage.student.number }, deps)
const verify = () =>
  verifyLedger(stage.admin.actor, { universityId: stage.university.universityId }, { ...deps, linesAtOnce: 2 })

/** Words that nobody else has, wherever the product could have put them. */
async function furnish() {
  const { student, university, author, admin } = stage
  const { universityId } = university
  const { personId, memberId } = student
  const mark = randomUUID().slice(0, 8)
  const known = {
    number: student.number,
    name: `姓名${mark}`,
    email: `${mark}@campus.example`,
    subject: `subject-${student.number}`,
    programme: `专业${mark}`,
    className: `班级${mark}`,
    picture: `https://pictures.example/${mark}`,
    statement: `陈述${mark}`,
    note: `声明${mark}`,
    notice: `评语${mark}`,
    why: `推荐理由${mark}`,
  }
  const { name, email, programme, className } = known
  await world.db.member.updateMany({ where: { id: memberId }, data: { name, email, programme, className } })
  await world.db.linkedAccount.update({
    where: { id: author.accountId },
    data: { avatarUrl: known.picture, nodeId: `node-${mark}` },
  })
  const awarded = await stage.award(2)
  await stage.award(1)
  const open = await stage.claimOf(1)
  await world.db.claim.updateMany({ where: { memberId }, data: { statement: known.statement } })
  await world.db.claimItem.updateMany({ where: { universityId }, data: { aiUseNote: known.note } })
  await world.db.notification.create({
    data: { universityId, memberId, code: 'claim_rejected', data: { comment: known.notice } },
  })
  await world.db.catalogNomination.create({
    data: {
      ...{ universityId, id: randomUUID(), memberId, platform: 'github', owner: 'o', name: mark },
      ...{ ownerKey: 'o', nameKey: mark, why: known.why },
    },
  })
  await world.db.session.create({
    data: { tokenHash: randomUUID(), personId, universityId, memberId, createdAt: NOW, expiresAt: daysAgo(-1) },
  })
  await world.db.consent.create({ data: { personId, kind: 'linking', version: 1, grantedAt: daysAgo(60) } })
  const [runId, attemptId] = [randomUUID(), randomUUID()]
  await world.db.syncRun.create({
    data: {
      ...{ id: runId, accountId: author.accountId, personId, universityId, trigger: 'link', state: 'waiting' },
      tokenSealed: seal('sync token', syncTokenContext(runId)),
    },
  })
  await world.db.linkAttempt.create({
    data: {
      ...{ id: attemptId, stateHash: attemptId, personId, universityId, sessionId: randomUUID(), platform: 'gitee' },
      ...{ createdAt: NOW, expiresAt: daysAgo(-1), identity: { login: `seen-${mark}`, name } },
      tokenSealed: seal('link token', linkSealContext(attemptId, 'token')),
    },
  })
  // One preview with a good row of theirs, and an import with a bad one.
  const roster = (rows: string) => ({
    fileName: 'roster.csv',
    bytes: new TextEncoder().encode(`学号,姓名,学院,专业,邮箱\n${rows}\n`),
  })
  await previewRoster(admin.actor, roster(`${known.number},${name},计算机学院,新${programme},${email}`), deps)
  await world.db.rosterImport.create({
    data: {
      ...{ universityId, memberId: admin.memberId, fileName: 'f', fileSha256: 'h', state: 'applied', rows: [] },
      problems: [{ line: 2, cell: 'B2', column: 'name', code: 'too_long', value: name, other: null }],
      summary: {},
    },
  })
  return { known, awarded, openClaimId: open.claimId, mark }
}

/** Every table that has a text somewhere in its rows. */
async function tablesHolding(text: string): Promise<string[]> {
  const tables = await world.db.$queryRawUnsafe<{ name: string }[]>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
  )
  const holding: string[] = []
  for (const { name } of tables) {
    const rows = await world.db.$queryRawUnsafe<unknown[]>(
      `select 1 from "${name}" t where position($1 in to_jsonb(t)::text) > 0 limit 1`,
      text,
    )
    if (rows.length > 0) holding.push(name)
  }
  return holding
}

describe('who is erased', () => {
  test('is in no table any more but where public facts and the ledger stand, and the ledger holds as before', async () => {
    const { known, openClaimId, mark } = await furnish()
    for (const [what, text] of Object.entries(known)) expect([what, await tablesHolding(text)]).not.toEqual([what, []])
    const before = await verify()
    expect(before).toMatchObject({ ok: true, lines: 2 })
    const { report, tokens } = await erase()
    expect(report).toMatchObject({ entries: 2, withdrawnClaims: 1, accounts: 1, wholePerson: true })
    expect(tokens.map(({ platform }) => platform).sort()).toEqual(['gitee', 'github'])

    for (const [what, text] of Object.entries(known)) expect([what, await tablesHolding(text)]).toEqual([what, []])
    expect(await tablesHolding(`seen-${mark}`)).toEqual([])
    expect(await tablesHolding(`node-${mark}`)).toEqual([])
    // The account as its platform shows it to everybody: in the facts, and in what the ledger rests on.
    expect(await tablesHolding(stage.author.login)).toEqual(['contribution', 'evidence'])
    expect(await verify()).toEqual(before)

    const { universityId } = stage.university
    const { memberId, personId } = stage.student
    const { pseudonym } = report
    expect(pseudonym).toMatch(/^erased-[\da-f]{12}$/)
    const member = await world.db.member.findFirstOrThrow({ where: { id: memberId }, include: { roles: true } })
    expect(member).toMatchObject({ number: pseudonym, name: pseudonym, status: 'left', roles: [], erasedAt: NOW })
    const lines = await world.db.creditEntryStudent.findMany({ where: { universityId } })
    expect(lines).toMatchObject([
      { studentNumber: pseudonym, name: '', salt: '' },
      { studentNumber: pseudonym, name: '', salt: '' },
    ])
    expect(await world.db.session.count({ where: { personId } })).toBe(0)
    expect(await world.db.linkAttempt.count({ where: { personId } })).toBe(0)
    const [account] = await world.db.linkedAccount.findMany({ where: { personId } })
    expect(account).toMatchObject({ login: pseudonym, platformUserId: stage.author.platformUserId, unlinkedAt: NOW })
    expect(await world.db.syncRun.findMany({ where: { personId } })).toMatchObject([
      { state: 'failed', tokenSealed: null },
    ])
    expect(await world.db.consent.count({ where: { personId, withdrawnAt: null } })).toBe(0)
    expect(await world.db.claim.findFirstOrThrow({ where: { id: openClaimId } })).toMatchObject({ state: 'withdrawn' })
    expect(await world.db.liveWork.count({ where: { personId } })).toBe(3)
    const event = await world.db.auditEvent.findFirstOrThrow({ where: { universityId, action: 'member.erased' } })
    expect(event).toMatchObject({ actorName: 'ops', reason: '本人书面申请', subjectId: memberId })
    await expect(erase()).rejects.toMatchObject({ kind: 'not_found', code: 'member_not_found' })
  })

  test('stands under one pseudonym in reports, and their credit can still be put right', async () => {
    const { awarded } = await furnish()
    const { report } = await erase()
    const { text } = await save(stage.admin.actor, { format: 'csv', encoding: 'utf-8-bom', language: 'zh-CN' })
    const rows = readCsv(text.replace('\uFEFF', ''))
    expect(rows.slice(1).map((row) => row.includes(report.pseudonym))).toEqual([true, true])
    await revokeCredit(stage.admin.actor, { entryId: awarded, netHundredths: 50, reason: '撤销' }, deps)
    expect(await verify()).toMatchObject({ ok: true, lines: 3 })
    expect(await tablesHolding(stage.student.number)).toEqual([])
  })

  test('who endorsed or approved can be erased too, and what they decided still proves the line', async () => {
    await furnish()
    for (const { number } of [stage.professor, stage.admin]) {
      await erasePerson(operator, { number }, deps)
      expect(await tablesHolding(number)).toEqual([])
    }
    const { universityId } = stage.university
    const admin = await makeMember(world, stage.university, { roles: ['admin'] })
    expect(await verifyLedger(admin.actor, { universityId }, deps)).toMatchObject({ ok: true, lines: 2 })
  })

  test('a member elsewhere keeps accounts and consent until they are erased there too', async () => {
    await furnish()
    const { personId } = stage.student
    const away = await makeUniversity(world)
    const abroad = await makeMember(world, away, { personId })
    const { report, tokens } = await erase()
    expect([report.accounts, report.wholePerson, tokens]).toEqual([0, false, []])
    expect(await world.db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({ erasedAt: null })
    expect(await world.db.linkedAccount.count({ where: { personId, unlinkedAt: null } })).toBe(1)
    const there: OperatorActor = { ...operator, universityId: away.universityId }
    const second = await erasePerson(there, { number: abroad.number }, deps)
    expect(second.report).toMatchObject({ accounts: 1, wholePerson: true })
    expect(await world.db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({ erasedAt: NOW })
    expect(await verify()).toMatchObject({ ok: true, lines: 2 })
  })

  test('an approval at the same moment leaves no name behind, whoever is first', async () => {
    const { claimId } = await stage.endorsedClaimOf(1)
    const [approval, erasure] = await Promise.allSettled([
      decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, deps),
      erase(),
    ])
    expect(erasure.status).toBe('fulfilled')
    const lines = await world.db.creditEntryStudent.findMany({
      where: { universityId: stage.university.universityId },
    })
    expect(lines).toHaveLength(approval.status === 'fulfilled' ? 1 : 0)
    for (const { erasedAt } of lines) expect(erasedAt).not.toBeNull()
    expect(await tablesHolding(stage.student.number)).toEqual([])
  })
})

/** Waits until so many others wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    const rows = await world.db.$queryRaw<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`
    if ((rows[0]?.waiting ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`fewer than ${count} wait`)
}

test('a correction that has read who is credited ends first, so that its line is erased too', async () => {
  const entryId = await stage.award(1)
  const holder = new pg.Client({ connectionString: world.database.superuserUrl })
  await holder.connect()
  try {
    await holder.query('begin')
    await holder.query('select 1 from ledger_head where university_id = $1 for update', [stage.university.universityId])
    const correction = revokeCredit(stage.admin.actor, { entryId, netHundredths: 25, reason: '撤销' }, deps)
    await untilWaiting(1)
    const erasure = erase()
    await untilWaiting(2)
    await holder.query('commit')
    await correction
    expect((await erasure).report.entries).toBe(2)
  } finally {
    await holder.end()
  }
  expect(await tablesHolding(stage.student.number)).toEqual([])
  expect(await verify()).toMatchObject({ ok: true, lines: 2 })
})

describe('who erases', () => {
  test('is the operator with a reason; without --yes the command changes nothing', async () => {
    const { known } = await furnish()
    const silent: OperatorActor = { ...operator, reason: '' }
    await expect(erasePerson(silent, { number: known.number })).rejects.toMatchObject({
      code: 'break_glass_reason_required',
    })
    const place = ['--university', stage.university.slug, '--reason', '本人书面申请', '--operator', 'ops']
    const command = ['person', 'erase', ...place, '--number', known.number, '--json']
    const tried = await cli(command)
    expect(tried).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(tried.out)).toEqual({
      ...{ ok: true, erased: false },
      ...{ entries: 2, withdrawnClaims: 1, accounts: 1, wholePerson: true },
    })
    expect(await tablesHolding(known.name)).toContain('member')
    expect(
      await world.db.auditEvent.count({ where: { action: 'member.erased', subjectId: stage.student.memberId } }),
    ).toBe(0)

    const done = await cli([...command, '--yes'])
    expect(JSON.parse(done.out)).toMatchObject({ ok: true, erased: true, entries: 2 })
    expect(await tablesHolding(known.name)).toEqual([])
    expect(await tablesHolding(known.number)).toEqual([])
    const again = await cli([...command, '--yes'])
    expect([again.code, JSON.parse(again.err).error.code]).toEqual([1, 'member_not_found'])
  })
})
