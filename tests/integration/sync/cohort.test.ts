import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { jobs } from '@/lib/queue/jobs'
import { findCopies } from '@/lib/sync/find-copies'
import { syncUniversityAccounts } from '@/lib/sync/sync-all-accounts'
import { syncCohort } from '@/lib/sync/sync-cohort'
import { landPullRequest } from '@/sandbox/world/changes'
import { connectApp } from './connect'
import { keyOf, openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const LIN_YUE = 71204501
const CHEN_SIYUAN = 71204502
const SUN_YIHAN = 71204504

let world: SyncWorld
let port = 0
beforeEach(async () => {
  world = await openSyncWorld({ port })
  port = Number(new URL(world.outside.sandbox.origin).port)
  await connectApp(world)
})
afterEach(() => world.close())

/** Everybody of the small world who is somebody's account. */
async function linkEverybody(): Promise<SyncAccount[]> {
  const all = world.outside.sandbox.context.world.listAccounts('github', { limit: 1000 })
  const people = all.filter(({ kind, deletedAs, isPrivate }) => kind === 'User' && !deletedAs && !isPrivate)
  const linked: SyncAccount[] = []
  for (const { id } of people) linked.push(await world.link('github', id))
  return linked
}

type Night = Parameters<typeof syncCohort>[2]
const night = (deps: Night = {}) =>
  syncCohort(
    SYNC,
    { universityId: world.university.universityId, platform: 'github' },
    { platforms: world.outside.platforms, ...deps },
  )

/** The next night: whoever was read is due again. */
async function tomorrow(): Promise<void> {
  await world.db.$executeRaw`update linked_account set synced_at = synced_at - interval '1 day'`
}

async function counted(work: () => Promise<unknown>): Promise<{ requests: number; points: number; paths: string[] }> {
  const before = world.outside.sandbox.log.lastSequence
  await work()
  const entries = world.outside.sandbox.log.since(before).filter(({ path }) => !path.includes('access_tokens'))
  return {
    requests: entries.length,
    points: entries.reduce((sum, entry) => sum + entry.costPoints, 0),
    paths: entries.map(({ path }) => path),
  }
}

async function everything() {
  const rows = await world.db.contribution.findMany({
    include: { repository: { select: { platformRepositoryId: true } } },
    orderBy: [{ repositoryId: 'asc' }, { number: 'asc' }],
  })
  return rows.map(
    ({ id: _id, workId: _work, firstSeenAt: _first, refreshedAt: _last, repositoryId: _repo, ...facts }) => facts,
  )
}

const pass = () => world.db.cohortPass.findFirstOrThrow({ orderBy: { startedAt: 'desc' } })
const accountOf = ({ accountId }: SyncAccount) => world.db.linkedAccount.findUniqueOrThrow({ where: { id: accountId } })

function openPullRequestsOf(authorId: number) {
  return world.outside
    .pullRequestsOf('github', authorId)
    .filter(({ state, traps }) => state === 'open' && traps.length === 0)
}

describe('a night of a whole university', () => {
  test('finds exactly what a sync of each account by itself finds', async () => {
    const accounts = await linkEverybody()
    expect(accounts.length).toBeGreaterThan(60)
    expect(await night()).toBe('done')
    const inCohort = await everything()
    for (const account of accounts) {
      const truth = world.outside.pullRequestsOf('github', Number(account.platformUserId)).map(keyOf)
      expect([...(await world.stored(account)).keys()].sort()).toEqual(truth.sort())
    }
    for (const account of accounts) await world.sync(account, { trigger: 'backfill' })
    expect(await everything()).toEqual(inCohort)
    expect(await pass()).toMatchObject({
      state: 'done',
      accounts: accounts.length,
      inserted: inCohort.length,
      refreshed: 0,
      hiddenAccounts: 0,
    })
  })

  test('the second night is a request and a point, and brings what landed since with a second', async () => {
    const accounts = await linkEverybody()
    await night()
    await tomorrow()
    expect(await counted(() => night())).toMatchObject({ requests: 1, points: 1 })
    await tomorrow()
    const [open] = openPullRequestsOf(LIN_YUE)
    if (!open) throw new Error('nothing open')
    const { world: outside } = world.outside.sandbox.context
    landPullRequest(outside, open, new Date())
    const runsBefore = await world.db.syncRun.count()
    expect((await counted(() => night())).requests).toBe(2)
    const account = accounts.find(({ platformUserId }) => platformUserId === String(LIN_YUE))
    if (!account) throw new Error('nobody')
    expect((await world.stored(account)).get(keyOf(open))).toMatchObject({ state: 'merged', landingState: 'landed' })
    expect(await pass()).toMatchObject({ changedAccounts: 1, inserted: 0, refreshed: 1, accounts: accounts.length })
    // Only who had something new has something to read about it; all of them are fresh.
    expect(await world.db.syncRun.count()).toBe(runsBefore + 1)
    const synced = await world.db.linkedAccount.findMany({ select: { syncedAt: true } })
    expect(new Set(synced.map(({ syncedAt }) => syncedAt?.getTime())).size).toBe(1)
  })

  test('is one job of the night, and nobody is asked for by themselves', async () => {
    await linkEverybody()
    const { universityId } = world.university
    const asked = await syncUniversityAccounts(
      SYNC,
      { universityId, afterMemberId: null, trigger: 'nightly' },
      { now: new Date(), platforms: world.outside.platforms },
    )
    expect(asked).toEqual({ requested: 0, isLastPage: true })
    expect((await world.jobs('sync-cohort')).map(({ payload }) => payload)).toEqual([
      { universityId, platform: 'github' },
    ])
    expect(await world.jobs('sync-account')).toEqual([])
  })

  test('who was read a moment ago, or is being read, is left alone', async () => {
    const linYue = await world.link('github', LIN_YUE)
    const chen = await world.link('github', CHEN_SIYUAN)
    await world.sync(linYue)
    await world.request(chen)
    await night()
    expect(await pass()).toMatchObject({ accounts: 0, state: 'done' })
  })
})

describe('what a night leaves to others', () => {
  test('a job looks for copies of whoever may have some, and none where it found nothing', async () => {
    const accounts = await linkEverybody()
    await night()
    const queued = () =>
      world.db.$queryRaw`select key, queue_name, max_attempts from graphile_worker.jobs
        where task_identifier = 'find-copies' order by key`
    const { universityId } = world.university
    const alike: SyncAccount[] = []
    for (const account of accounts) {
      const rows = [...(await world.stored(account)).values()].filter(
        ({ landingState }) => landingState !== 'not_landed',
      )
      const sizes = Map.groupBy(
        rows,
        ({ additions, deletions, changedFiles }) => `${additions} ${deletions} ${changedFiles}`,
      )
      const places = [...sizes.values()].map(
        (same) => new Set(same.map((row) => `${row.repositoryId} ${row.baseBranch}`)),
      )
      if (places.some(({ size }) => size > 1)) alike.push(account)
    }
    const sun = accounts.find(({ platformUserId }) => platformUserId === String(SUN_YIHAN))
    if (!sun) throw new Error('nobody')
    expect(alike).toContain(sun)
    expect(alike.length).toBeLessThan(accounts.length / 4)
    const wanted = alike.map(({ personId }) => jobs['find-copies'].prepare({ universityId, personId }))
    // As the list of jobs has it, though the database queues it.
    expect(await queued()).toEqual(
      wanted
        .map(({ key, queue, maxAttempts }) => ({ key, queue_name: queue, max_attempts: maxAttempts }))
        .sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1)),
    )
    for (const { payload } of await world.jobs('find-copies')) {
      expect(jobs['find-copies'].parse(payload)).toMatchObject({ universityId })
    }
    const { personId } = sun
    const found = await findCopies(SYNC, { universityId, personId }, { platforms: world.outside.platforms })
    expect(found).toMatchObject({ united: 1, status: 'done' })
    await world.db.$executeRaw`delete from graphile_worker._private_jobs`
    await tomorrow()
    await night()
    expect(await queued()).toEqual([])
  })

  test('while one stretch is written the next is read; how far the night is moves only with what is there', async () => {
    await linkEverybody()
    const blocker = new pg.Client({ connectionString: world.database.superuserUrl })
    await blocker.connect()
    await blocker.query('begin; lock table contribution in share row exclusive mode')
    const { github } = world.outside.platforms
    if (github.sync !== 'by_cohort') throw new Error('GitHub is read in cohorts')
    let begun = 0
    const scanCohort: typeof github.scanCohort = async (input) => {
      if (input.places.every(({ cursor }) => cursor === null)) begun += 1
      return github.scanCohort(input)
    }
    const running = night({ platforms: { ...world.outside.platforms, github: { ...github, scanCohort } }, stretch: 10 })
    await vi.waitFor(() => expect(begun).toBe(2), { timeout: 20_000, interval: 50 })
    expect(await pass()).toMatchObject({ accounts: 0, afterMemberId: null })
    await blocker.query('rollback')
    await blocker.end()
    expect(await running).toBe('done')
    expect((await pass()).accounts).toBe(await world.db.linkedAccount.count())
  })

  test('a limit met while a stretch is written ends the turn only when it is there', async () => {
    await linkEverybody()
    const blocker = new pg.Client({ connectionString: world.database.superuserUrl })
    await blocker.connect()
    await blocker.query('begin; lock table contribution in share row exclusive mode')
    const limit = { kind: 'rate_limit', times: 1, afterMatches: 1, retryAfterSeconds: 120 } as const
    world.outside.sandbox.faults.add({ ...limit, match: { path: 'graphql', body: 'CohortScan' } })
    const running = night({ stretch: 10 })
    expect(await Promise.race([running, setTimeout(4000, 'not yet')])).toBe('not yet')
    await blocker.query('rollback')
    await blocker.end()
    expect(await running).toBe('waiting')
    expect(await pass()).toMatchObject({ state: 'waiting', accounts: 10 })
  })
})

