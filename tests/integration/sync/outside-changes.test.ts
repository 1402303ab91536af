import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PlatformError } from '@/lib/platforms/platform-error'
import { getSyncHealth } from '@/lib/sync/get-sync-health'
import { getSyncStatus } from '@/lib/sync/get-sync-status'
import { syncCohort } from '@/lib/sync/sync-cohort'
import { syncRepositories } from '@/lib/sync/sync-repositories'
import { landPullRequest } from '@/sandbox/world/changes'
import type { Repository } from '@/sandbox/world/types'
import { makeMember } from '@/tests/factories'
import { connectApp, connectGitee } from './connect'
import { keyOf, openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }
const CHEN_SIYUAN = { github: 71204502 }

/** Fresh for each: these change the outside world. */
let world: SyncWorld
let port = 0
beforeEach(async () => {
  world = await openSyncWorld({ port })
  port = Number(new URL(world.outside.sandbox.origin).port)
})
afterEach(async () => {
  // The small world's repositories are the same objects in every world of this process.
  for (const { repository, was } of changed.splice(0)) Object.assign(repository, was)
  await world.close()
})

const changed: { repository: Repository; was: Repository }[] = []

function change(repository: Repository, to: Partial<Pick<Repository, 'owner' | 'name' | 'isPrivate'>>): void {
  changed.push({ repository, was: { ...repository } })
  Object.assign(repository, to)
}

const storedKeys = async (account: SyncAccount) => [...(await world.stored(account)).keys()].sort()
const truthOf = (accountNumber: number) => world.outside.pullRequestsOf('github', accountNumber).map(keyOf).sort()
const tomorrow = () => world.db.$executeRaw`update linked_account set synced_at = synced_at - interval '1 day'`

/** A repository in which the account has landed something. */
function repositoryOf(platform: 'github' | 'gitee', accountNumber: number): Repository {
  const { world: outside } = world.outside.sandbox.context
  const [pull] = world.outside.pullRequestsOf(platform, accountNumber).filter(({ state }) => state === 'merged')
  const repository = pull && outside.findRepository(platform, pull.repositoryId)
  if (!repository) throw new Error('no such repository')
  return repository
}

const giteeNight = () =>
  syncRepositories(
    SYNC,
    { universityId: world.university.universityId, platform: 'gitee', startedAt: new Date().toISOString() },
    { platforms: world.outside.platforms },
  )
const nextNight = () => world.db.$executeRaw`update repository_pass set completed_at = completed_at - interval '1 day'`

describe('a repository', () => {
  test('that was renamed and moved to another owner is the same one by its id, under its name of today', async () => {
    const account = await world.link('github', LIN_YUE.github)
    await world.sync(account)
    const before = await storedKeys(account)
    const repository = repositoryOf('github', LIN_YUE.github)
    change(repository, { owner: 'moved-to-another-owner', name: 'under-another-name' })
    await world.sync(account, { trigger: 'backfill' })
    expect(await storedKeys(account)).toEqual(before)
    const rows = [...(await world.stored(account)).values()].filter(
      (row) => row.repository.platformRepositoryId === String(repository.id),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => `${row.repository.owner}/${row.repository.name}`))).toEqual(
      new Set(['moved-to-another-owner/under-another-name']),
    )
  })

  test.each(['private', 'gone'] as const)(
    'that is %s now keeps what was landed in it, and holds nothing else up',
    async (how) => {
      await connectGitee(world)
      const account = await world.link('gitee', LIN_YUE.gitee)
      await world.sync(account, { trigger: 'backfill' })
      expect(await giteeNight()).toBe('done')
      const before = await storedKeys(account)
      const repository = repositoryOf('gitee', LIN_YUE.gitee)
      const source = `repository:${repository.owner}/${repository.name}`.toLowerCase()
      if (how === 'private') change(repository, { isPrivate: true })
      else change(repository, { owner: 'nobody-knows-where', name: 'nor-under-which-name' })
      await nextNight()
      expect(await giteeNight()).toBe('done')
      expect(await storedKeys(account)).toEqual(before)
      const passes = await world.db.repositoryPass.findMany({ where: { platform: 'gitee' } })
      expect(passes.filter(({ failureKind }) => failureKind !== null).map(({ sourceKey }) => sourceKey)).toContain(
        source,
      )
      const others = passes.filter(({ failureKind }) => failureKind === null)
      expect(others.length).toBeGreaterThanOrEqual(5)
      expect(
        others.every(({ completedAt }) => completedAt !== null && Date.now() - completedAt.getTime() < 3_600_000),
      ).toBe(true)
      const admin = await makeMember(world, world.university, { roles: ['admin'] })
      const { platforms } = await getSyncHealth(admin.actor, { now: new Date(), platforms: world.outside.platforms })
      expect(platforms.find(({ platform }) => platform === 'gitee')?.repositories?.gone).toBeGreaterThan(0)
    },
  )
})

