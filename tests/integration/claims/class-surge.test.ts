import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { getClaim } from '@/lib/claims/get-claim'
import { type Rewarned, rewarnClaims } from '@/lib/claims/rewarn-claims'
import { startReview } from '@/lib/claims/start-review'
import { withdrawClaim } from '@/lib/claims/withdraw-claim'
import type { SystemActor } from '@/lib/domain/actor'
import { DEFAULT_SURGE_LIMIT } from '@/lib/domain/surge'
import type { Warning } from '@/lib/domain/warnings'
import { getUniversitySettings } from '@/lib/people/get-university-settings'
import { setSurgeLimit } from '@/lib/people/set-surge-limit'
import { jobs } from '@/lib/queue/jobs'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { getClaimForReview } from '@/lib/reviews/get-claim-for-review'
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
  type TestRepository,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const SYSTEM: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }
/** A Wednesday. */
const OPENED = new Date('2026-10-14T03:00:00Z')

let world: TestWorld
let queue: pg.Client
let university: TestUniversity
let admin: TestMember

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  queue = new pg.Client({ connectionString: world.database.superuserUrl })
  await queue.connect()
  university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  await setSurgeLimit(admin.actor, { surgeLimit: 3, expectedSurgeLimit: DEFAULT_SURGE_LIMIT }, { now: NOW })
})
afterAll(async () => {
  await queue.end()
  await world.close()
})

type Sent = { at?: TestUniversity; count: number; openedAt?: Date; className?: string; kind?: string }

/** A claim, with its evidence, over some pull requests that a student opened in one repository. */
async function claimOf(repository: TestRepository, sent: Sent) {
  const { at = university, count, openedAt = OPENED, className = '2301', kind = 'pull_request' } = sent
  const student = await makeMember(world, at)
  await world.db.member.updateMany({ where: { id: student.memberId }, data: { className } })
  const author = await makeLinkedAccount(world, student.personId)
  const contributions = []
  for (let at = 0; at < count; at += 1) {
    const contribution = await makeContribution(world, { repository, author })
    const ref = kind === 'commit' || kind === 'review' ? contribution.contributionId : ''
    await world.db.contribution.update({
      where: { id: contribution.contributionId },
      data: { createdAt: openedAt, kind, ref },
    })
    contributions.push(contribution)
  }
  const options = { university: at, student, contributions, state: 'submitted', evidence: true } as const
  const { claimId } = await makeClaim(world, options)
  const key = { universityId: at.universityId, claimId }
  expect(await startReview(SYSTEM, key, { now: NOW })).toEqual({ status: 'complete' })
  const surgesIn = (items: readonly { warnings: readonly Warning[] }[]) =>
    items.flatMap(({ warnings }) => warnings.filter(({ code }) => code === 'class_surge').map(({ proof }) => proof))
  return {
    claimId,
    student,
    /** As the student reads their claim, and as the admin does. */
    surges: async () => surgesIn((await getClaim(student.actor, { claimId })).items),
    surgesForAdmin: async () => surgesIn((await getClaimForReview(admin.actor, claimId)).items),
  }
}

/** Does the jobs that look at claims again. */
async function lookAgain(): Promise<Rewarned[]> {
  const { rows } = await queue.query(`
    with gone as (delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
                   where t.id = j.task_id and t.identifier = 'rewarn-claims' returning j.payload)
    select payload from gone`)
  const done: Rewarned[] = []
  for (const { payload } of rows) {
    done.push(await rewarnClaims(SYSTEM, jobs['rewarn-claims'].parse(payload), { now: NOW }))
  }
  return done
}

test('more than the limit of one class in one repository and week warns every claim of them, with the figures', async () => {
  const repository = await makeRepository(world)
  const first = await claimOf(repository, { count: 2 })
  expect(await first.surges()).toEqual([])
  const second = await claimOf(repository, { count: 2 })
  const figures = { items: 4, students: 2, limit: 3, week: '2026-10-12' }
  expect(await second.surges()).toEqual([expect.objectContaining(figures), expect.objectContaining(figures)])
  // The one that was there first is looked at again, and its student reads the same, and so does the admin.
  await lookAgain()
  expect(await first.surges()).toHaveLength(2)
  expect(await first.surgesForAdmin()).toEqual(await first.surges())
  // It stands on their page; what classmates did is no news to be woken for.
  expect(await world.db.notification.count({ where: { memberId: first.student.memberId, code: 'claim_warned' } })).toBe(
    0,
  )
  // It is a warning: nothing is refused, and no figure moves.
  const claim = await world.db.claim.findFirstOrThrow({ where: { id: second.claimId } })
  expect(claim).toMatchObject({ state: 'in_review', warningCount: expect.any(Number) })
  expect(claim.creditHundredths).toBeGreaterThan(0)
})

