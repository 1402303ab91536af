import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refreshAccount } from '@/lib/accounts/refresh-account'
import type { MemberActor, OperatorActor } from '@/lib/domain/actor'
import { byPlatform } from '@/lib/domain/platform'
import type { PlatformPort } from '@/lib/platforms/port'
import type { Platforms } from '@/lib/platforms/registry'
import { completeContributions } from '@/lib/sync/complete-contributions'
import { getSyncHealth } from '@/lib/sync/get-sync-health'
import { getSyncStatus } from '@/lib/sync/get-sync-status'
import { pauseSync } from '@/lib/sync/pause-sync'
import { resumeSync } from '@/lib/sync/resume-sync'
import { syncUniversityAccounts } from '@/lib/sync/sync-all-accounts'
import { syncCohort } from '@/lib/sync/sync-cohort'
import { syncRepositories } from '@/lib/sync/sync-repositories'
import { makeMember, makeUniversity } from '@/tests/factories'
import { connectApp, connectGitee } from './connect'
import { keyOf, openSyncWorld, SYNC, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }
const REASON = '期末核对名单，下周一继续'

let world: SyncWorld
let admin: MemberActor
let port = 0
beforeEach(async () => {
  world = await openSyncWorld({ port })
  port = Number(new URL(world.outside.sandbox.origin).port)
  admin = (await makeMember(world, world.university, { roles: ['admin'] })).actor
})
afterEach(() => world.close())

const universityId = () => world.university.universityId
const pause = (platform: 'github' | 'gitee') => pauseSync(admin, { platform, reason: REASON })
const clearJobs = () => world.db.$executeRaw`delete from graphile_worker._private_jobs`
const truthOf = (accountNumber: number) => world.outside.pullRequestsOf('github', accountNumber).map(keyOf).sort()

/** Every page, and what happens when one was asked for so many times. */
function afterPages(pages: number, work: () => Promise<unknown>): Platforms {
  let asked = 0
  const count = async <T>(answer: Promise<T>): Promise<T> => {
    const found = await answer
    asked += 1
    if (asked === pages) await work()
    return found
  }
  const around = (one: PlatformPort): PlatformPort => {
    const basics = {
      ...one,
      listAuthorPullRequests: (request: Parameters<PlatformPort['listAuthorPullRequests']>[0]) =>
        count(one.listAuthorPullRequests(request)),
    }
    if (one.sync === 'by_repository') {
      return {
        ...basics,
        sync: 'by_repository',
        listRepositoryPullRequests: (request) => count(one.listRepositoryPullRequests(request)),
      }
    }
    if (one.sync !== 'by_cohort') return basics
    return { ...one, ...basics, sync: 'by_cohort', scanCohort: (input) => count(one.scanCohort(input)) }
  }
  return byPlatform((platform) => around(world.outside.platforms[platform]))
}