describe('a grant', () => {
  test('that is revoked between two pages ends the sync, keeps what was read, and one click goes on', async () => {
    const account = await world.link('github', LIN_YUE.github)
    const { github } = world.outside.platforms
    let pages = 0
    const revoking = {
      ...github,
      listAuthorPullRequests: async (request: Parameters<typeof github.listAuthorPullRequests>[0]) => {
        pages += 1
        if (pages === 2 && request.credential.kind === 'token') await github.oauth.revoke(request.credential.token)
        const [cursor = '', skip = '0'] = (request.cursor ?? '|0').split('|')
        const page = await github.listAuthorPullRequests({ ...request, cursor: cursor === '' ? null : cursor })
        const from = Number(skip)
        const isCut = page.items.length > from + 7
        return {
          ...page,
          items: page.items.slice(from, from + 7),
          nextCursor: isCut ? `${cursor}|${from + 7}` : page.nextCursor && `${page.nextCursor}|0`,
        }
      },
    }
    const runId = await world.request(account)
    expect(await world.run(account, runId, { platforms: { ...world.outside.platforms, github: revoking } })).toBe(
      'failed',
    )
    expect(await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      failureKind: 'sign_in_expired',
      tokenSealed: null,
    })
    expect((await world.stored(account)).size).toBe(7)
    const told = await world.db.notification.findMany({ where: { memberId: account.member.memberId } })
    expect(told.map(({ code }) => code)).toEqual(['sync_needs_you'])
    const { freshness, latestRun } = await getSyncStatus(account.member.actor, { accountId: account.accountId })
    expect([freshness, latestRun?.failureKind]).toEqual(['failed', 'sign_in_expired'])
    await world.db.$executeRaw`update sync_source set pass_cursor = null`
    await world.sync(account, { trigger: 'refresh' })
    expect(await storedKeys(account)).toEqual(truthOf(LIN_YUE.github))
  })
})

describe('a login', () => {
  test('that its owner gave up and a stranger took brings nothing of the stranger', async () => {
    await connectApp(world)
    const account = await world.link('github', LIN_YUE.github)
    const input = { universityId: world.university.universityId, platform: 'github' as const }
    const night = () => syncCohort(SYNC, input, { platforms: world.outside.platforms })
    expect(await night()).toBe('done')
    const { login } = world.outside.account('github', LIN_YUE.github)
    world.outside.sandbox.context.world.changeAccount('github', LIN_YUE.github, { login: 'renamed-since' })
    world.outside.sandbox.context.world.changeAccount('github', CHEN_SIYUAN.github, { login })
    const [open] = world.outside.pullRequestsOf('github', LIN_YUE.github).filter(({ state }) => state === 'open')
    if (!open) throw new Error('nothing open')
    landPullRequest(world.outside.sandbox.context.world, open, new Date('2026-11-23T00:00:00Z'))
    await tomorrow()
    expect(await night()).toBe('done')
    expect((await world.stored(account)).get(keyOf(open))?.state).toBe('merged')
    expect(await storedKeys(account)).toEqual(truthOf(LIN_YUE.github))
    const others = await world.db.contribution.count({ where: { authorPlatformUserId: String(CHEN_SIYUAN.github) } })
    expect(others).toBe(0)
    expect((await world.db.linkedAccount.findUniqueOrThrow({ where: { id: account.accountId } })).login).toBe(
      'renamed-since',
    )
  })
})

describe('clocks that differ', () => {
  test.each([-12, 12])(
    'a platform that is %i minutes ahead of us loses nothing: the watermark is of its own times',
    async (minutes) => {
      const account = await world.link('github', LIN_YUE.github)
      const { world: outside } = world.outside.sandbox.context
      // Our clock is the one that is wrong by so much, for everything that a sync does.
      const now = () => new Date(Date.now() - minutes * 60_000)
      const runId = await world.request(account, { now: now() })
      expect(await world.run(account, runId, { now })).toBe('done')
      const source = await world.db.syncSource.findFirstOrThrow({ where: { accountId: account.accountId } })
      const newest = Math.max(
        ...world.outside.pullRequestsOf('github', LIN_YUE.github).map(({ updatedAt }) => updatedAt.getTime()),
      )
      expect(source.watermarkAt?.getTime()).toBe(Math.floor(newest / 1000) * 1000)
      // What changes a second after the newest that was read, by the platform's clock, is found.
      const [pull] = world.outside.pullRequestsOf('github', LIN_YUE.github).filter(({ state }) => state === 'closed')
      if (!pull) throw new Error('nothing closed')
      outside.changePullRequest(pull, { title: 'Changed since', updatedAt: new Date(newest + 1000) })
      const again = await world.request(account, { trigger: 'refresh', now: now() })
      expect(await world.run(account, again, { now })).toBe('done')
      expect((await world.stored(account)).get(keyOf(pull))?.title).toBe('Changed since')
    },
  )

  test('a night is due again by our clock alone, and a limit waits by the platform’s', async () => {
    await connectApp(world)
    const account = await world.link('github', LIN_YUE.github)
    const input = { universityId: world.university.universityId, platform: 'github' as const }
    expect(await syncCohort(SYNC, input, { platforms: world.outside.platforms })).toBe('done')
    await tomorrow()
    const { github } = world.outside.platforms
    if (github.sync !== 'by_cohort') throw new Error('read otherwise')
    const until = new Date(Date.now() + 600_000)
    const limited = {
      ...github,
      scanCohort: async () => {
        throw new PlatformError({ platform: 'github', kind: 'rate_limited', until })
      },
    }
    expect(await syncCohort(SYNC, input, { platforms: { ...world.outside.platforms, github: limited } })).toBe(
      'waiting',
    )
    const [job] = await world.jobs('sync-cohort')
    expect(job?.run_at.getTime()).toBeGreaterThanOrEqual(until.getTime())
    expect(job?.run_at.getTime()).toBeLessThan(until.getTime() + 20_000)
    expect(await syncCohort(SYNC, input, { platforms: world.outside.platforms })).toBe('done')
    expect(
      (await world.db.linkedAccount.findUniqueOrThrow({ where: { id: account.accountId } })).syncedAt?.getTime(),
    ).toBeGreaterThan(Date.now() - 60_000)
  })
})