describe('too much at once', () => {
  const scans = (kind: 'resource_limits' | 'status_502' | 'timeout', times: number) =>
    world.outside.sandbox.faults.add({
      match: { body: 'CohortScan' },
      kind,
      times,
      afterMatches: 0,
      retryAfterSeconds: 0,
      delayMs: 10,
    })

  test.each(['resource_limits', 'status_502', 'timeout'] as const)(
    'a batch halves on %s, and grows back',
    async (kind) => {
      const accounts = await linkEverybody()
      await night()
      await tomorrow()
      scans(kind, 3)
      const { requests } = await counted(() => night())
      const n = accounts.length
      expect((await pass()).accounts).toBe(n)
      // All of them, a half, a quarter were too much; then eighths, which grow back.
      const eighth = Math.floor(Math.floor(Math.floor(n / 2) / 2) / 2)
      let [size, left, expected, calm] = [eighth, n, 3, 0]
      while (left > 0) {
        left -= size
        expected += 1
        calm += 1
        if (calm === 2) [size, calm] = [size * 2, 0]
      }
      expect(requests).toBe(expected)
      expect((await pass()).batchSize).toBeGreaterThan(eighth)
    },
  )

  test('an account that is too much even alone is read by a run of its own; the others are not held up', async () => {
    await world.link('github', LIN_YUE)
    const chen = await world.link('github', CHEN_SIYUAN)
    scans('resource_limits', 2)
    expect(await night()).toBe('done')
    const runs = await world.db.syncRun.findMany({ where: { state: 'queued' } })
    expect(runs).toHaveLength(1)
    expect(await world.jobs('sync-account')).toHaveLength(1)
    expect((await world.stored(chen)).size).toBe(world.outside.pullRequestsOf('github', CHEN_SIYUAN).length)
  })

  test('a platform that is down is waited for, with the batch as small as it got', async () => {
    await linkEverybody()
    scans('status_502', 1000)
    expect(await night()).toBe('waiting')
    expect(await pass()).toMatchObject({ state: 'waiting', failureKind: 'unavailable', accounts: 0 })
    expect((await pass()).retryAt?.getTime()).toBeGreaterThan(Date.now())
    expect(await world.jobs('sync-cohort')).toHaveLength(1)
    expect(await world.jobs('sync-account')).toHaveLength(0)
    world.outside.sandbox.faults.clear()
    expect(await night()).toBe('done')
  })
})

