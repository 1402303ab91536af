import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import { jobs } from '@/lib/queue/jobs'
import { completeContributions } from '@/lib/sync/complete-contributions'
import { matchIndex } from '@/lib/sync/match-index'
import { syncUniversityAccounts } from '@/lib/sync/sync-all-accounts'
import { syncRepositories } from '@/lib/sync/sync-repositories'
import type { PullRequest } from '@/sandbox/world/types'
import { makeMember, makeUniversity } from '@/tests/factories'
import { keyOf, openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

const LIN_YUE = 9150001
const CHEN_SIYUAN = 9150002
const WANG_RUOXI = 9150011

let world: SyncWorld
afterEach(() => world.close())

async function open(options: Parameters<typeof openSyncWorld>[0] = {}): Promise<void> {
  world = await openSyncWorld(options)
  await connect(world.university.universityId)
}

/** The university's own service token. */
async function connect(universityId: string): Promise<void> {
  const secretSealed = seal('sandbox-gitee-service-yunlu', connectionSealContext({ universityId, kind: 'gitee_token' }))
  await world.db.universityConnection.create({
    data: { universityId, kind: 'gitee_token', settings: {}, secretSealed },
  })
}

type Deps = Parameters<typeof syncRepositories>[2] & { universityId?: string }
const night = ({ universityId = world.university.universityId, ...deps }: Deps = {}) =>
  syncRepositories(
    SYNC,
    { universityId, platform: 'gitee', startedAt: new Date().toISOString() },
    { platforms: world.outside.platforms, ...deps },
  )

/** The next night: every repository is due again. */
async function tomorrow(): Promise<void> {
  await world.db.$executeRaw`update repository_pass set completed_at = completed_at - interval '1 day'`
}

/** Jobs that ask for details, done. */
async function complete(): Promise<void> {
  for (const job of await world.jobs('complete-contributions')) {
    const payload = job.payload as Parameters<typeof completeContributions>[1]
    await completeContributions(SYNC, payload, { platforms: world.outside.platforms })
  }
  await world.db.$executeRaw`delete from graphile_worker._private_jobs`
}

async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const before = world.outside.sandbox.log.lastSequence
  await work()
  return world.outside.sandbox.log.since(before).map(({ path }) => path)
}

/** What the catalogued repositories hold of everybody, or of one account. */
function truth(of: { authorId?: number } = {}): PullRequest[] {
  const { world: outside } = world.outside.sandbox.context
  const owners = ['mindspore', 'ascend', 'mindspore-lab', 'cann']
  return outside
    .listRepositories('gitee')
    .filter(
      ({ owner, isFork, isArchived, isPrivate }) => owners.includes(owner) && !isFork && !isArchived && !isPrivate,
    )
    .flatMap((repository) => {
      const list = outside.listPullRequests({ platform: 'gitee', repositoryId: repository.id })
      return Array.from({ length: list.length }, (_, at) => list.at(at)).filter((one) => one !== undefined)
    })
    .filter(({ state, authorId }) => state === 'merged' && (of.authorId === undefined || authorId === of.authorId))
    .filter(({ authorId }) => !outside.findAccount('gitee', authorId)?.deletedAs)
}

async function indexed(): Promise<string[]> {
  const rows = await world.db.indexedPullRequest.findMany({ include: { repository: true } })
  return rows.map(({ repository, number }) => `${repository.platformRepositoryId}#${number}`).sort()
}

async function facts(account: SyncAccount) {
  const rows = [...(await world.stored(account)).values()]
  return rows
    .map(
      ({
        id: _id,
        workId: _work,
        firstSeenAt: _first,
        refreshedAt: _last,
        repositoryId: _repo,
        repository,
        ...row
      }) => ({
        ...row,
        repository: repository.platformRepositoryId,
      }),
    )
    .sort((a, b) => `${a.repository}#${a.number}`.localeCompare(`${b.repository}#${b.number}`))
}

