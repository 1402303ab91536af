import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shownAccountId } from '@/sandbox/world/shown-ids'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'

const LIN_YUE = 5150001
const CHEN_SIYUAN = 5150002

let world: SyncWorld
let account: SyncAccount
beforeAll(async () => {
  world = await openSyncWorld()
  account = await world.link('gitcode', CHEN_SIYUAN)
  await world.sync(account)
}, 120_000)
afterAll(() => world.close())

describe('a GitCode account', () => {
  test('brings what it landed in all repositories, by its id, with counts, merger and the merge commit', async () => {
    const truth = world.outside.pullRequestsOf('gitcode', CHEN_SIYUAN).filter(({ state }) => state === 'merged')
    const stored = await world.stored(account)
    expect([...stored.keys()].sort()).toEqual(truth.map(keyOf).sort())
    for (const pull of truth) {
      const row = stored.get(keyOf(pull))
      expect(row).toMatchObject({
        landingState: 'landed',
        landedCommitSha: pull.landing?.sha,
        additions: pull.additions,
        deletions: pull.deletions,
        mergedByUserId: shownAccountId('gitcode', pull.mergedById ?? 0),
      })
      expect(row?.landedAt?.toISOString()).toBe(pull.mergedAt?.toISOString())
    }
  })

  test('changes nothing when it is read again, and reads only what was updated', async () => {
    const before = await world.stored(account)
    const runId = await world.sync(account)
    expect(await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      inserted: 0,
      refreshed: 0,
    })
    expect((await world.stored(account)).size).toBe(before.size)
  })

  test('a back-port is the work that it was picked from', async () => {
    const pick = world.outside.trapped('cherry_pick', { platform: 'gitcode', authorId: CHEN_SIYUAN })
    const stored = await world.stored(account)
    const original = pick.cherryPickOf && stored.get(keyOf(pick.cherryPickOf))
    expect(stored.get(keyOf(pick))?.workId).toBe(original?.workId)
  })

  test('a landing that a commit took back is taken back', async () => {
    const own = await world.link('gitcode', LIN_YUE)
    await world.sync(own)
    const reverted = world.outside.trapped('reverted', { platform: 'gitcode', authorId: LIN_YUE })
    expect((await world.stored(own)).get(keyOf(reverted))).toMatchObject({ landingState: 'reverted' })
  })

  test('what went along when a project moved is one work, whichever home was read first', async () => {
    const atGitee = await world.link('gitee', 9150002, account.member)
    await world.sync(atGitee)
    const moved = world.outside.trapped('moved_repository', { platform: 'gitcode', authorId: CHEN_SIYUAN })
    const here = (await world.stored(account)).get(keyOf(moved))
    const there = moved.mirrorOf && (await world.stored(atGitee)).get(keyOf(moved.mirrorOf))
    expect(here?.landedCommitSha).toBe(there?.landedCommitSha)
    expect(here?.workId).toBe(there?.workId)
  })

  test('with the university’s token the catalogued repositories are read, for an account under its name of today', async () => {
    const other = await openSyncWorld()
    try {
      const own = await other.link('gitcode', CHEN_SIYUAN)
      const credential = { kind: 'token', of: 'university', token: 'sandbox-gitcode-service-yunlu' } as const
      const named = await other.outside.platforms.gitcode.resolveAccount({
        account: { platformUserId: own.platformUserId, nodeId: null, login: 'csy_forge' },
        credential,
      })
      expect(named.login).toBe('csy_forge')
      other.outside.sandbox.context.world.changeAccount('gitcode', CHEN_SIYUAN, { login: 'siyuan-renamed' })
      const ask = other.outside.platforms.gitcode.resolveAccount({ account: named, credential })
      await expect(ask).rejects.toThrow(/sign_in_expired/)
    } finally {
      await other.close()
    }
  })
})
