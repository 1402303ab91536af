import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { holdTerm } from '@/lib/db/terms'
import type { MemberActor } from '@/lib/domain/actor'
import { closeTerm } from '@/lib/people/close-term'
import { createTerm } from '@/lib/people/create-term'
import { editTerm } from '@/lib/people/edit-term'
import { getOverview } from '@/lib/people/get-overview'
import { getTerm } from '@/lib/people/get-term'
import { getUniversitySettings } from '@/lib/people/get-university-settings'
import { listTerms } from '@/lib/people/list-terms'
import { renameUniversity } from '@/lib/people/rename-university'
import { reopenTerm } from '@/lib/people/reopen-term'
import { createTermInput } from '@/lib/people/schema'
import {
  daysAgo,
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
import { setAppEnv } from '@/tests/setup/app-env'

let world: TestWorld
let university: TestUniversity
let admin: TestMember
const deps = { now: NOW }
const wish = {
  code: '2026-2027-2',
  nameZh: '第二学期',
  nameEn: 'Spring',
  firstDay: '2027-02-01',
  lastDay: '2027-08-31',
}

beforeAll(async () => {
  world = await openTestWorld()
  setAppEnv()
}, 60_000)
beforeEach(async () => {
  university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
})
afterAll(() => world?.close())

const seen = async (termId: string) => {
  const { term } = await getTerm(admin.actor, termId, deps)
  return { termId, expected: term.fingerprint, term }
}
const edit = async (termId: string, change: Partial<typeof wish>) => {
  const { expected, term } = await seen(termId)
  const { code, nameZh, nameEn, firstDay, lastDay } = term
  return editTerm(admin.actor, { termId, expected, code, nameZh, nameEn, firstDay, lastDay, ...change }, deps)
}
const entryOf = (claimId: string) => ({
  ...{ universityId: university.universityId, sequence: 1, id: crypto.randomUUID(), kind: 'award', claimId },
  ...{ memberId: admin.memberId, termId: university.termId, creditHundredths: 0 },
  ...{ policyVersionId: university.policyVersionId, engineVersion: 1, calculationHash: 'x', studentDigest: 'x' },
  ...{ approvedByMemberId: admin.memberId, issuedAt: NOW, previousHash: `x${university.universityId}`, hash: 'y' },
})
const actionsOf = async (subjectId: string) =>
  (await world.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ action }) => action)