describe('a night by repository', () => {
  beforeEach(() => open())

  test('reads every repository once, indexes everybody by number and keeps nothing else of them', async () => {
    expect(await night()).toBe('done')
    expect(await indexed()).toEqual(truth().map(keyOf).sort())
    const rows = await world.db.indexedPullRequest.findMany()
    const byKey = new Map(truth().map((pull) => [`${pull.authorId} ${pull.number}`, pull]))
    for (const row of rows) {
      const pull = byKey.get(`${row.authorPlatformUserId} ${row.number}`)
      expect(row.landedAt?.getTime()).toBe(Math.floor((pull?.mergedAt?.getTime() ?? 0) / 1000) * 1000)
      expect(Object.keys(row).sort()).toEqual([
        'authorPlatformUserId',
        'landedAt',
        'number',
        'platform',
        'repositoryId',
      ])
    }
    expect(await world.db.contribution.count()).toBe(0)
  })

  test('an unchanged repository is one request, and a second university’s night none', async () => {
    await night()
    const passes = await world.db.repositoryPass.findMany({ where: { failureKind: null } })
    await tomorrow()
    const paths = await asked(() => night())
    expect(paths.filter((path) => path.includes('/pulls?'))).toHaveLength(passes.length)
    expect(paths).toHaveLength(passes.length)
    const other = await makeUniversity(world)
    await connect(other.universityId)
    expect(await asked(() => night({ universityId: other.universityId }))).toEqual([])
  })

  test('the university’s accounts are fresh by it, also where it cannot ask by itself', async () => {
    const account = await world.link('gitee', LIN_YUE)
    await world.sync(account)
    await world.db.linkedAccount.updateMany({ data: { syncedAt: new Date('2026-01-01T00:00:00Z') } })
    await world.db.universityConnection.deleteMany()
    expect(await night()).toBe('no_credential')
    const other = await makeUniversity(world)
    await connect(other.universityId)
    await night({ universityId: other.universityId })
    const stale = await world.db.linkedAccount.findUniqueOrThrow({ where: { id: account.accountId } })
    expect(stale.syncedAt).toEqual(new Date('2026-01-01T00:00:00Z'))
    expect(await asked(() => night())).toEqual([])
    const fresh = await world.db.linkedAccount.findUniqueOrThrow({ where: { id: account.accountId } })
    const oldest = await world.db.repositoryPass.aggregate({
      _min: { completedAt: true },
      where: { failureKind: null },
    })
    expect(fresh.syncedAt).toEqual(oldest._min.completedAt)
  })

  test('is a job for each platform that is read so, and nobody is asked for by themselves', async () => {
    await world.link('gitee', LIN_YUE)
    const { universityId } = world.university
    const input = { universityId, afterMemberId: null, trigger: 'nightly' as const }
    const { platforms } = world.outside
    expect(await syncUniversityAccounts(SYNC, input, { now: new Date(), platforms })).toEqual({
      requested: 0,
      isLastPage: true,
    })
    const jobs = await world.jobs('sync-repositories')
    expect(jobs.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ universityId, platform: 'gitee' }),
    )
    expect(await world.jobs('sync-account')).toEqual([])
  })

  test('one that is gone is noted, does not hold up the others, and is left alone for a week', async () => {
    const { gitee } = world.outside.platforms
    const listSources: typeof gitee.listSources = async (input) => [
      ...(await gitee.listSources(input)),
      'repository:no/body',
    ]
    const platforms = { ...world.outside.platforms, gitee: { ...gitee, listSources } }
    expect(await night({ platforms })).toBe('done')
    const gone = await world.db.repositoryPass.findFirstOrThrow({ where: { sourceKey: 'repository:no/body' } })
    expect(gone).toMatchObject({ failureKind: 'not_found', completedAt: null })
    expect(await indexed()).toEqual(truth().map(keyOf).sort())
    await tomorrow()
    expect((await asked(() => night({ platforms }))).some((path) => path.includes('/no/body'))).toBe(false)
  })

  test('a limit waits until the time it names; a token that ended is for people to mend', async () => {
    const fault = { match: { path: '/pulls?' }, times: 1, afterMatches: 3, retryAfterSeconds: 120 }
    world.outside.sandbox.faults.add({ ...fault, kind: 'rate_limit' })
    expect(await night()).toBe('waiting')
    const [job] = await world.jobs('sync-repositories')
    expect((job?.run_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(60_000)
    const looked = { OR: [{ completedAt: { not: null } }, { failedAt: { not: null } }] }
    expect(await world.db.repositoryPass.count({ where: looked })).toBe(3)
    expect(await night()).toBe('done')
    const { universityId } = world.university
    const secretSealed = seal('a-dead-token', connectionSealContext({ universityId, kind: 'gitee_token' }))
    await world.db.universityConnection.updateMany({ data: { secretSealed } })
    await tomorrow()
    expect(await night()).toBe('failed')
  })
})