describe('limits and broken nights', () => {
  test('a limit ends the turn until the time it names; what was read is kept', async () => {
    const accounts = await linkEverybody()
    world.outside.sandbox.faults.add({
      match: { path: 'graphql', body: 'CohortScan' },
      kind: 'rate_limit',
      times: 1,
      afterMatches: 2,
      retryAfterSeconds: 120,
    })
    expect(await night({ stretch: 10 })).toBe('waiting')
    const waiting = await pass()
    expect(waiting).toMatchObject({ state: 'waiting', failureKind: 'rate_limited', accounts: 20 })
    const [job] = await world.jobs('sync-cohort')
    expect(job?.run_at.getTime()).toBe(waiting.retryAt?.getTime())
    const seconds = ((job?.run_at.getTime() ?? 0) - Date.now()) / 1000
    expect(seconds).toBeGreaterThan(60)
    const again = await counted(() => night({ stretch: 10 }))
    expect(await pass()).toMatchObject({ state: 'done', accounts: accounts.length, failureKind: null })
    expect((await pass()).id).toBe(waiting.id)
    expect(again.paths.length).toBeGreaterThan(0)
  })

  test('asked to stop, a night ends between two batches and goes on where it was', async () => {
    const accounts = await linkEverybody()
    const stopping = new AbortController()
    const { github } = world.outside.platforms
    if (github.sync !== 'by_cohort') throw new Error('GitHub is read in cohorts')
    let scanned = 0
    const scanCohort: typeof github.scanCohort = async (input) => {
      scanned += 1
      if (scanned === 3) stopping.abort()
      return github.scanCohort(input)
    }
    const platforms = { ...world.outside.platforms, github: { ...github, scanCohort } }
    expect(await night({ platforms, signal: stopping.signal, stretch: 10 })).toBe('goes_on')
    expect((await pass()).accounts).toBeLessThan(accounts.length)
    expect(await night({ stretch: 10 })).toBe('done')
    expect((await pass()).accounts).toBe(accounts.length)
  })

  test('an App that was removed ends the night and says so', async () => {
    await linkEverybody()
    await world.db.universityConnection.updateMany({ data: { settings: { appId: '1414001', installationId: '1' } } })
    expect(await night()).toBe('failed')
    expect(await pass()).toMatchObject({ state: 'failed', failureKind: 'sign_in_expired' })
    // The next one is a new one.
    await world.db.universityConnection.deleteMany()
    await connectApp(world)
    expect(await night()).toBe('done')
  })
})

