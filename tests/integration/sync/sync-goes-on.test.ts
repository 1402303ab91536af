import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetExpired, HOUSEKEEPING } from '@/lib/accounts/forget-expired'
import { open } from '@/lib/config/sealing'
import { withScope } from '@/lib/db/scope'
import { syncTokenContext } from '@/lib/db/sync-runs'
import type { PullRequestPageRequest } from '@/lib/platforms/port'
import { queueSyncRun } from '@/lib/queue/queue-sync-run'
import { requestSync } from '@/lib/sync/request-sync'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }
const HOUR_MS = 3_600_000

let world: SyncWorld
beforeEach(async () => {
  world = await openSyncWorld()
})
afterEach(() => world.close())

async function breakOff(account: SyncAccount, startedAt: Date): Promise<void> {
  await world.db.syncSource.create({
    data: {
      accountId: account.accountId,
      personId: account.personId,
      source: 'pull-requests',
      watermarkAt: new Date('2026-01-01T00:00:00Z'),
      passCursor: 'old-cursor',
      passStartedAt: startedAt,
      passWatermarkAt: new Date('2026-02-01T00:00:00Z'),
    },
  })
}

/** The cursors that a run asks for, over pages that hold nothing. */
async function cursorsOf(account: SyncAccount, trigger: 'refresh' | 'backfill') {
  const asked: PullRequestPageRequest[] = []
  const { github } = world.outside.platforms
  const [source = ''] = await github.listSources({
    catalog: { repositories: [], owners: [] },
    credential: { kind: 'anonymous' },
  })
  await world.db.syncSource.updateMany({ where: { accountId: account.accountId }, data: { source } })
  const listAuthorPullRequests = async (request: PullRequestPageRequest) => {
    asked.push(request)
    return { items: [], skipped: [], nextCursor: null }
  }
  const platforms = { ...world.outside.platforms, github: { ...github, listAuthorPullRequests } }
  const runId = await world.request(account, { trigger })
  expect(await world.run(account, runId, { platforms })).toBe('done')
  return asked.map(({ cursor, untilUpdatedAt }) => ({ cursor, until: untilUpdatedAt?.toISOString() ?? null }))
}

test('a pass goes on at its cursor and then reads the top once more, down to where it began', async () => {
  const account = await world.link('github', LIN_YUE.github)
  await breakOff(account, new Date(Date.now() - HOUR_MS))
  expect(await cursorsOf(account, 'refresh')).toEqual([
    { cursor: 'old-cursor', until: '2026-01-01T00:00:00.000Z' },
    { cursor: null, until: '2026-02-01T00:00:00.000Z' },
  ])
})

test('a pass that is a day old, or of another kind, begins anew', async () => {
  const old = await world.link('github', LIN_YUE.github)
  await breakOff(old, new Date(Date.now() - 25 * HOUR_MS))
  expect(await cursorsOf(old, 'refresh')).toEqual([{ cursor: null, until: '2026-01-01T00:00:00.000Z' }])
  const other = await world.link('github', 71204502)
  await breakOff(other, new Date(Date.now() - HOUR_MS))
  expect(await cursorsOf(other, 'backfill')).toEqual([{ cursor: null, until: null }])
})

test('a run whose job is gone is ended with its token; one that has its job is not', async () => {
  const account = await world.link('github', LIN_YUE.github)
  const token = await world.outside.grantToken('github', LIN_YUE.github)
  const long = new Date(Date.now() - 2 * HOUR_MS)
  const lost = await world.request(account, { token, now: long })
  const other = await world.link('github', 71204502)
  const living = await requestSync(
    other.member.actor,
    { accountId: other.accountId, trigger: 'refresh' },
    { now: long },
  )
  const fresh = await world.request(await world.link('gitee', LIN_YUE.gitee))
  expect((await forgetExpired(HOUSEKEEPING)).lostRuns).toBe(1)
  expect((await forgetExpired(HOUSEKEEPING)).lostRuns).toBe(0)
  const states = await world.db.syncRun.findMany({ where: { id: { in: [lost, living.runId, fresh] } } })
  expect(new Map(states.map(({ id, state }) => [id, state]))).toEqual(
    new Map([
      [lost, 'failed'],
      [living.runId, 'queued'],
      [fresh, 'queued'],
    ]),
  )
  expect((await world.db.syncRun.findUniqueOrThrow({ where: { id: lost } })).tokenSealed).toBeNull()
})

test('a fresh sign-in that meets a waiting run without a token lets it go on now', async () => {
  const account = await world.link('github', LIN_YUE.github)
  const { actor } = account.member
  const runId = await world.request(account, { token: null })
  const retryAt = new Date(Date.now() + HOUR_MS)
  await world.db.syncRun.update({ where: { id: runId }, data: { state: 'waiting', retryAt } })
  const { personId, universityId } = actor
  const whose = { accountId: account.accountId, personId, universityId }
  const order = { ...whose, trigger: 'refresh', token: 'gho_fresh', now: new Date() } as const
  const ask = () => withScope(actor, (tx) => queueSyncRun(tx, actor, order))
  expect(await ask()).toEqual({ runId, joined: true, tokenLeft: false })
  const run = await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
  expect(open(run.tokenSealed ?? '', syncTokenContext(runId))).toBe('gho_fresh')
  expect(run).toMatchObject({ state: 'queued', retryAt: null })
  const [job] = await world.jobs('sync-account')
  expect(job?.run_at.getTime()).toBeLessThan(retryAt.getTime())
  expect(await ask()).toEqual({ runId, joined: true, tokenLeft: true })
})

test('what took a landing back is remembered when the platform does not list it any more', async () => {
  const account = await world.link('github', LIN_YUE.github)
  await world.sync(account)
  const pull = world.outside
    .pullRequestsOf('github', LIN_YUE.github)
    .find((one) => one.traps.includes('reverted') && one.mergedAt !== null)
  if (!pull) throw new Error('nothing reverted')
  const { github } = world.outside.platforms
  const listAuthorPullRequests = async (request: PullRequestPageRequest) => {
    const page = await github.listAuthorPullRequests(request)
    const items = page.items.map((item) => ({ ...item, title: `${item.title}.`, revertedBy: [], mentionedBy: [] }))
    return { ...page, items }
  }
  const before = (await world.stored(account)).get(keyOf(pull))
  await world.db.contribution.updateMany({ data: { reverts: [] } })
  const runId = await world.request(account, { trigger: 'backfill' })
  const platforms = { ...world.outside.platforms, github: { ...github, listAuthorPullRequests } }
  expect(await world.run(account, runId, { platforms })).toBe('done')
  const after = (await world.stored(account)).get(keyOf(pull))
  expect(after?.title).toBe(`${before?.title}.`)
  expect(after).toMatchObject({ landingState: 'reverted', landingProof: before?.landingProof })
})

test('reverts are looked up by an index', async () => {
  const explain = (condition: string) =>
    world.db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('set local enable_seqscan = off')
      return JSON.stringify(await tx.$queryRawUnsafe(`explain select id from contribution where ${condition}`))
    })
  expect(await explain(`reverts && '{12}'`)).toContain('contribution_reverts_idx')
  expect(await explain(`title = 'Fix the loader'`)).toContain('contribution_title_idx')
})