describe('those who linked', () => {
  beforeEach(() => open())

  test('get what a night finds, as whole as their own sync would have read it', async () => {
    const account = await world.link('gitee', CHEN_SIYUAN)
    await night()
    await complete()
    const byNight = await facts(account)
    expect(byNight.map((row) => `${row.repository}#${row.number}`).sort()).toEqual(
      truth({ authorId: CHEN_SIYUAN }).map(keyOf).sort(),
    )
    await world.sync(account, { trigger: 'backfill' })
    expect(await facts(account)).toEqual(byNight)
  })

  test('are looked at for copies where they may have some, at whatever university they are', async () => {
    await open()
    await world.link('gitee', LIN_YUE)
    const elsewhere = await makeMember(world, await makeUniversity(world))
    const wang = await world.link('gitee', WANG_RUOXI, elsewhere)
    const job = { universityId: elsewhere.actor.universityId, personId: wang.personId }
    const queued = async () => (await world.jobs('find-copies')).map(({ payload }) => payload)
    await night()
    expect(await queued()).toEqual([])
    for (const { payload } of await world.jobs('complete-contributions')) {
      const input = jobs['complete-contributions'].parse(payload)
      await completeContributions(SYNC, input, { platforms: world.outside.platforms })
    }
    // The size and the diff are known only now.
    expect(await queued()).toContainEqual(job)
    await world.db.$executeRaw`delete from graphile_worker._private_jobs`
    const { world: outside } = world.outside.sandbox.context
    const pull = truth({ authorId: WANG_RUOXI })[0]
    if (!pull) throw new Error('nothing landed')
    outside.changePullRequest(pull, { title: `${pull.title}, once more`, updatedAt: new Date() })
    await tomorrow()
    await night()
    expect(await queued()).toEqual([job])
  })

  test('later are matched at once from the index, without a request; details follow for theirs alone', async () => {
    await night()
    const account = await world.link('gitee', CHEN_SIYUAN)
    const expected = truth({ authorId: CHEN_SIYUAN }).map(keyOf).sort()
    expect(expected.length).toBeGreaterThan(3)
    const matched = { platform: 'gitee', platformUserId: account.platformUserId, login: 'chen' } as const
    const scope = { universityId: world.university.universityId, personId: account.personId }
    const paths = await asked(async () => {
      expect(await matchIndex({ scope, account: matched, now: new Date() })).toBe(expected.length)
      expect(await matchIndex({ scope, account: matched, now: new Date() })).toBe(0)
    })
    expect(paths).toEqual([])
    const stored = await world.stored(account)
    expect([...stored.keys()].sort()).toEqual(expected)
    for (const row of stored.values()) {
      expect(row).toMatchObject({ landingState: 'landed', state: 'merged', baseBranch: '', additions: null })
      expect(row.title).toMatch(/^[^/]+\/[^!]+!\d+$/)
    }
    const read = await asked(() => world.sync(account))
    const lists = read.filter((path) => path.includes('/pulls?'))
    const repositories = new Set(truth({ authorId: CHEN_SIYUAN }).map(({ repositoryId }) => repositoryId))
    expect(lists).toHaveLength(repositories.size)
    const byLink = await facts(account)
    await world.sync(account, { trigger: 'backfill' })
    expect(await facts(account)).toEqual(byLink)
    expect(byLink.every(({ baseBranch, title }) => baseBranch !== '' && !/!\d+$/.test(title))).toBe(true)
  })

  test('have what the index knows although the platform is down when they link', async () => {
    await night()
    const account = await world.link('gitee', CHEN_SIYUAN)
    const runId = await world.request(account)
    world.outside.sandbox.faults.add({
      match: {},
      kind: 'status_500',
      times: 1000,
      afterMatches: 0,
      retryAfterSeconds: 0,
    })
    expect(await world.run(account, runId)).toBe('waiting')
    expect([...(await world.stored(account)).keys()].sort()).toEqual(truth({ authorId: CHEN_SIYUAN }).map(keyOf).sort())
    world.outside.sandbox.faults.clear()
    expect(await world.run(account, runId)).toBe('done')
    // Whoever could not be asked by themselves is completed by the night.
    await world.db.contribution.updateMany({ data: { baseBranch: '', mergeCommitSha: null } })
    await tomorrow()
    await night()
    await complete()
    expect((await facts(account)).every(({ baseBranch, mergeCommitSha }) => baseBranch !== '' && mergeCommitSha)).toBe(
      true,
    )
  })

  test('a stranger’s merged revert takes back theirs, and nothing of the stranger is stored', async () => {
    const account = await world.link('gitee', LIN_YUE)
    await night()
    await complete()
    const landed = [...(await world.stored(account)).values()].find(({ landingState }) => landingState === 'landed')
    if (!landed) throw new Error('nothing landed')
    const { gitee } = world.outside.platforms
    if (gitee.sync !== 'by_repository') throw new Error('Gitee is read by repository')
    const listRepositoryPullRequests: typeof gitee.listRepositoryPullRequests = async (request) => {
      const page = await gitee.listRepositoryPullRequests(request)
      const name = `repository:${landed.repository.owner}/${landed.repository.name}`
      if (request.source !== name || request.cursor !== null) return page
      const [one] = (await gitee.listRepositoryPullRequests({ ...request, untilUpdatedAt: null })).items
      if (!one) return page
      const at = new Date()
      const revert = {
        ...one,
        number: 99_999,
        authorPlatformUserId: '42',
        reverts: [landed.number],
        mergedAt: at,
        updatedAt: at,
      }
      return { ...page, items: [revert, ...page.items] }
    }
    await tomorrow()
    await night({ platforms: { ...world.outside.platforms, gitee: { ...gitee, listRepositoryPullRequests } } })
    const after = await world.db.contribution.findUniqueOrThrow({ where: { id: landed.id } })
    expect(after.landingState).toBe('reverted')
    expect(await world.db.contribution.count({ where: { number: 99_999 } })).toBe(0)
    expect(await world.db.indexedPullRequest.count({ where: { number: 99_999 } })).toBe(1)
  })
})

