import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { getClaim } from '@/lib/claims/get-claim'
import { warnClaims } from '@/lib/claims/warn-claims'
import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import type { SystemActor } from '@/lib/domain/actor'
import type { Platform } from '@/lib/domain/platform'
import { jobs } from '@/lib/queue/jobs'
import { pauseSync } from '@/lib/sync/pause-sync'
import { rereadEverywhere } from '@/lib/sync/reread-claimed'
import { rereadContributions } from '@/lib/sync/reread-contributions'
import { resumeSync } from '@/lib/sync/resume-sync'
import { seedCatalog } from '@/prisma/seed/catalog'
import type { PullRequest } from '@/sandbox/world/types'
import { makeClaim, makeMember } from '@/tests/factories'
import { keyOf, openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }
const WARNS: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }

let world: SyncWorld
let queue: pg.Client
let github: SyncAccount
let gitee: SyncAccount

beforeAll(async () => {
  world = await openSyncWorld()
  queue = new pg.Client({ connectionString: world.database.superuserUrl })
  await queue.connect()
  github = await world.link('github', LIN_YUE.github)
  gitee = await world.link('gitee', LIN_YUE.gitee, github.member)
  await world.sync(github)
  await world.sync(gitee)
  await connect()
})
afterAll(async () => {
  await queue.end()
  await world.close()
})
beforeEach(async () => {
  world.outside.sandbox.faults.clear()
  await queue.query('delete from graphile_worker._private_jobs')
})

async function connect(): Promise<void> {
  const { universityId } = world.university
  const answer = await fetch(`${world.outside.sandbox.origin}/_sandbox/github-app`)
  const handed: { appId: number; installations: { id: number }[]; privateKeyPem: string } = await answer.json()
  const settings = { appId: String(handed.appId), installationId: String(handed.installations[0]?.id) }
  const save = (kind: 'github_app' | 'gitee_token', of: object, secret: string) =>
    world.db.universityConnection.create({
      data: {
        universityId,
        kind,
        settings: of,
        secretSealed: seal(secret, connectionSealContext({ universityId, kind })),
      },
    })
  await save('github_app', settings, handed.privateKeyPem)
  await save('gitee_token', {}, 'sandbox-gitee-service-yunlu')
}

/** What the account landed on the branch that counts and nobody claimed yet. */
async function landed(account: SyncAccount): Promise<{ pull: PullRequest; row: { id: string; workId: string } }> {
  const rows = await world.stored(account)
  for (const pull of world.outside.pullRequestsOf(account.platform, Number(account.platformUserId))) {
    const row = rows.get(keyOf(pull))
    const isPlain = pull.traps.length === 0 && pull.state === 'merged' && !pull.revertedBy
    if (row?.landingState !== 'landed' || !isPlain) continue
    if ((await world.db.claimItem.count({ where: { contributionId: row.id } })) === 0) return { pull, row }
  }
  throw new Error('nothing landed')
}

async function claimOver(account: SyncAccount, state: 'in_review' | 'approved' = 'in_review') {
  const found = await landed(account)
  const contribution = { contributionId: found.row.id, workId: found.row.workId, number: found.pull.number, url: '' }
  const { claimId } = await makeClaim(world, {
    university: world.university,
    student: account.member,
    contributions: [contribution],
    state,
  })
  return { ...found, claimId }
}

const NIGHT_LATER = () => new Date(Date.now() + 21 * 3_600_000)

/** All pages of one platform's re-reading, as the worker does them. */
async function reread(platform: Platform, now = NIGHT_LATER()) {
  const outcomes = []
  await rereadEverywhere(SYNC)
  for (;;) {
    const { rows } = await queue.query(
      `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
        where t.id = j.task_id and t.identifier = 'reread-contributions' and j.payload->>'platform' = $1
       returning j.payload, j.run_at`,
      [platform],
    )
    if (rows.length === 0) return outcomes
    for (const { payload } of rows) {
      const input = jobs['reread-contributions'].parse(payload)
      const outcome = await rereadContributions(SYNC, input, { now, platforms: world.outside.platforms })
      outcomes.push(outcome)
      if (outcome.status === 'waits') return outcomes
    }
  }
}

const stateOf = async (id: string) => (await world.db.contribution.findUniqueOrThrow({ where: { id } })).landingState