test('exactly the limit, another week, another class, another repository, another university: none of them is one', async () => {
  const repository = await makeRepository(world)
  const full = await claimOf(repository, { count: 3 })
  const nextWeek = new Date(OPENED.getTime() + 7 * 86_400_000)
  const others = [
    await claimOf(repository, { count: 1, openedAt: nextWeek }),
    await claimOf(repository, { count: 1, className: '2302' }),
    await claimOf(await makeRepository(world), { count: 1 }),
    await claimOf(repository, { count: 1, at: await makeUniversity(world) }),
  ]
  await lookAgain()
  for (const one of [full, ...others]) expect(await one.surges()).toEqual([])
})

test('pull requests and commits are counted; a review, a model or a dataset is none of them', async () => {
  const repository = await makeRepository(world)
  const full = await claimOf(repository, { count: 3 })
  const others = [
    await claimOf(repository, { count: 1, kind: 'review' }),
    await claimOf(repository, { count: 1, kind: 'model' }),
  ]
  for (const one of [full, ...others]) expect(await one.surges()).toEqual([])
  const commit = await claimOf(repository, { count: 1, kind: 'commit' })
  expect(await commit.surges()).toEqual([expect.objectContaining({ items: 4, students: 2 })])
})

test('whom the roster puts into no class is in no surge, however large the programme', async () => {
  const repository = await makeRepository(world)
  const claims = [
    await claimOf(repository, { count: 2, className: '' }),
    await claimOf(repository, { count: 3, className: '' }),
  ]
  await lookAgain()
  for (const one of claims) expect(await one.surges()).toEqual([])
})

test('many claims of one surge queue one job for the week, which looks at the claims of that week alone', async () => {
  const repository = await makeRepository(world)
  const nextWeek = new Date(OPENED.getTime() + 7 * 86_400_000)
  await lookAgain()
  await claimOf(repository, { count: 1, openedAt: nextWeek })
  for (let index = 0; index < 4; index += 1) await claimOf(repository, { count: 2 })
  expect(await lookAgain()).toEqual([{ claims: 4, warned: expect.any(Number), isLastPage: true }])
})

describe('the warning is gone from the others when too many are too many no more', () => {
  async function surge() {
    const repository = await makeRepository(world)
    const [first, second] = [await claimOf(repository, { count: 2 }), await claimOf(repository, { count: 2 })]
    await lookAgain()
    expect(await first.surges()).toHaveLength(2)
    const { version } = await world.db.claim.findFirstOrThrow({ where: { id: second.claimId } })
    return { first, second, version }
  }

  test('a claim is withdrawn', async () => {
    const { first, second, version } = await surge()
    await withdrawClaim(second.student.actor, { claimId: second.claimId, version }, { now: NOW })
    expect(await lookAgain()).toMatchObject([{ claims: 1 }])
    expect(await first.surges()).toEqual([])
  })

  test('a claim is rejected', async () => {
    const { first, second, version } = await surge()
    const professor = await makeMember(world, university, {
      roles: ['reviewer'],
      reviewDepartmentIds: [university.departmentId],
    })
    const decision = {
      claimId: second.claimId,
      version,
      action: 'reject',
      reasonCode: 'other',
      comment: '不予认定',
    } as const
    await decideClaim(professor.actor, decision, { now: NOW })
    expect(await lookAgain()).toMatchObject([{ claims: 1 }])
    expect(await first.surges()).toEqual([])
  })
})

test('a claim that was withdrawn counts no more', async () => {
  const repository = await makeRepository(world)
  const first = await claimOf(repository, { count: 2 })
  await world.db.claim.updateMany({ where: { id: first.claimId }, data: { state: 'withdrawn' } })
  const second = await claimOf(repository, { count: 2 })
  expect(await second.surges()).toEqual([])
})

test('the limit is the university’s own: an admin sets it, the audit has it, and two at once do not overwrite each other', async () => {
  expect((await getUniversitySettings(admin.actor)).surgeLimit).toBe(3)
  await expect(
    setSurgeLimit(admin.actor, { surgeLimit: 5, expectedSurgeLimit: DEFAULT_SURGE_LIMIT }, { now: NOW }),
  ).rejects.toMatchObject({ code: 'settings_changed' })
  const student = await makeMember(world, university)
  await expect(
    setSurgeLimit(student.actor, { surgeLimit: 5, expectedSurgeLimit: 3 }, { now: NOW }),
  ).rejects.toMatchObject({ kind: 'forbidden' })
  const other = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  expect((await getUniversitySettings(other.actor)).surgeLimit).toBe(DEFAULT_SURGE_LIMIT)
  const events = await world.db.auditEvent.findMany({ where: { action: 'university.settings_changed' } })
  expect(events.map(({ data }) => data)).toEqual([{ changed: { surgeLimit: { from: DEFAULT_SURGE_LIMIT, to: 3 } } }])
})

test('a class is found by an index', async () => {
  const plan = await world.db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('set local enable_seqscan = off')
    return JSON.stringify(
      await tx.$queryRawUnsafe(
        `explain select id from member where university_id = '${university.universityId}' and class_name = '2301' and programme = '软件工程'`,
      ),
    )
  })
  expect(plan).toContain('member_of_class')
})