describe('a paused platform', () => {
  test('is left out by the night, and only it is', async () => {
    await connectApp(world)
    await connectGitee(world)
    await pause('github')
    const night = { universityId: universityId(), afterMemberId: null, trigger: 'nightly' as const }
    await syncUniversityAccounts(SYNC, night)
    expect(await world.jobs('sync-cohort')).toEqual([])
    const repositories = await world.jobs('sync-repositories')
    expect(repositories.map(({ payload }) => payload)).toContainEqual(expect.objectContaining({ platform: 'gitee' }))
    // One that was queued before the pause finds it.
    const before = world.outside.sandbox.log.lastSequence
    const input = { universityId: universityId(), platform: 'github' as const }
    expect(await syncCohort(SYNC, input, { platforms: world.outside.platforms })).toBe('paused')
    expect(world.outside.sandbox.log.since(before)).toEqual([])
    expect(await world.db.cohortPass.count()).toBe(0)
  })

  test('is told to the student with the reason, and a refresh is refused rather than queued', async () => {
    await connectApp(world)
    const account = await world.link('github', LIN_YUE.github)
    await pause('github')
    const status = await getSyncStatus(account.member.actor, { accountId: account.accountId })
    expect(status.pause).toMatchObject({ reason: REASON, byOperator: false })
    const asked = { accountId: account.accountId, sessionId: randomUUID() }
    await expect(refreshAccount(account.member.actor, asked)).rejects.toMatchObject({ code: 'sync_paused' })
    expect(await world.jobs('sync-account')).toEqual([])
    // A student of another university has nothing to do with it.
    const elsewhere = await makeMember(world, await makeUniversity(world))
    const other = await world.link('github', 71204502, elsewhere)
    expect((await getSyncStatus(elsewhere.actor, { accountId: other.accountId })).pause).toBeNull()
  })

  test('stops a sync at its next page, which keeps what it read and holds no token; going on finds the rest', async () => {
    await connectApp(world)
    const account = await world.link('github', LIN_YUE.github)
    const runId = await world.request(account)
    const platforms = afterPages(1, () => pause('github'))
    const small = byPlatform((platform) => shortPages(platforms[platform]))
    expect(await world.run(account, runId, { platforms: small })).toBe('paused')
    const paused = await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
    expect(paused).toMatchObject({ state: 'waiting', failureKind: null, tokenSealed: null })
    const kept = (await world.stored(account)).size
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(truthOf(LIN_YUE.github).length)
    expect((await world.db.syncSource.findFirstOrThrow()).watermarkAt).toBeNull()
    // Should it be woken while the pause lasts, it asks for nothing.
    const before = world.outside.sandbox.log.lastSequence
    expect(await world.run(account, runId)).toBe('paused')
    expect(world.outside.sandbox.log.since(before)).toEqual([])

    await clearJobs()
    expect(await resumeSync(admin, { platform: 'github' })).toEqual({ accounts: 1 })
    const [job] = await world.jobs('sync-account')
    expect(job?.payload).toMatchObject({ runId })
    expect(job?.run_at.getTime()).toBeLessThanOrEqual(Date.now())
    expect(await world.run(account, runId, { platforms: small })).toBe('done')
    expect([...(await world.stored(account)).keys()].sort()).toEqual(truthOf(LIN_YUE.github))
  })

  test('that took the token of a sync which only it could go on with: it ends as “ask again”, and its owner is told', async () => {
    const account = await world.link('gitee', LIN_YUE.gitee)
    const runId = await world.request(account)
    await pause('gitee')
    const asked = { accountId: account.accountId, sessionId: randomUUID() }
    await expect(refreshAccount(account.member.actor, asked)).rejects.toMatchObject({ code: 'sync_paused_sign_in' })
    expect(await world.run(account, runId)).toBe('paused')
    await resumeSync(admin, { platform: 'gitee' })
    expect(await world.run(account, runId)).toBe('failed')
    const run = await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
    expect(run).toMatchObject({ state: 'failed', failureKind: 'ask_again' })
    expect((await getSyncStatus(account.member.actor, asked)).latestRun?.failureKind).toBe('ask_again')
    const told = await world.db.notification.findFirstOrThrow({ where: { memberId: account.member.memberId } })
    expect(told).toMatchObject({ code: 'sync_needs_you', data: { failureKind: 'ask_again' } })
    const { platforms } = await getSyncHealth(admin)
    expect(platforms.find(({ platform }) => platform === 'gitee')?.failures).toMatchObject([
      { failureKind: 'ask_again', accounts: 1 },
    ])
  })

  test('stops a night over many accounts at its next page, and going on queues it again', async () => {
    await connectApp(world)
    const accounts = world.outside.sandbox.context.world
      .listAccounts('github', { limit: 1000 })
      .filter(({ kind, deletedAs, isPrivate }) => kind === 'User' && !deletedAs && !isPrivate)
      .slice(0, 12)
    for (const { id } of accounts) await world.link('github', id)
    const input = { universityId: universityId(), platform: 'github' as const }
    const platforms = afterPages(2, () => pause('github'))
    expect(await syncCohort(SYNC, input, { platforms, stretch: 5 })).toBe('paused')
    const pass = await world.db.cohortPass.findFirstOrThrow()
    expect(pass.state).toBe('running')
    expect(pass.accounts).toBeLessThan(12)
    expect(await world.db.linkedAccount.count({ where: { syncedAt: { not: null } } })).toBe(pass.accounts)
    await clearJobs()
    await resumeSync(admin, { platform: 'github' })
    expect((await world.jobs('sync-cohort')).map(({ payload }) => payload)).toEqual([input])
    expect(await syncCohort(SYNC, input, { platforms: world.outside.platforms, stretch: 5 })).toBe('done')
    expect(await world.db.cohortPass.findFirstOrThrow()).toMatchObject({ id: pass.id, state: 'done', accounts: 12 })
    expect(await world.db.linkedAccount.count({ where: { syncedAt: null } })).toBe(0)
  })

  test('stops a night over repositories at its next page; what was read is not read again', async () => {
    await connectGitee(world)
    const input = { universityId: universityId(), platform: 'gitee' as const, startedAt: new Date().toISOString() }
    const platforms = afterPages(3, () => pause('gitee'))
    expect(await syncRepositories(SYNC, input, { platforms })).toBe('paused')
    const read = await world.db.repositoryPass.count({ where: { completedAt: { not: null } } })
    expect(read).toBeGreaterThan(0)
    const incomplete = { ...input, repositoryId: randomUUID(), numbers: [1] }
    const { startedAt: _, ...payload } = incomplete
    expect(await completeContributions(SYNC, payload)).toEqual({ completed: 0, waitUntil: null })
    await clearJobs()
    await resumeSync(admin, { platform: 'gitee' })
    expect(await world.jobs('sync-repositories')).toHaveLength(1)
    const before = world.outside.sandbox.log.lastSequence
    expect(await syncRepositories(SYNC, input, { platforms: world.outside.platforms })).toBe('done')
    const asked = world.outside.sandbox.log.since(before).filter(({ path }) => path.includes('/pulls?'))
    const all = await world.db.repositoryPass.count({ where: { failureKind: null } })
    expect(asked.length).toBeGreaterThanOrEqual(all - read)
    expect(await world.db.repositoryPass.count({ where: { completedAt: null, failureKind: null } })).toBe(0)
  })
})