async function codesOf(account: SyncAccount, claimId: string): Promise<string[]> {
  const claim = await getClaim(account.member.actor, { claimId })
  return claim.items[0]?.warnings.map(({ code }) => code) ?? []
}

test.each(['github', 'gitee'] as const)(
  '%s: a revert that moved no date is seen the next night, warns, and its own revert lifts the warning',
  async (platform) => {
    const account = platform === 'github' ? github : gitee
    const { pull, row, claimId } = await claimOver(account)
    const { world: outside } = world.outside.sandbox.context
    const at = new Date()
    const sha = `${platform === 'github' ? 'a' : 'b'}`.repeat(40)
    outside.changePullRequest(pull, { revertedBy: { sha, at, number: null }, updatedAt: pull.updatedAt })
    expect(await reread(platform)).toContainEqual(expect.objectContaining({ status: 'done' }))
    expect(await stateOf(row.id)).toBe('reverted')
    expect((await world.jobs('warn-claims')).map(({ payload }) => payload)).toContainEqual({
      contributionId: row.id,
      code: 'reverted',
    })
    expect(await warnClaims(WARNS, { contributionId: row.id, code: 'reverted' })).toBe(1)
    expect(await codesOf(account, claimId)).toContain('reverted')
    const undoneBy = { sha: `${platform === 'github' ? 'c' : 'd'}`.repeat(40), at: new Date(at.getTime() + 1000) }
    outside.changePullRequest(pull, { revertedBy: { sha, at, number: null, undoneBy }, updatedAt: pull.updatedAt })
    await reread(platform, new Date(Date.now() + 48 * 3_600_000))
    expect(await stateOf(row.id)).toBe('landed')
    expect(await warnClaims(WARNS, { contributionId: row.id, code: 'reverted' })).toBe(0)
    expect(await codesOf(account, claimId)).not.toContain('reverted')
  },
)

test('a hundred contributions of claims are one request at GitHub; what was read lately is not read again', async () => {
  const own = [...(await world.stored(github)).values()].filter(({ landingState }) => landingState === 'landed')
  const held = new Set((await world.db.liveWork.findMany()).map(({ workId }) => workId))
  const free = new Map(own.filter(({ workId }) => !held.has(workId)).map((row) => [row.workId, row]))
  const unclaimed = [...free.values()].map(({ id, workId, number }) => ({
    contributionId: id,
    workId,
    number,
    url: '',
  }))
  const { university } = world
  await makeClaim(world, { university, student: github.member, contributions: unclaimed, state: 'in_review' })
  await world.db.contribution.updateMany({ data: { refreshedAt: new Date() } })
  expect(await reread('github', new Date())).toEqual([{ read: 0, written: 0, status: 'done' }])
  const before = world.outside.sandbox.log.lastSequence
  const [outcome] = await reread('github')
  expect(outcome?.read).toBeGreaterThan(unclaimed.length - 1)
  const graphql = world.outside.sandbox.log.since(before).filter(({ path }) => path.endsWith('/graphql'))
  const stands = own.filter(({ landingProof }) => JSON.stringify(landingProof).includes('reverted_by')).length
  expect(graphql.length).toBeLessThanOrEqual(1 + 4 * (stands + 2))
  expect(graphql[0]?.costPoints).toBeLessThanOrEqual(4)
})

test('an approved claim is looked at once a week when its landing is long ago', async () => {
  const { row } = await claimOver(gitee, 'approved')
  const read = async (daysOn: number) => {
    await world.db.contribution.update({
      where: { id: row.id },
      data: { refreshedAt: new Date(), orderedAt: new Date(0) },
    })
    await reread('gitee', new Date(Date.now() + daysOn * 86_400_000))
    const { refreshedAt } = await world.db.contribution.findUniqueOrThrow({ where: { id: row.id } })
    return refreshedAt.getTime() > Date.now() + 3_600_000
  }
  expect(await read(2)).toBe(false)
  expect(await read(7)).toBe(true)
})

