import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createClaim } from '@/lib/claims/create-claim'
import { freezeClaimEvidence } from '@/lib/claims/freeze-evidence'
import { getClaim } from '@/lib/claims/get-claim'
import { giveUpEvidence } from '@/lib/claims/give-up-evidence'
import { giveUpLostEvidence } from '@/lib/claims/give-up-lost-evidence'
import { listFailedEvidence } from '@/lib/claims/list-failed-evidence'
import { retryEvidence } from '@/lib/claims/retry-evidence'
import { submitClaim } from '@/lib/claims/submit-claim'
import { withdrawClaim } from '@/lib/claims/withdraw-claim'
import type { StoredContribution } from '@/lib/db/contribution-facts'
import type { MemberActor, SystemActor } from '@/lib/domain/actor'
import { sha256Hex } from '@/lib/domain/canonical-json'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { isAppError } from '@/lib/domain/errors'
import { evidenceSchema, hashEvidence } from '@/lib/domain/evidence'
import { PlatformError } from '@/lib/platforms/platform-error'
import type { CollectedEvidence } from '@/lib/platforms/port'
import {
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestAccount,
  type TestContribution,
  type TestMember,
  type TestRepository,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

// Real transactions on a machine that does other things too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: TestWorld
let university: TestUniversity
let student: TestMember
let author: TestAccount
let repository: TestRepository
let system: SystemActor

beforeAll(async () => {
  world = await openTestWorld()
  university = await makeUniversity(world)
  repository = await makeRepository(world, { platform: 'gitee' })
  system = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: university.universityId }
}, 60_000)

afterAll(() => world?.close())

beforeEach(async () => {
  student = await makeMember(world, university)
  author = await makeLinkedAccount(world, student.personId, { platform: 'gitee' })
})

const PATCH = '@@ -1 +1,2 @@\n+one line\n'

/** What a platform would answer: 30 lines in one file, signed off with an address. */
async function collect({ fact }: StoredContribution): Promise<CollectedEvidence> {
  return {
    pullRequest: {
      ...fact,
      title: `${fact.title} (by wang@example.com)`,
      repository: {
        platformRepositoryId: fact.repository.platformRepositoryId,
        ownerPlatformUserId: fact.repository.ownerPlatformUserId,
        owner: repository.owner,
        name: repository.name,
        url: 'https://gitee.example/x',
        defaultBranch: 'main',
        isFork: false,
        isArchived: false,
        isPrivate: false,
        stars: 10,
        license: 'Apache-2.0',
        language: 'Python',
        topics: [],
      },
      nodeId: null,
      cherryPickedFrom: [],
      mentionedBy: [],
      revertedBy: [],
    },
    files: [
      {
        path: 'src/one.py',
        previousPath: null,
        status: 'modified',
        additions: 25,
        deletions: 5,
        patch: PATCH,
        patchSha256: sha256Hex(PATCH),
      },
    ],
    filesTruncated: false,
    commits: [
      {
        sha: 'a'.repeat(40),
        authorLogin: author.login,
        authorPlatformUserId: author.platformUserId,
        messageFirstLine: 'Fix it for li@example.com',
        coAuthors: [],
        committedAt: fact.createdAt.toISOString(),
      },
    ],
    commitsTruncated: false,
    reviews: [],
  }
}

const contribute = (over: Partial<Parameters<typeof makeContribution>[1]> = {}): Promise<TestContribution> =>
  makeContribution(world, { repository, author, additions: null, deletions: null, ...over })

type Claimant = { university: TestUniversity; student: TestMember }

const submitOver = (...contributions: TestContribution[]) => submitOf({ university, student }, contributions)

async function submitOf(
  who: Claimant,
  contributions: readonly TestContribution[],
): Promise<{ universityId: string; claimId: string }> {
  const contributionIds = contributions.map(({ contributionId }) => contributionId)
  const content = { termId: who.university.termId, contributionIds, aiUse: {}, aiUseNote: {}, statement: '' }
  const { claimId } = await createClaim(who.student.actor, content, { now: NOW })
  await submitClaim(who.student.actor, { claimId, version: 2 }, { now: NOW })
  return { universityId: who.university.universityId, claimId }
}

