import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { MemberActor } from '@/lib/domain/actor'
import type { PlatformPort } from '@/lib/platforms/port'
import { getSyncHealth } from '@/lib/sync/get-sync-health'
import { listUniversitySkips } from '@/lib/sync/list-skipped-records'
import { retryFailedSyncs } from '@/lib/sync/retry-failed-syncs'
import { syncCohort } from '@/lib/sync/sync-cohort'
import { syncRepositories } from '@/lib/sync/sync-repositories'
import type { PlatformHealth } from '@/lib/sync/view'
import { makeMember, makeUniversity } from '@/tests/factories'
import { connectApp, connectGitee } from './connect'
import { openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }

/** One university with trouble of each kind, and a second one that must see none of it. */
let world: SyncWorld
let admin: MemberActor
let stranger: MemberActor
let account: SyncAccount

beforeAll(async () => {
  world = await openSyncWorld()
  admin = (await makeMember(world, world.university, { roles: ['admin'] })).actor
  stranger = (await makeMember(world, await makeUniversity(world), { roles: ['admin'] })).actor
  account = await world.link('github', LIN_YUE.github)
  await connectApp(world)
  await connectGitee(world)
})
afterAll(() => world.close())

async function healthOf(platform: 'github' | 'gitee', actor = admin): Promise<PlatformHealth> {
  const { platforms } = await getSyncHealth(actor, { now: new Date(), platforms: world.outside.platforms })
  const found = platforms.find((one) => one.platform === platform)
  if (!found) throw new Error('no such platform')
  return found
}

test('budgets are what the platform told last, of the university’s own credential', async () => {
  const input = { universityId: world.university.universityId, platform: 'github' as const }
  expect(await syncCohort(SYNC, input, { platforms: world.outside.platforms })).toBe('done')
  const { allowances, accounts } = await healthOf('github')
  const graphql = allowances.find(({ pool }) => pool === 'graphql')
  expect(graphql?.total).toBeGreaterThanOrEqual(5000)
  expect(graphql?.remaining).toBeLessThan(graphql?.total ?? 0)
  expect(graphql?.resetsAt?.getTime()).toBeGreaterThan(Date.now())
  expect(Date.now() - (graphql?.toldAt.getTime() ?? 0)).toBeLessThan(60_000)
  expect(accounts).toMatchObject({ linked: 1, neverRead: 0 })
  // What a person's own token may still ask is nobody's business.
  await world.db.syncAllowance.deleteMany()
  await world.sync(account, { trigger: 'refresh' })
  expect((await healthOf('github')).allowances).toEqual([])
})

test('a budget that cannot be kept changes nothing about how the night ended', async () => {
  const input = { universityId: world.university.universityId, platform: 'github' as const }
  await world.db.$executeRaw`revoke insert on sync_allowance from yuanfen_app`
  try {
    await world.db.linkedAccount.updateMany({ data: { syncedAt: null } })
    expect(await syncCohort(SYNC, input, { platforms: world.outside.platforms })).toBe('done')
    expect((await healthOf('github')).allowances).toEqual([])
  } finally {
    await world.db.$executeRaw`grant insert on sync_allowance to yuanfen_app`
  }
})

test('a poison record of a repository is skipped, counted and shown, with everything around it read', async () => {
  const gitee = world.outside.platforms.gitee
  if (gitee.sync !== 'by_repository') throw new Error('read otherwise')
  const poisoned: PlatformPort = {
    ...gitee,
    listRepositoryPullRequests: async (request) => {
      const page = await gitee.listRepositoryPullRequests(request)
      const [first, ...items] = page.items
      if (first === undefined || request.cursor !== null) return page
      const { owner, name } = first.repository
      const reference = `${owner}/${name}!${first.number}`
      return { ...page, items, skipped: [{ reference, reason: 'unreadable_record' as const }] }
    },
  }
  const input = {
    universityId: world.university.universityId,
    platform: 'gitee' as const,
    startedAt: new Date().toISOString(),
  }
  const platforms = { ...world.outside.platforms, gitee: poisoned }
  expect(await syncRepositories(SYNC, input, { platforms })).toBe('done')
  const stored = await world.db.repositorySkip.count()
  expect(stored).toBeGreaterThan(2)
  const { skipped, repositories, allowances } = await healthOf('gitee')
  expect(skipped).toBe(stored)
  expect(repositories).toMatchObject({ neverRead: 0 })
  expect(repositories?.oldestAt).not.toBeNull()
  expect(allowances.map(({ pool }) => pool)).toEqual(['api'])
  // Met again the next night it is one record still.
  await world.db.$executeRaw`update repository_pass set completed_at = completed_at - interval '1 day'`
  expect(await syncRepositories(SYNC, input, { platforms })).toBe('done')
  expect(await world.db.repositorySkip.count()).toBe(stored)
  const { records } = await listUniversitySkips(admin, { platform: 'gitee', cursor: null })
  expect(records).toHaveLength(stored)
  expect(records[0]).toMatchObject({ reason: 'unreadable_record', login: null })
})