test('a limit puts the same page off to when the platform said, and without a credential nothing is asked', async () => {
  await world.db.contribution.updateMany({ data: { refreshedAt: new Date(0) } })
  world.outside.sandbox.faults.add({
    match: { path: '/github/api/graphql' },
    kind: 'rate_limit',
    times: 1,
    afterMatches: 0,
    retryAfterSeconds: 90,
  })
  expect((await reread('github')).at(-1)?.status).toBe('waits')
  const job = (await world.jobs('reread-contributions')).find(({ key }) => key?.includes(':github:'))
  expect(job?.run_at.getTime()).toBeGreaterThan(Date.now() + 20_000)
  await world.db.universityConnection.updateMany({ where: { kind: 'github_app' }, data: { secretSealed: null } })
  await queue.query('delete from graphile_worker._private_jobs')
  await rereadEverywhere(SYNC)
  expect((await world.jobs('reread-contributions')).map(({ key }) => key).join()).not.toContain(':github:')
  await world.db.universityConnection.deleteMany({})
  await connect()
})

test('a landing rule of the shared base that is put right is caught up with: what only a commit shows, too', async () => {
  const pull = world.outside.trapped('commit_trailer_landing', { authorId: LIN_YUE.github })
  const entry = { platform: 'github', ownerKey: 'facebookresearch', nameKey: 'faiss' }
  const row = (await world.stored(github)).get(keyOf(pull))
  expect(row?.landingState).toBe('landed')
  const where = { platform_ownerKey_nameKey: entry }
  const asItWas = await world.db.catalogEntry.findUniqueOrThrow({ where })
  await world.db.catalogEntry.update({ where, data: { landing: [{ rule: 'merged' }] } })
  await world.db.contribution.update({
    where: { id: row?.id ?? '' },
    data: { landingState: 'not_landed', landingRule: null, landedAt: null, landedCommitSha: null, landingProof: [] },
  })
  // An operator's word stays …
  await world.db.catalogEntry.update({ where, data: { version: 2 } })
  await seedCatalog(queue)
  expect(await world.jobs('reread-all')).toEqual([])
  // … and what nobody touched is put right by the next deployment, with a job for it.
  await world.db.catalogEntry.update({ where, data: { version: 1 } })
  await seedCatalog(queue)
  expect((await world.db.catalogEntry.findUniqueOrThrow({ where })).landing).toEqual(asItWas.landing)
  const [job, ...others] = await world.jobs('reread-all')
  expect(others).toEqual([])
  const { of } = jobs['reread-all'].parse(job?.payload)
  expect(await rereadEverywhere(SYNC, of)).toEqual({ requested: 1 })
  await meetPause()
  for (const { payload } of await world.jobs('reread-contributions')) {
    const input = jobs['reread-contributions'].parse(payload)
    expect(await rereadContributions(SYNC, input, { platforms: world.outside.platforms })).toMatchObject({
      status: 'done',
    })
  }
  expect((await world.stored(github)).get(keyOf(pull))).toMatchObject({
    landingState: 'landed',
    landingRule: 'commit_trailer',
    landedCommitSha: pull.landing?.sha,
  })
})

/** Nobody asks for it a second time: while the platform is paused the job comes back, as it was. */
async function meetPause(): Promise<void> {
  const admin = (await makeMember(world, world.university, { roles: ['admin'] })).actor
  await pauseSync(admin, { platform: 'github', reason: '期末核对名单' })
  const [job] = await world.jobs('reread-contributions')
  await queue.query('delete from graphile_worker._private_jobs')
  const input = jobs['reread-contributions'].parse(job?.payload)
  const before = world.outside.sandbox.log.lastSequence
  const outcome = await rereadContributions(SYNC, input, { platforms: world.outside.platforms })
  expect(outcome).toEqual({ read: 0, written: 0, status: 'paused' })
  expect(world.outside.sandbox.log.since(before)).toEqual([])
  const [held, ...others] = await world.jobs('reread-contributions')
  expect(others).toEqual([])
  expect(held?.payload).toEqual(job?.payload)
  expect(held?.run_at.getTime()).toBeGreaterThan(Date.now() + 60_000)
  // What every night asks for does not wait as well.
  const nightly = { ...input, of: { kind: 'claims' as const } }
  expect(await rereadContributions(SYNC, nightly, { platforms: world.outside.platforms })).toMatchObject({
    status: 'paused',
  })
  expect(await world.jobs('reread-contributions')).toHaveLength(1)
  await resumeSync(admin, { platform: 'github' })
}