test('freezes, hashes, fills in sizes, calculates anew and puts the claim into review', async () => {
  const contributions = [await contribute(), await contribute()]
  const key = await submitOver(...contributions)
  const before = await getClaim(student.actor, key)
  // no sizes yet: 2 points each, 0.10 credits
  expect(before).toMatchObject({ state: 'submitted', creditHundredths: 20, evidenceState: 'collecting' })
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect })).toEqual({ status: 'complete' })
  const claim = await getClaim(student.actor, key)
  // 30 lines reach the first step: 3 points each
  expect(claim).toMatchObject({ state: 'in_review', evidenceState: 'complete', creditHundredths: 30 })
  expect(claim.items[0]).toMatchObject({ additions: 25, deletions: 5, counts: true, hundredths: 15, reasons: [] })
  expect(claim.items[0]?.evidence).toMatchObject({ files: 1, commits: 1 })
  const rows = await world.db.evidence.findMany({ where: { claimId: key.claimId }, include: { files: true } })
  for (const row of rows) {
    const document = evidenceSchema.parse(row.content)
    expect(hashEvidence(document)).toBe(row.contentSha256)
    expect(JSON.stringify(row)).not.toMatch(/@example\.com/)
    expect(row.files).toMatchObject([{ patch: PATCH, patchSha256: sha256Hex(PATCH) }])
  }
  const [first] = contributions
  const filled = await world.db.contribution.findUniqueOrThrow({ where: { id: first?.contributionId ?? '' } })
  expect(filled).toMatchObject({ additions: 25, deletions: 5, changedFiles: 1 })
  const told = await world.db.notification.findMany({ where: { memberId: student.memberId }, orderBy: { id: 'asc' } })
  expect(told.map(({ code }) => code)).toEqual(['claim_submitted', 'claim_evidence_complete'])
  // once more does nothing
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect })).toEqual({ status: 'left' })
})

test('a diff of AUTHORS is kept, and hashed, without the addresses in it', async () => {
  const key = await submitOver(await contribute())
  const patch = '@@ -1 +1,2 @@\n Wang Wei <wang@example.com>\n+Li Na <12+lina@users.noreply.github.com>\n'
  const authors = async (contribution: StoredContribution): Promise<CollectedEvidence> => {
    const collected = await collect(contribution)
    const change = { path: 'AUTHORS', patch, patchSha256: sha256Hex(patch) }
    return { ...collected, files: collected.files.map((file) => ({ ...file, ...change })) }
  }
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect: authors })).toEqual({ status: 'complete' })
  const row = await world.db.evidence.findFirstOrThrow({ where: { claimId: key.claimId }, include: { files: true } })
  const kept = '@@ -1 +1,2 @@\n Wang Wei <[address removed]>\n+Li Na <@lina>\n'
  expect(row.files).toMatchObject([{ path: 'AUTHORS', patch: kept, patchSha256: sha256Hex(kept) }])
  expect(evidenceSchema.parse(row.content).files).toMatchObject([{ patchSha256: sha256Hex(kept) }])
})

test('what the platform shows at freezing is judged: merged by oneself, taken back', async () => {
  const { exclusions } = DEFAULT_POLICY
  const policy = { ...DEFAULT_POLICY, exclusions: { ...exclusions, selfMerged: 'refuse' as const } }
  const strict = await makeUniversity(world, { policy })
  const claimant = await makeMember(world, strict)
  author = await makeLinkedAccount(world, claimant.personId, { platform: 'gitee' })
  const contributions = [await contribute({ title: 'Mine' }), await contribute({ title: 'Back' }), await contribute()]
  const key = await submitOf({ university: strict, student: claimant }, contributions)
  const anew = async (contribution: StoredContribution): Promise<CollectedEvidence> => {
    const collected = await collect(contribution)
    const { title } = contribution.fact
    const mergedBy = { platformUserId: author.platformUserId, login: author.login }
    const revertedBy = [{ number: 7, commitSha: null, mergedAt: NOW }]
    const change = title === 'Mine' ? { mergedBy } : title === 'Back' ? { revertedBy } : {}
    return { ...collected, pullRequest: { ...collected.pullRequest, ...change } }
  }
  expect(
    await freezeClaimEvidence({ ...system, universityId: strict.universityId }, key, { now: NOW, collect: anew }),
  ).toEqual({ status: 'complete' })
  const claim = await getClaim(claimant.actor, key)
  expect(claim.creditHundredths).toBe(15)
  for (const [title, code] of [
    ['Mine', 'self_merged'],
    ['Back', 'reverted'],
  ]) {
    const item = claim.items.find((one) => one.title === title)
    expect(item).toMatchObject({ counts: false, hundredths: 0, reasons: [{ code, blocks: true }] })
    expect(item?.warnings.map((warning) => warning.code)).toContain(code)
  }
  const rows = await world.db.evidence.findMany({ where: { claimId: key.claimId } })
  const states = rows.map(({ content }) => evidenceSchema.parse(content).merge.landing.state)
  expect(states.sort()).toEqual(['landed', 'landed', 'reverted'])
})