test('the list of skipped records goes on by key, each once, of the own university only', async () => {
  const runId = await world.request(account, { trigger: 'nightly', token: null })
  await world.db.syncRun.update({ where: { id: runId }, data: { state: 'done', skipped: 120 } })
  await world.db.syncSkip.createMany({
    data: Array.from({ length: 120 }, (_, at) => ({
      runId,
      personId: account.personId,
      ordinal: at + 1,
      reference: `o/n#${at + 1}`,
      reason: 'hidden_record',
    })),
  })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await listUniversitySkips(admin, { platform: 'github', cursor })
    expect(page.records.length).toBeLessThanOrEqual(50)
    seen.push(...page.records.map(({ reference }) => reference))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => `o/n#${120 - at}`))
  expect((await healthOf('github')).skipped).toBe(120)
  expect((await listUniversitySkips(stranger, { platform: 'github', cursor: null })).records).toEqual([])
  await expect(listUniversitySkips(admin, { platform: 'github', cursor: 'x' })).rejects.toMatchObject({
    code: 'bad_cursor',
  })
  await expect(listUniversitySkips(account.member.actor, { platform: 'github', cursor: null })).rejects.toMatchObject({
    kind: 'forbidden',
  })
})

test('failures are counted by kind, shown with their accounts, and tried again one or all', async () => {
  const failed = await world.link('github', 71204502)
  const other = await world.link('github', 71204503)
  for (const one of [failed, other]) {
    const runId = await world.request(one, { token: null })
    const finishedAt = new Date(Date.now() - 60_000)
    await world.db.syncRun.update({
      where: { id: runId },
      data: { state: 'failed', failureKind: 'unavailable', finishedAt, requestedAt: finishedAt },
    })
  }
  const health = await healthOf('github')
  expect(health.failures).toEqual([expect.objectContaining({ failureKind: 'unavailable', runs: 2, accounts: 2 })])
  expect(health.failedAccounts.map(({ accountId }) => accountId).sort()).toEqual(
    [failed.accountId, other.accountId].sort(),
  )
  expect(health.queue).toMatchObject({ due: 0, running: 0 })
  expect((await healthOf('github', stranger)).failures).toEqual([])
  await expect(retryFailedSyncs(stranger, { platform: 'github', accountId: failed.accountId })).rejects.toMatchObject({
    code: 'sync_not_connected',
  })

  expect(await retryFailedSyncs(admin, { platform: 'github', accountId: failed.accountId })).toEqual({ accounts: 1 })
  expect(await retryFailedSyncs(admin, { platform: 'github' })).toEqual({ accounts: 1 })
  expect(await retryFailedSyncs(admin, { platform: 'github' })).toEqual({ accounts: 0 })
  await expect(retryFailedSyncs(admin, { platform: 'github', accountId: failed.accountId })).rejects.toMatchObject({
    code: 'account_not_found',
  })
  const after = await healthOf('github')
  expect(after.failedAccounts).toEqual([])
  expect(after.queue.due).toBe(2)
  const runs = await world.db.syncRun.findMany({ where: { trigger: 'admin' } })
  expect(runs).toHaveLength(2)
  const events = await world.db.auditEvent.findMany({ where: { action: 'sync.requested', actorKind: 'member' } })
  expect(events.map(({ actorMemberId }) => actorMemberId)).toEqual([admin.memberId, admin.memberId])
  const run = runs.find(({ accountId }) => accountId === failed.accountId)
  expect(await world.run(failed, run?.id ?? '')).toBe('done')
  await expect(retryFailedSyncs(account.member.actor, { platform: 'github' })).rejects.toMatchObject({
    kind: 'forbidden',
  })
})

test('a job of a night that waits is in the queue with its time, at its own university only', async () => {
  const { universityId } = world.university
  const at = new Date(Date.now() + 3_600_000)
  await world.db
    .$executeRaw`select enqueue_job('sync-cohort', ${JSON.stringify({ universityId, platform: 'github' })}::json, null, ${at}::timestamptz)`
  const { queue } = await healthOf('github')
  expect(queue.later).toBe(1)
  expect(queue.nextAt?.getTime()).toBe(at.getTime())
  expect((await healthOf('github', stranger)).queue).toMatchObject({ due: 0, later: 0, nextAt: null })
})

test('each list and count is found by an index', async () => {
  const explain = (statement: string) =>
    world.db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('set local enable_seqscan = off')
      return JSON.stringify(await tx.$queryRawUnsafe(`explain ${statement}`))
    })
  const of = `university_id = '${world.university.universityId}'`
  const failed = `select 1 from sync_run where ${of} and state = 'failed' and finished_at > now()`
  expect(await explain(failed)).toContain('sync_run_failed_of_university')
  const open = `select count(*) from sync_run where ${of} and state in ('queued', 'running', 'waiting')`
  expect(await explain(open)).toContain('sync_run_open_of_university')
  const skipping = `select 1 from sync_run where ${of} and skipped > 0 order by requested_at desc limit 5`
  expect(await explain(skipping)).toContain('sync_run_skipping_of_university')
  const newest = `select 1 from repository_skip where platform = 'gitee' order by first_seen_at desc limit 5`
  expect(await explain(newest)).toContain('repository_skip_newest')
})
