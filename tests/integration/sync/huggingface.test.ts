import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shownAccountId } from '@/sandbox/world/shown-ids'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'

const LIN_YUE = 7150001
const CHEN_SIYUAN = 7150002
/** What prisma/seed's catalog has of the sandbox's world. */
const CATALOGUED =
  /^(Qwen\/|BAAI\/bge-m3$|sentence-transformers\/all-MiniLM-L6-v2$|datasets\/HuggingFaceFW\/|spaces\/mteb\/)/

let world: SyncWorld
let account: SyncAccount
beforeAll(async () => {
  world = await openSyncWorld()
  account = await world.link('huggingface', LIN_YUE)
  await world.sync(account)
}, 120_000)
afterAll(() => world.close())

function mergedIn(authorId: number) {
  return world.outside.pullRequestsOf('huggingface', authorId).filter((pull) => {
    const repository = world.outside.sandbox.context.world.findRepository('huggingface', pull.repositoryId)
    return pull.state === 'merged' && CATALOGUED.test(`${repository?.owner}/${repository?.name}`)
  })
}

describe('a Hugging Face account', () => {
  test('brings what it landed in catalogued models, datasets and spaces, with when, by whom and how large', async () => {
    const truth = mergedIn(LIN_YUE)
    const stored = await world.stored(account)
    expect([...stored.keys()].sort()).toEqual(truth.map(keyOf).sort())
    expect(new Set([...stored.values()].map(({ repository }) => repository.owner.split('/').length)).size).toBe(2)
    for (const pull of truth) {
      const row = stored.get(keyOf(pull))
      expect(row).toMatchObject({
        landingState: pull.revertedBy === null ? 'landed' : 'reverted',
        landedCommitSha: pull.landing?.sha,
        additions: pull.additions,
        deletions: pull.deletions,
        changedFiles: pull.changedFiles,
        mergedByUserId: shownAccountId('huggingface', pull.mergedById ?? 0),
      })
      expect(row?.landedAt?.toISOString()).toBe(pull.mergedAt?.toISOString())
      expect(row?.closedAt?.toISOString()).toBe(pull.closedAt?.toISOString())
    }
  })

  test('is not looked up anew when it is read again: what lists leave out is known', async () => {
    const before = world.outside.sandbox.log.lastSequence
    const runId = await world.sync(account)
    expect(await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      inserted: 0,
      refreshed: 0,
    })
    const details = world.outside.sandbox.log.since(before).filter(({ path }) => /\/discussions\/\d+/.test(path))
    expect(details).toEqual([])
  })

  test('a pull request that is merged after a later one was read is found by the next sync', async () => {
    const own = await world.link('huggingface', CHEN_SIYUAN)
    await world.sync(own)
    const outside = world.outside.sandbox.context.world
    const [late] = world.outside.pullRequestsOf('huggingface', CHEN_SIYUAN).filter((pull) => {
      const repository = outside.findRepository('huggingface', pull.repositoryId)
      return pull.state === 'closed' && CATALOGUED.test(`${repository?.owner}/${repository?.name}`)
    })
    if (!late) throw new Error('nothing was closed')
    const mergedAt = new Date('2026-11-23T08:00:00Z')
    const sha = 'ab'.repeat(20)
    outside.changePullRequest(late, {
      state: 'merged',
      mergedAt,
      mergedById: LIN_YUE,
      mergeCommitSha: sha,
      landing: { kind: 'merged', sha, at: mergedAt, branch: 'main', message: `${late.title} (#${late.number})` },
    })
    await world.sync(own)
    expect((await world.stored(own)).get(keyOf(late))).toMatchObject({ landingState: 'landed', landedCommitSha: sha })
  })

  test('under another name the account is the same; only its owner can say the name', async () => {
    const other = await world.link('huggingface', 7150003)
    const { platforms, sandbox } = world.outside
    const known = { platformUserId: other.platformUserId, nodeId: null, login: 'mingxuan-z' }
    sandbox.context.world.changeAccount('huggingface', 7150003, { login: 'mingxuan-renamed' })
    const service = { kind: 'token', of: 'university', token: 'sandbox-huggingface-service-yunlu' } as const
    const resolve = (credential: Parameters<typeof platforms.huggingface.resolveAccount>[0]['credential']) =>
      platforms.huggingface.resolveAccount({ account: known, credential })
    await expect(resolve(service)).rejects.toThrow(/sign_in_expired/)
    expect((await resolve(await world.outside.credentialOf('huggingface', 7150003))).login).toBe('mingxuan-renamed')
  })
})