describe('a term', () => {
  test('is days of the university, half-open, and shown as they were written', async () => {
    const { termId } = await createTerm(admin.actor, wish, deps)
    const stored = await world.db.term.findFirstOrThrow({ where: { id: termId } })
    expect(stored.startsAt.toISOString()).toBe('2027-01-31T16:00:00.000Z')
    expect(stored.endsAt.toISOString()).toBe('2027-08-31T16:00:00.000Z')
    const { terms } = await listTerms(admin.actor, deps)
    expect(terms.map(({ code }) => code)).toEqual(['2026-2027-2', '2026-2027-1', '2025-2026-2'])
    expect(terms[0]).toMatchObject({ firstDay: '2027-02-01', lastDay: '2027-08-31', isCurrent: false, isOver: false })
    expect(terms[1]).toMatchObject({ isCurrent: true })
    expect(terms[2]).toMatchObject({ isOver: true })
    expect(await actionsOf(termId)).toEqual(['term.created'])
  })

  test.each([
    ['term_overlaps', { firstDay: '2027-01-31' }],
    ['term_overlaps', { firstDay: '2025-01-01', lastDay: '2028-01-01' }],
    ['term_code_taken', { code: '2026-2027-1' }],
    ['days_wrong_way_round', { lastDay: '2027-01-01' }],
    ['days_wrong_way_round', { lastDay: '2027-02-30' }],
  ])('is refused: %s', async (code, change) => {
    await expect(createTerm(admin.actor, { ...wish, ...change }, deps)).rejects.toMatchObject({ code })
    expect(await world.db.term.count({ where: { universityId: university.universityId } })).toBe(2)
  })

  test('of two that overlap and are written at once, one is kept', async () => {
    const other = { ...wish, code: 'other', firstDay: '2027-08-31', lastDay: '2027-12-31' }
    const outcomes = await Promise.allSettled([
      createTerm(admin.actor, wish, deps),
      createTerm(admin.actor, other, deps),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('takes other days, until a line of the ledger was calculated by them', async () => {
    const { termId } = university
    await edit(termId, { lastDay: '2027-01-30' })
    await expect(edit(termId, { firstDay: '2026-08-31' })).rejects.toMatchObject({ code: 'term_overlaps' })
    await world.db.creditEntry.create({ data: entryOf((await claimOf('approved')).claimId) })
    await expect(edit(termId, { lastDay: '2027-01-29' })).rejects.toMatchObject({ code: 'term_has_credit' })
    await edit(termId, { nameEn: 'Fall' })
    expect(await actionsOf(termId)).toEqual(['term.changed', 'term.changed'])
  })

  test('keeps its days when an approval that calculates by them is under way', async () => {
    const { termId, universityId } = university
    const { claimId } = await claimOf('approved')
    const { editing } = await world.db.$transaction(async (tx) => {
      await holdTerm(tx, { universityId, termId })
      const editing = edit(termId, { lastDay: '2027-01-29' }).catch((error: unknown) => error)
      await vi.waitUntil(async () => {
        const [row] = await world.db.$queryRaw<{ waiting: number }[]>`
          select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        return row?.waiting === 1
      })
      await tx.creditEntry.create({ data: entryOf(claimId) })
      return { editing }
    })
    expect(await editing).toMatchObject({ code: 'term_has_credit' })
  })

  test('that somebody changed meanwhile is a conflict', async () => {
    const { term, ...read } = await seen(university.termId)
    await edit(university.termId, { nameEn: 'Fall' })
    const { code, nameZh, nameEn, firstDay, lastDay } = term
    const late = editTerm(admin.actor, { ...read, code, nameZh, nameEn, firstDay, lastDay }, deps)
    await expect(late).rejects.toMatchObject({ code: 'term_changed' })
    await expect(closeTerm(admin.actor, read, deps)).rejects.toMatchObject({ code: 'term_changed' })
  })

  test('is closed and opened again, until it is filed', async () => {
    const { termId, universityId } = university
    const close = async () => closeTerm(admin.actor, await seen(termId), deps)
    const reopen = async () => reopenTerm(admin.actor, await seen(termId), deps)
    await expect(reopen()).rejects.toMatchObject({ code: 'term_is_open' })
    await close()
    await expect(close()).rejects.toMatchObject({ code: 'term_is_closed' })
    await expect(edit(termId, { nameEn: 'x' })).rejects.toMatchObject({ code: 'term_is_closed' })
    await reopen()
    await close()
    await world.db.filing.create({
      data: {
        ...{ universityId, termId, ordinal: 1, entryCount: 0, totalHundredths: 0, lastSequence: 0 },
        ...{
          universityNameZh: '云麓大学',
          universityNameEn: 'Yunlu University',
          entriesSha256: '',
          signedHead: '',
          columns: [],
          createdByMemberId: admin.memberId,
          createdAt: NOW,
        },
      },
    })
    await expect(reopen()).rejects.toMatchObject({ code: 'term_is_filed' })
    expect(await actionsOf(termId)).toEqual(['term.closed', 'term.reopened', 'term.closed'])
  })

  test('reads its code and days strictly', () => {
    for (const bad of [{ code: '' }, { code: 'a b' }, { firstDay: '2027-2-1' }, { nameZh: ' ' }]) {
      expect(createTermInput.safeParse({ ...wish, ...bad }).success).toBe(false)
    }
  })
})

async function claimOf(state: 'in_review' | 'endorsed' | 'approved', options: { departmentId?: string } = {}) {
  const student = await makeMember(world, university, options)
  const author = await makeLinkedAccount(world, student.personId)
  const repository = await makeRepository(world, {})
  const contributions = [await makeContribution(world, { repository, author })]
  const claim = await makeClaim(world, { university, student, contributions })
  await world.db.claim.updateMany({ where: { id: claim.claimId }, data: { state, queuedAt: daysAgo(10), ...options } })
  return { ...claim, student, author }
}

const gone = { source: 'repository:ascend/moved-away', failureKind: 'not_found' }

describe('the overview', () => {
  test('says what waits for whom and how long, and names what is missing', async () => {
    await makeMember(world, university, { roles: ['reviewer'] })
    await claimOf('endorsed')
    await claimOf('in_review')
    const { author, student } = await claimOf('in_review', { departmentId: university.otherDepartmentId })
    await world.db.syncSource.create({
      data: { accountId: author.accountId, source: 'x', personId: student.personId, failureKind: 'rate_limited' },
    })
    // A catalogued repository that is gone from its platform is not the account's failure.
    await world.db.syncSource.create({
      data: { ...gone, accountId: author.accountId, personId: student.personId },
    })
    const overview = await getOverview(admin.actor, deps)
    expect(overview.approvals).toEqual({ count: 1, late: 0, oldestAt: daysAgo(10) })
    expect(overview.backlog).toMatchObject([
      { departmentName: '人工智能学院', count: 1, old: 1, older: 0, reviewers: 0 },
      { departmentName: '计算机学院', count: 1, reviewers: 1 },
    ])
    expect(overview.syncFailures).toEqual([{ failureKind: 'rate_limited', accounts: 1 }])
    expect(overview.ledger).toMatchObject({ entries: 0, unfiled: 0, lastFiling: null })
    expect(overview.tasks.map(({ code }) => code)).toEqual(['approve', 'department_without_reviewer', 'close_term'])
  })

  test('leads a new university through its set-up', async () => {
    const { universityId } = university
    await world.db.term.deleteMany({ where: { universityId } })
    const { tasks } = await getOverview(admin.actor, deps)
    expect(tasks.map(({ code }) => code)).toEqual(['import_roster', 'create_term'])
  })
})

describe('the settings', () => {
  test('show how the university is reached, never a secret', async () => {
    await world.db.universityConnection.createMany({
      data: [
        {
          universityId: university.universityId,
          kind: 'oidc',
          settings: { issuer: 'https://sso.example.edu', clientId: 'yuanfen' },
          secretSealed: 'sealed-secret',
        },
        { universityId: university.universityId, kind: 'github_app', settings: {}, secretSealed: null },
      ],
    })
    const settings = await getUniversitySettings(admin.actor)
    expect(settings).toMatchObject({
      signIn: { issuer: 'https://sso.example.edu', clientId: 'yuanfen', isWhole: true },
      github: { isWhole: false },
      tokens: [
        { platform: 'gitee', connection: null },
        { platform: 'gitcode', connection: null },
        { platform: 'huggingface', connection: null },
      ],
    })
    expect(JSON.stringify(settings)).not.toContain('sealed-secret')
  })

  test('take new names, once for who saw the old ones', async () => {
    const { fingerprint } = await getUniversitySettings(admin.actor)
    const names = { nameZh: '新名大学', nameEn: 'New Name', expected: fingerprint }
    await renameUniversity(admin.actor, names, deps)
    await expect(renameUniversity(admin.actor, names, deps)).rejects.toMatchObject({ code: 'settings_changed' })
    expect((await getUniversitySettings(admin.actor)).university.nameZh).toBe('新名大学')
    expect(await actionsOf(university.universityId)).toEqual(['university.settings_changed'])
  })
})

test('students, reviewers and other universities are kept out', async () => {
  const { termId, expected, term } = await seen(university.termId)
  const { code, nameZh, nameEn, firstDay, lastDay } = term
  const { fingerprint } = await getUniversitySettings(admin.actor)
  const onTerm = (actor: MemberActor) => [
    getTerm(actor, termId, deps),
    editTerm(actor, { termId, expected, code, nameZh, nameEn, firstDay, lastDay }, deps),
    closeTerm(actor, { termId, expected }, deps),
    reopenTerm(actor, { termId, expected }, deps),
  ]
  for (const role of ['student', 'reviewer'] as const) {
    const { actor } = await makeMember(world, university, { roles: [role] })
    const names = { nameZh: '甲', nameEn: 'A', expected: fingerprint }
    const tries = [
      ...onTerm(actor),
      listTerms(actor, deps),
      createTerm(actor, wish, deps),
      getOverview(actor, deps),
      getUniversitySettings(actor),
      renameUniversity(actor, names, deps),
    ]
    for (const attempt of await Promise.allSettled(tries)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { kind: 'forbidden' } })
    }
  }
  const { actor } = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  for (const attempt of await Promise.allSettled(onTerm(actor))) {
    expect(attempt).toMatchObject({ status: 'rejected', reason: { kind: 'not_found' } })
  }
})