describe('who is not to be seen', () => {
  test('a private profile and a suspended account are not "nothing new": their owners are asked, once', async () => {
    const linYue = await world.link('github', LIN_YUE)
    const chen = await world.link('github', CHEN_SIYUAN)
    await night()
    expect((await accountOf(linYue)).visibility).toBe('visible')
    await tomorrow()
    const { world: outside } = world.outside.sandbox.context
    outside.changeAccount('github', LIN_YUE, { isPrivate: true })
    outside.changeAccount('github', CHEN_SIYUAN, { deletedAs: 'null' })
    const readBefore = (await accountOf(linYue)).syncedAt
    expect(await night()).toBe('done')
    expect(await accountOf(linYue)).toMatchObject({ visibility: 'private', syncedAt: readBefore })
    expect(await accountOf(chen)).toMatchObject({ visibility: 'suspended' })
    expect(await pass()).toMatchObject({ hiddenAccounts: 2, accounts: 2 })
    const told = () => world.db.notification.findMany({ where: { code: 'sync_needs_you' } })
    expect((await told()).map(({ memberId }) => memberId).sort()).toEqual(
      [linYue.member.memberId, chen.member.memberId].sort(),
    )
    await tomorrow()
    await night()
    expect(await told()).toHaveLength(2)
    outside.changeAccount('github', LIN_YUE, { isPrivate: false })
    outside.changeAccount('github', CHEN_SIYUAN, { deletedAs: null })
    await night()
    expect(await accountOf(linYue)).toMatchObject({ visibility: 'visible' })
    expect((await accountOf(linYue)).syncedAt?.getTime()).toBeGreaterThan(readBefore?.getTime() ?? 0)
    expect(await accountOf(chen)).toMatchObject({ visibility: 'visible' })
  })

  test('one without anything is looked at once, to tell empty from hidden', async () => {
    const hidden = world.outside.trapped('private_profile').authorId
    const account = await world.link('github', hidden)
    const first = await counted(() => night())
    expect(first.paths.filter((path) => path.includes('/search/'))).toHaveLength(1)
    expect((await accountOf(account)).visibility).toBe('private')
    await tomorrow()
    expect((await counted(() => night())).paths.some((path) => path.includes('/search/'))).toBe(false)
  })

  test('a sync of one account with the credential of the university says so too; with the owner’s own it is read', async () => {
    const account = await world.link('github', LIN_YUE)
    await world.sync(account)
    world.outside.sandbox.context.world.changeAccount('github', LIN_YUE, { isPrivate: true })
    const runId = await world.request(account, { token: null, trigger: 'refresh' })
    expect(await world.run(account, runId)).toBe('failed')
    expect((await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).failureKind).toBe('sign_in_expired')
    expect(await world.run(account, await world.request(account, { trigger: 'refresh' }))).toBe('done')
  })
})