test('another pull request under the old name is not taken for the one that is claimed', async () => {
  const key = await submitOver(await contribute())
  const elsewhere = [{ number: 1 }, { authorPlatformUserId: '999' }, { repository: { platformRepositoryId: '999' } }]
  for (const { repository: other, ...change } of elsewhere.map((one) => ({ repository: {}, ...one }))) {
    const wrong = async (contribution: StoredContribution): Promise<CollectedEvidence> => {
      const { pullRequest, ...rest } = await collect(contribution)
      return {
        ...rest,
        pullRequest: { ...pullRequest, ...change, repository: { ...pullRequest.repository, ...other } },
      }
    }
    expect(await freezeClaimEvidence(system, key, { now: NOW, collect: wrong })).toMatchObject({ status: 'wait' })
  }
  expect(await world.db.evidence.count({ where: { claimId: key.claimId } })).toBe(0)
  expect(await getClaim(student.actor, key)).toMatchObject({
    state: 'submitted',
    evidenceState: 'collecting',
    evidenceFailure: 'not_found',
  })
})

test('evidence never changes, whoever asks', async () => {
  const key = await submitOver(await contribute())
  await freezeClaimEvidence(system, key, { now: NOW, collect })
  for (const url of [world.database.appUrl, world.database.ownerUrl]) {
    for (const sql of [
      `update evidence set content = '{}'`,
      'delete from evidence_file',
      'truncate evidence, evidence_file',
    ]) {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(`select set_config('app.university', $1, false)`, [key.universityId])
      await expect(client.query(sql)).rejects.toThrow(/append-only|permission denied/)
      await client.end()
    }
  }
})

test('a rule that only the evidence can judge takes the item out, and the student sees why', async () => {
  const key = await submitOver(await contribute(), await contribute({ title: 'Typo' }))
  const tiny = async (contribution: StoredContribution): Promise<CollectedEvidence> => {
    const collected = await collect(contribution)
    if (contribution.fact.title !== 'Typo') return collected
    return { ...collected, files: collected.files.map((file) => ({ ...file, additions: 1, deletions: 0 })) }
  }
  await freezeClaimEvidence(system, key, { now: NOW, collect: tiny })
  const claim = await getClaim(student.actor, key)
  expect(claim.creditHundredths).toBe(15)
  const typo = claim.items.find(({ title }) => title === 'Typo')
  expect(typo).toMatchObject({ counts: false, hundredths: 0 })
  expect(typo?.reasons.map(({ code }) => code)).toEqual(['trivial'])
})

test('a platform that fails keeps what is frozen, says when to come again, and tells the student once', async () => {
  const key = await submitOver(await contribute(), await contribute())
  let calls = 0
  const until = new Date(NOW.getTime() + 60_000)
  const limited = async (contribution: StoredContribution): Promise<CollectedEvidence> => {
    calls += 1
    if (calls > 1) throw new PlatformError({ platform: 'gitee', kind: 'rate_limited', until })
    return collect(contribution)
  }
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect: limited })).toEqual({ status: 'wait', until })
  expect(await world.db.evidence.count({ where: { claimId: key.claimId } })).toBe(1)
  expect(await getClaim(student.actor, key)).toMatchObject({
    state: 'submitted',
    evidenceState: 'collecting',
    evidenceFailure: 'rate_limited',
    evidenceRetryAt: until,
  })

  const gone = async (): Promise<CollectedEvidence> => {
    throw new PlatformError({ platform: 'gitee', kind: 'not_found' })
  }
  for (let round = 0; round < 3; round += 1) {
    expect(await freezeClaimEvidence(system, key, { now: NOW, collect: gone })).toMatchObject({ status: 'wait' })
  }
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect: gone })).toEqual({ status: 'failed' })
  expect(await getClaim(student.actor, key)).toMatchObject({
    state: 'submitted',
    evidenceState: 'failed',
    evidenceFailure: 'not_found',
    evidenceRetryAt: null,
  })
  expect(
    await world.db.notification.count({ where: { memberId: student.memberId, code: 'claim_evidence_failed' } }),
  ).toBe(1)
  // Given up is given up, until somebody asks.
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect })).toEqual({ status: 'left' })
  await retryEvidence(student.actor, key, { now: NOW })
  expect(await getClaim(student.actor, key)).toMatchObject({ evidenceState: 'collecting', evidenceFailure: null })
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect })).toEqual({ status: 'complete' })
  expect(await world.db.evidence.count({ where: { claimId: key.claimId } })).toBe(2)
})