describe('long lists', () => {
  beforeEach(() => open({ world: { peopleCount: 300, pullRequestCount: 6_000 } }))

  test('pages that shift while they are read lose nothing, whatever is broken off', async () => {
    expect(truth().length).toBeGreaterThan(700)
    world.outside.sandbox.faults.add({
      match: { path: '/pulls?' },
      kind: 'shift_page',
      times: 1000,
      afterMatches: 1,
      retryAfterSeconds: 0,
    })
    const { gitee } = world.outside.platforms
    if (gitee.sync !== 'by_repository') throw new Error('Gitee is read by repository')
    for (let breaks = 0; breaks < 4; breaks += 1) {
      let pages = 0
      const listRepositoryPullRequests: typeof gitee.listRepositoryPullRequests = async (request) => {
        pages += 1
        if (pages > 12) throw new Error('crash')
        return gitee.listRepositoryPullRequests(request)
      }
      const platforms = { ...world.outside.platforms, gitee: { ...gitee, listRepositoryPullRequests } }
      await night({ platforms }).catch((error: unknown) => expect(String(error)).toContain('crash'))
    }
    expect(await night()).toBe('done')
    expect(await indexed()).toEqual(truth().map(keyOf).sort())
    const passes = await world.db.repositoryPass.findMany({ where: { failureKind: null } })
    expect(passes.every(({ passCursor, completedAt }) => passCursor === null && completedAt !== null)).toBe(true)
  })

  test('the watermark moves only with the last page', async () => {
    const { gitee } = world.outside.platforms
    if (gitee.sync !== 'by_repository') throw new Error('Gitee is read by repository')
    let pages = 0
    const listRepositoryPullRequests: typeof gitee.listRepositoryPullRequests = async (request) => {
      if (request.cursor !== null) pages += 1
      if (pages > 1) throw new Error('crash')
      return gitee.listRepositoryPullRequests(request)
    }
    const platforms = { ...world.outside.platforms, gitee: { ...gitee, listRepositoryPullRequests } }
    await expect(night({ platforms })).rejects.toThrow('crash')
    const broken = await world.db.repositoryPass.findFirstOrThrow({ where: { passCursor: { not: null } } })
    expect(broken).toMatchObject({ watermarkAt: null, completedAt: null })
    expect(broken.passWatermarkAt).not.toBeNull()
  })
})
