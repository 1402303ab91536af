import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { getSyncStatus, listSyncRuns } from '@/lib/sync/get-sync-status'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'

const LIN_YUE = { github: 71204501, gitee: 9150001 }
const CHEN_SIYUAN = { github: 71204502, gitee: 9150002 }

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: SyncWorld
let github: SyncAccount
let gitee: SyncAccount

beforeAll(async () => {
  world = await openSyncWorld()
  github = await world.link('github', LIN_YUE.github)
  gitee = await world.link('gitee', LIN_YUE.gitee, github.member)
})
afterAll(() => world.close())
beforeEach(() => world.outside.sandbox.faults.clear())

describe('a first sync', () => {
  test('stores exactly what the account wrote, with how each landed, and reports it', async () => {
    const runId = await world.sync(github)
    const rows = await world.stored(github)
    const truth = world.outside.pullRequestsOf('github', LIN_YUE.github)
    expect([...rows.keys()].sort()).toEqual(truth.map(keyOf).sort())
    const status = await getSyncStatus(github.member.actor, { accountId: github.accountId })
    expect(status).toMatchObject({
      freshness: 'fresh',
      latestRun: { id: runId, state: 'done', sourcesTotal: 1, sourcesDone: 1 },
    })
    expect(status.latestRun).toMatchObject({
      seen: truth.length,
      inserted: truth.length,
      refreshed: 0,
      unchanged: 0,
      skipped: 0,
    })
    expect(status.syncedAt).not.toBeNull()
  })

  test('every way of landing is seen, and nothing else counts as landed', async () => {
    const rows = await world.stored(github)
    const ruleOf = (trap: Parameters<typeof world.outside.trapped>[0]) => {
      const row = rows.get(keyOf(world.outside.trapped(trap, { authorId: LIN_YUE.github })))
      return { state: row?.landingState, rule: row?.landingRule, sha: row?.landedCommitSha }
    }
    const shaOf = (trap: Parameters<typeof world.outside.trapped>[0]) =>
      world.outside.trapped(trap, { authorId: LIN_YUE.github }).landing?.sha
    expect(ruleOf('pytorch_label_landing')).toMatchObject({
      state: 'landed',
      rule: 'label_closed_by',
      sha: shaOf('pytorch_label_landing'),
    })
    expect(ruleOf('pytorch_relanded')).toMatchObject({
      state: 'landed',
      rule: 'label_closed_by',
      sha: shaOf('pytorch_relanded'),
    })
    expect(ruleOf('commit_trailer_landing')).toMatchObject({
      state: 'landed',
      rule: 'commit_trailer',
      sha: shaOf('commit_trailer_landing'),
    })
    expect(ruleOf('mirror_closed_unmerged')).toMatchObject({ state: 'not_landed', rule: null })
    for (const row of rows.values()) if (row.landingState === 'landed') expect(row.landedAt).not.toBeNull()
    const pytorchReverted = world.outside
      .pullRequestsOf('github', LIN_YUE.github)
      .find((one) => one.traps.includes('reverted') && one.traps.includes('pytorch_reverted'))
    const reverted = pytorchReverted && rows.get(keyOf(pytorchReverted))
    expect(reverted).toMatchObject({ landingState: 'reverted', state: 'open' })
    expect(reverted?.landedAt).not.toBeNull()
  })

  test('a landing that was reverted by another pull request stands as reverted', async () => {
    const rows = await world.stored(github)
    const pull = world.outside
      .pullRequestsOf('github', LIN_YUE.github)
      .find((one) => one.traps.includes('reverted') && one.mergedAt !== null)
    expect(pull && rows.get(keyOf(pull))).toMatchObject({ landingState: 'reverted', landingRule: 'merged' })
  })

  test('a mirror on the other platform is the same work, and so is a cherry-pick', async () => {
    await world.sync(gitee)
    const one = await world.stored(github)
    const other = await world.stored(gitee)
    const original = one.get(keyOf(world.outside.trapped('mirror', { authorId: LIN_YUE.github })))
    const copy = other.get(keyOf(world.outside.trapped('mirror', { platform: 'gitee', authorId: LIN_YUE.gitee })))
    expect(original?.landedCommitSha).toBe(copy?.landedCommitSha)
    expect(copy?.workId).toBe(original?.workId)
    const pick = world.outside.trapped('cherry_pick', { authorId: LIN_YUE.github })
    const source = pick.cherryPickOf
    expect(one.get(keyOf(pick))?.workId).toBe(source && one.get(keyOf(source))?.workId)
    const works = new Set([...one.values()].map((row) => row.workId))
    expect(works.size).toBe(one.size - 1)
  })

  test('the token is gone from the database and dead at the platform', async () => {
    const token = await world.outside.grantToken('github', LIN_YUE.github)
    const runId = await world.request(github, { token, trigger: 'refresh' })
    expect((await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).tokenSealed).not.toBeNull()
    expect(await world.run(github, runId)).toBe('done')
    expect((await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).tokenSealed).toBeNull()
    await expect(world.outside.platforms.github.oauth.whoAmI(token)).rejects.toThrow(/sign_in_expired/)
  })
})

describe('a second sync', () => {
  test('reads down to the watermark and changes nothing', async () => {
    const before = await world.stored(github)
    const runId = await world.sync(github, { trigger: 'refresh' })
    const run = await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
    expect(run).toMatchObject({ inserted: 0, refreshed: 0, pages: 1 })
    const after = await world.stored(github)
    for (const [key, row] of after)
      expect({ ...row, refreshedAt: null }).toEqual({ ...before.get(key), refreshedAt: null })
  })
})

describe('the wall', () => {
  test('nobody sees how another person is synced', async () => {
    const stranger = (await world.link('github', CHEN_SIYUAN.github)).member.actor
    await expect(getSyncStatus(stranger, { accountId: github.accountId })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(listSyncRuns(stranger, { accountId: github.accountId })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await listSyncRuns(github.member.actor, { accountId: github.accountId })).items.length).toBeGreaterThan(1)
  })
})