test('trying again is for its student and the admins, and only for what was given up', async () => {
  const key = await submitOver(await contribute())
  const retry = (actor: MemberActor) =>
    retryEvidence(actor, key, { now: NOW }).then(
      () => 'done',
      (error) => (isAppError(error) ? error.code : String(error)),
    )
  expect(await retry(student.actor)).toBe('evidence_not_failed')
  const elsewhere = await makeUniversity(world)
  const others = [
    await makeMember(world, university),
    await makeMember(world, university, { roles: ['reviewer'] }),
    await makeMember(world, elsewhere, { roles: ['admin'] }),
  ]
  expect(await giveUpEvidence(system, { ...key, failure: 'internal' }, { now: NOW })).toBe(true)
  expect(await giveUpEvidence(system, { ...key, failure: 'internal' }, { now: NOW })).toBe(false)
  for (const { actor } of others) expect(await retry(actor)).toBe('claim_not_found')
  const admin = await makeMember(world, university, { roles: ['admin'] })
  const { claims } = await listFailedEvidence(admin.actor)
  expect(claims).toMatchObject([{ claimId: key.claimId, failure: 'internal', studentNumber: student.number }])
  await expect(listFailedEvidence(student.actor)).rejects.toMatchObject({ code: 'role_not_allowed' })
  expect(await retry(admin.actor)).toBe('done')
  expect(await retry(admin.actor)).toBe('evidence_not_failed')
  expect((await listFailedEvidence(admin.actor)).claims).toEqual([])
  const events = await world.db.auditEvent.findMany({ where: { subjectId: key.claimId }, orderBy: { id: 'asc' } })
  expect(events.map(({ action }) => action).slice(-2)).toEqual(['claim.evidence_failed', 'claim.evidence_retried'])
})

test('a claim whose job is gone does not wait for ever', async () => {
  const [lost, waiting] = [await submitOver(await contribute()), await submitOver(await contribute())]
  const later = { now: new Date(NOW.getTime() + 3 * 3_600_000) }
  const forget = `select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where key = $1))`
  await world.db.$queryRawUnsafe(`select 1 from (${forget}) gone`, `freeze-evidence:${lost.claimId}`)
  expect(await giveUpLostEvidence({ now: NOW })).toBe(0)
  await giveUpLostEvidence(later)
  expect(await getClaim(student.actor, lost)).toMatchObject({ evidenceState: 'failed', evidenceFailure: 'internal' })
  expect(await getClaim(student.actor, waiting)).toMatchObject({ evidenceState: 'collecting', evidenceFailure: null })
})

test('a claim that was withdrawn meanwhile is left alone, and nobody but the system freezes', async () => {
  const key = await submitOver(await contribute())
  await withdrawClaim(student.actor, { claimId: key.claimId, version: 3 }, { now: NOW })
  expect(await freezeClaimEvidence(system, key, { now: NOW, collect })).toEqual({ status: 'left' })
  const other: SystemActor = { ...system, name: 'SYSTEM_SYNC' }
  await expect(freezeClaimEvidence(other, key, { now: NOW, collect })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('two workers on one claim give one set of evidence', async () => {
  const key = await submitOver(await contribute(), await contribute())
  const outcomes = await Promise.allSettled([
    freezeClaimEvidence(system, key, { now: NOW, collect }),
    freezeClaimEvidence(system, key, { now: NOW, collect }),
  ])
  expect(outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value.status === 'complete')).toBe(true)
  expect(await world.db.evidence.count({ where: { claimId: key.claimId } })).toBe(2)
  expect(await getClaim(student.actor, key)).toMatchObject({ state: 'in_review' })
})
