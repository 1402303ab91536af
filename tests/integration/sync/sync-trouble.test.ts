import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { byPlatform } from '@/lib/domain/platform'
import { PlatformError } from '@/lib/platforms/platform-error'
import type { PlatformBasics, PlatformPort } from '@/lib/platforms/port'
import type { Platforms } from '@/lib/platforms/registry'
import { getSyncStatus, listSkippedRecords } from '@/lib/sync/get-sync-status'
import { keyOf, openSyncWorld, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const LIN_YUE = { github: 71204501 }
const CHEN_SIYUAN = { gitee: 9150002 }

/** Fresh for each: these change the outside world. */
let own: SyncWorld
beforeEach(async () => {
  own = await openSyncWorld()
})
afterEach(() => own.close())

describe('what changes outside', () => {
  test('a rename is a new name for the same account and the same rows', async () => {
    const account = await own.link('gitee', CHEN_SIYUAN.gitee)
    await own.sync(account)
    const before = (await own.stored(account)).size
    expect(before).toBeGreaterThan(0)
    own.outside.sandbox.context.world.changeAccount('gitee', CHEN_SIYUAN.gitee, { login: 'siyuan-renamed' })
    await own.sync(account, { trigger: 'refresh' })
    expect((await own.db.linkedAccount.findUniqueOrThrow({ where: { id: account.accountId } })).login).toBe(
      'siyuan-renamed',
    )
    expect((await own.stored(account)).size).toBe(before)
  })

  test('a revert that comes later takes the landing back and queues the warning', async () => {
    const account = await own.link('github', LIN_YUE.github)
    await own.sync(account)
    const pull = own.outside.trapped('pytorch_label_landing', { authorId: LIN_YUE.github })
    const plain = own.outside
      .pullRequestsOf('github', LIN_YUE.github)
      .find((one) => one.traps.join() === 'pytorch_label_landing')
    const target = plain ?? pull
    expect((await own.stored(account)).get(keyOf(target))?.landingState).toBe('landed')
    const updatedAt = new Date('2026-11-20T00:00:00Z')
    own.outside.sandbox.context.world.changePullRequest(target, {
      state: 'open',
      closedAt: null,
      labels: [...target.labels, 'Reverted'],
      updatedAt,
    })
    await own.sync(account, { trigger: 'refresh' })
    const row = (await own.stored(account)).get(keyOf(target))
    expect(row).toMatchObject({ landingState: 'reverted', state: 'open' })
    expect((await own.jobs('warn-claims')).map((job) => job.payload)).toEqual([
      { contributionId: row?.id, code: 'reverted' },
    ])
  })
})

describe('what goes wrong', () => {
  test('a crash in the middle of a pass goes on at its cursor and loses nothing', async () => {
    const account = await own.link('github', LIN_YUE.github)
    const small = shortPages(own.outside.platforms, 7)
    const runId = await own.request(account)
    await expect(own.run(account, runId, { platforms: breakingAfter(small, 2) })).rejects.toThrow('crash')
    const middle = await own.db.syncSource.findFirstOrThrow({ where: { accountId: account.accountId } })
    expect(middle.passCursor).not.toBeNull()
    expect(middle.watermarkAt).toBeNull()
    expect((await own.stored(account)).size).toBe(14)
    // Meanwhile the newest of what was not read yet moves to the front: it is seen by the next pass, not lost.
    const truth = own.outside.pullRequestsOf('github', LIN_YUE.github)
    expect(await own.run(account, runId, { platforms: small })).toBe('done')
    expect([...(await own.stored(account)).keys()].sort()).toEqual(truth.map(keyOf).sort())
    const done = await own.db.syncSource.findFirstOrThrow({ where: { accountId: account.accountId } })
    expect(done).toMatchObject({ passCursor: null })
    const newest = Math.max(...truth.map((one) => Math.floor(one.updatedAt.getTime() / 1000) * 1000))
    expect(done.watermarkAt?.getTime()).toBe(newest)
  })

  test('a pull request that is touched while pages are read is not lost: the watermark is from before', async () => {
    const account = await own.link('github', LIN_YUE.github)
    const truth = own.outside.pullRequestsOf('github', LIN_YUE.github)
    const oldest = truth.toSorted((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime())[0]
    if (!oldest) throw new Error('empty world')
    const small = shortPages(own.outside.platforms, 7)
    let pages = 0
    const touching = onPage(small, () => {
      pages += 1
      if (pages === 2)
        own.outside.sandbox.context.world.changePullRequest(oldest, { updatedAt: new Date('2026-11-22T00:00:00Z') })
    })
    const runId = await own.request(account)
    expect(await own.run(account, runId, { platforms: touching })).toBe('done')
    expect((await own.stored(account)).has(keyOf(oldest))).toBe(false)
    await own.sync(account, { trigger: 'refresh' })
    expect([...(await own.stored(account)).keys()].sort()).toEqual(truth.map(keyOf).sort())
  })

  test('a limit waits without a token lost, and goes on at the time the platform named', async () => {
    const account = await own.link('github', LIN_YUE.github)
    const runId = await own.request(account)
    own.outside.sandbox.faults.add({
      match: { path: '/graphql' },
      kind: 'rate_limit',
      times: 1,
      afterMatches: 0,
      retryAfterSeconds: 600,
    })
    expect(await own.run(account, runId)).toBe('waiting')
    const run = await own.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
    expect(run).toMatchObject({ state: 'waiting', failureKind: 'rate_limited' })
    const waitSeconds = ((run.retryAt?.getTime() ?? 0) - Date.now()) / 1000
    expect(waitSeconds).toBeGreaterThan(500)
    const [job] = await own.jobs('sync-account')
    expect(job?.run_at.getTime()).toBe(run.retryAt?.getTime())
    expect((await getSyncStatus(account.member.actor, { accountId: account.accountId })).freshness).toBe('syncing')
    expect(await own.run(account, runId)).toBe('done')
  })

  test('a sign-in that expired ends the run, destroys the token and asks the student', async () => {
    const account = await own.link('github', LIN_YUE.github)
    const runId = await own.request(account, { token: 'gho_dead' })
    expect(await own.run(account, runId)).toBe('failed')
    const run = await own.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
    expect(run).toMatchObject({ state: 'failed', failureKind: 'sign_in_expired', tokenSealed: null })
    const told = await own.db.notification.findMany({ where: { memberId: account.member.memberId } })
    expect(told.map((one) => one.code)).toEqual(['sync_needs_you'])
    expect(await own.run(account, runId)).toBe('ended_before')
  })

  test('a platform that stays down is waited for longer and longer, and given up after a day', async () => {
    const account = await own.link('gitee', CHEN_SIYUAN.gitee)
    const start = new Date('2026-11-24T00:00:00Z')
    const runId = await own.request(account, { now: start })
    const down = onPage(own.outside.platforms, () => {
      throw new PlatformError({ platform: 'gitee', kind: 'unavailable' })
    })
    const at = (minutes: number) => () => new Date(start.getTime() + minutes * 60_000)
    const wait = async (minutes: number) => {
      expect(await own.run(account, runId, { platforms: down, now: at(minutes) })).toBe('waiting')
      const { retryAt } = await own.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
      return ((retryAt?.getTime() ?? 0) - at(minutes)().getTime()) / 1000
    }
    expect(await wait(0)).toBe(15)
    expect(await wait(5)).toBe(300)
    expect(await wait(600)).toBe(1800)
    expect(await own.run(account, runId, { platforms: down, now: at(60 * 25) })).toBe('failed')
  })

  test('a poison record is skipped with its reference and reason; the rest arrives', async () => {
    const account = await own.link('github', LIN_YUE.github)
    const poisoned = mapPage(own.outside.platforms, (page) => ({
      ...page,
      items: page.items.slice(1),
      skipped: [{ reference: 'pytorch/pytorch#1', reason: 'unreadable_record' as const }],
    }))
    const runId = await own.request(account)
    expect(await own.run(account, runId, { platforms: poisoned })).toBe('done')
    const skips = await listSkippedRecords(account.member.actor, { accountId: account.accountId, runId })
    expect(skips[0]).toMatchObject({ ordinal: 1, reference: 'pytorch/pytorch#1', reason: 'unreadable_record' })
    expect((await own.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).skipped).toBe(skips.length)
  })

  test('two runs at once on one account give the same rows as one', async () => {
    const account = await own.link('github', LIN_YUE.github)
    const runs = [await own.request(account), await own.request(account)]
    expect(await Promise.all(runs.map((runId) => own.run(account, runId)))).toEqual(['done', 'done'])
    const truth = own.outside.pullRequestsOf('github', LIN_YUE.github)
    expect([...(await own.stored(account)).keys()].sort()).toEqual(truth.map(keyOf).sort())
    const inserted = await own.db.syncRun.aggregate({ _sum: { inserted: true } })
    expect(inserted._sum.inserted).toBe(truth.length)
  })
})

function wrap(platforms: Platforms, around: (port: PlatformPort) => Partial<PlatformBasics>): Platforms {
  const one = (port: PlatformPort): PlatformPort => ({ ...port, ...around(port) })
  return byPlatform((platform) => one(platforms[platform]))
}

function onPage(platforms: Platforms, work: () => void): Platforms {
  return wrap(platforms, (port) => ({
    listAuthorPullRequests: async (request) => {
      work()
      return port.listAuthorPullRequests(request)
    },
  }))
}

function breakingAfter(platforms: Platforms, pages: number): Platforms {
  let read = 0
  return onPage(platforms, () => {
    read += 1
    if (read > pages) throw new Error('crash')
  })
}

function mapPage(
  platforms: Platforms,
  map: (
    page: Awaited<ReturnType<PlatformPort['listAuthorPullRequests']>>,
  ) => Awaited<ReturnType<PlatformPort['listAuthorPullRequests']>>,
): Platforms {
  return wrap(platforms, (port) => ({
    listAuthorPullRequests: async (request) => map(await port.listAuthorPullRequests(request)),
  }))
}

/** Pages of a few records, as an account with hundreds has them: the platform's own cursors, cut smaller. */
function shortPages(platforms: Platforms, size: number): Platforms {
  return wrap(platforms, (port) => ({
    listAuthorPullRequests: async (request) => {
      const [cursor = '', skip = '0'] = (request.cursor ?? '|0').split('|')
      const page = await port.listAuthorPullRequests({ ...request, cursor: cursor === '' ? null : cursor })
      const from = Number(skip)
      const items = page.items.slice(from, from + size)
      const isCut = page.items.length > from + size
      const next = isCut ? `${cursor}|${from + size}` : page.nextCursor && `${page.nextCursor}|0`
      return { ...page, items, nextCursor: next }
    },
  }))
}