describe('who may', () => {
  test('admins and, with a reason, the operator; each writes into the audit', async () => {
    const student = (await makeMember(world, world.university)).actor
    await expect(pauseSync(student, { platform: 'gitee', reason: REASON })).rejects.toMatchObject({ kind: 'forbidden' })
    await pause('gitee')
    await expect(pause('gitee')).rejects.toMatchObject({ code: 'sync_paused' })
    const operator: OperatorActor = {
      kind: 'operator',
      name: 'ops',
      reason: '平台通知维护',
      universityId: universityId(),
    }
    await expect(resumeSync({ ...operator, reason: '' }, { platform: 'gitee' })).rejects.toMatchObject({
      code: 'break_glass_reason_required',
    })
    await resumeSync(operator, { platform: 'gitee' })
    await expect(resumeSync(operator, { platform: 'gitee' })).rejects.toMatchObject({ code: 'sync_not_paused' })
    const events = await world.db.auditEvent.findMany({ orderBy: { occurredAt: 'asc' } })
    expect(events.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ['sync.paused', 'member'],
      ['sync.resumed', 'operator'],
    ])
    expect(events[0]?.data).toEqual({ platform: 'gitee', pauseReason: REASON })
  })

  test('another university is neither paused nor gone on with', async () => {
    const other = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
    await pause('github')
    await expect(resumeSync(other.actor, { platform: 'github' })).rejects.toMatchObject({ code: 'sync_not_paused' })
    await pauseSync(other.actor, { platform: 'github', reason: REASON })
    expect(await world.db.syncPause.count()).toBe(2)
  })
})

/** The platform's own pages, cut to a few records. */
function shortPages(one: PlatformPort): PlatformPort {
  return {
    ...one,
    listAuthorPullRequests: async (request) => {
      const [cursor = '', skip = '0'] = (request.cursor ?? '|0').split('|')
      const page = await one.listAuthorPullRequests({ ...request, cursor: cursor === '' ? null : cursor })
      const from = Number(skip)
      const items = page.items.slice(from, from + 7)
      const next = page.items.length > from + 7 ? `${cursor}|${from + 7}` : page.nextCursor && `${page.nextCursor}|0`
      return { ...page, items, nextCursor: next }
    },
  }
}
