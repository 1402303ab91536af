import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { BORS, COPYBARA, type LandingRules, MERGED, SPARK } from '@/lib/domain/landing-rule'
import type { PullRequest } from '@/sandbox/world/types'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const GAO_TIANYU = 71204512
const SUN_YIHAN = 71204504
const ZHAO_MINGXUAN = 71204503
const WANG_RUOXI = { github: 71204511, gitee: 9150011 }
const LIN_YUE = 71204501

let world: SyncWorld
beforeAll(async () => {
  world = await openSyncWorld()
})
afterAll(() => world.close())

async function rowOf(account: SyncAccount, pull: PullRequest) {
  const row = (await world.stored(account)).get(keyOf(pull))
  if (!row) throw new Error('not stored')
  return row
}

const factsOf = ({ landingProof }: { landingProof: unknown }): Record<string, string> =>
  Object.fromEntries(
    (landingProof as { fact: string; value: string }[]).map(({ fact, value }) => [fact, value] as const),
  )

describe('the revert of a revert', () => {
  test('by pull requests at GitHub: it stands, and the proof tells what took it out and what brought it back', async () => {
    const account = await world.link('github', GAO_TIANYU)
    await world.sync(account)
    const pull = world.outside.trapped('revert_undone', { authorId: GAO_TIANYU })
    const revert = world.outside.sandbox.context.world.findPullRequest({
      ...pull,
      number: pull.revertedBy?.number ?? 0,
    })
    const row = await rowOf(account, pull)
    expect(row).toMatchObject({ landingState: 'landed', landedCommitSha: pull.landing?.sha })
    expect(factsOf(row)).toMatchObject({
      reverted_by: `#${revert?.number}`,
      brought_back_by: `#${revert?.revertedBy?.number}`,
    })
    await world.sync(account, { trigger: 'backfill' })
    expect((await rowOf(account, pull)).landingProof).toEqual(row.landingProof)
  })

  test('by commits at GitHub', async () => {
    const account = await world.link('github', SUN_YIHAN)
    await world.sync(account)
    const pull = world.outside.trapped('revert_undone', { authorId: SUN_YIHAN })
    const row = await rowOf(account, pull)
    expect(row.landingState).toBe('landed')
    expect(factsOf(row)).toMatchObject({
      reverted_by: pull.revertedBy?.sha,
      brought_back_by: pull.revertedBy?.undoneBy?.sha,
    })
  })

  test('at Gitee, where the branch alone tells', async () => {
    const account = await world.link('gitee', WANG_RUOXI.gitee)
    await world.sync(account)
    const pull = world.outside.trapped('revert_undone', { platform: 'gitee', authorId: WANG_RUOXI.gitee })
    const row = await rowOf(account, pull)
    expect(row.landingState).toBe('landed')
    expect(Object.keys(factsOf(row))).toEqual(expect.arrayContaining(['reverted_by', 'brought_back_by']))
  })

  test('seen later than the revert, by either who looks: it is lifted, and claims are looked at again', async () => {
    const account = await world.link('gitee', 9150002)
    await world.sync(account)
    const pull = world.outside
      .pullRequestsOf('gitee', 9150002)
      .find(({ traps, revertedBy }) => traps.includes('reverted') && revertedBy?.number)
    if (!pull?.revertedBy) throw new Error('nothing reverted')
    const before = await rowOf(account, pull)
    expect(before.landingState).toBe('reverted')
    const { world: outside } = world.outside.sandbox.context
    const revert = outside.findPullRequest({ ...pull, number: pull.revertedBy.number ?? 0 })
    if (!revert) throw new Error('no revert')
    // A commit takes the revert back; nothing is updated at the pull request itself.
    outside.changePullRequest(revert, {
      revertedBy: { sha: 'f'.repeat(40), at: new Date(), number: null },
      updatedAt: revert.updatedAt,
    })
    await world.db.contribution.updateMany({ where: { id: before.id }, data: { refreshedAt: new Date(0) } })
    await world.sync(account, { trigger: 'refresh' })
    const after = await rowOf(account, pull)
    expect(after.landingState).toBe('landed')
    expect(factsOf(after).brought_back_by).toBe('f'.repeat(40))
    expect((await world.jobs('warn-claims')).map(({ key }) => key)).toContain(`warn-claims:${before.id}:reverted`)
  })
})

describe('landing rules of a repository, as its catalog entry says', () => {
  const entry = (owner: string, name: string, landing: LandingRules) => ({
    platform: 'github',
    owner,
    name,
    ownerKey: owner.toLowerCase(),
    nameKey: name.toLowerCase(),
    status: 'included',
    kind: 'framework',
    landing: [...landing],
    acceptedBranches: [],
    aliasKeys: [],
  })

  test('Spark, bors and Copybara land; what a commit closed without naming it, or stands elsewhere, does not', async () => {
    const entries = [
      entry('apache', 'spark', [SPARK]),
      entry('leanprover-community', 'mathlib4', [BORS]),
      entry('jax-ml', 'jax', [...MERGED, COPYBARA]),
    ]
    for (const one of entries) {
      const { platform, ownerKey, nameKey } = one
      const key = { platform_ownerKey_nameKey: { platform, ownerKey, nameKey } }
      await world.db.catalogEntry.upsert({ where: key, create: one, update: one })
    }
    const wordOf = async (account: SyncAccount, pull: PullRequest) => {
      const { landingState, landingRule, landedCommitSha } = await rowOf(account, pull)
      return [landingState, landingRule, landedCommitSha !== null && landedCommitSha === pull.landing?.sha]
    }
    const zhao = await world.link('github', ZHAO_MINGXUAN)
    const wang = await world.link('github', WANG_RUOXI.github)
    const lin = await world.link('github', LIN_YUE)
    for (const account of [zhao, wang, lin]) await world.sync(account)
    const at = (trap: Parameters<typeof world.outside.trapped>[0], authorId: number) =>
      world.outside.trapped(trap, { authorId })
    expect(await wordOf(zhao, at('spark_commit_closed', ZHAO_MINGXUAN))).toEqual(['landed', 'closed_by_commit', true])
    const another = at('closed_by_another_commit', ZHAO_MINGXUAN)
    expect(await wordOf(zhao, another)).toEqual(['not_landed', null, false])
    expect(await wordOf(wang, at('bors_title', WANG_RUOXI.github))).toEqual(['landed', 'title_prefix', true])
    expect(await wordOf(lin, at('copybara_landing', LIN_YUE))).toEqual(['landed', 'commit_trailer', true])
  })

  test('many mentions do not hide the landing, a release branch is not the default one, and the proof is shown', async () => {
    const sun = await world.link('github', SUN_YIHAN).catch(() => null)
    expect(sun).toBeNull()
    const rows = await world.db.contribution.findMany({
      where: { authorPlatformUserId: { in: [String(SUN_YIHAN), String(GAO_TIANYU)] } },
      include: { repository: true },
    })
    const of = (pull: PullRequest) =>
      rows.find((row) => `${row.repository.platformRepositoryId}#${row.number}` === keyOf(pull))
    expect(of(world.outside.trapped('many_mentions'))).toMatchObject({
      landingState: 'landed',
      landingRule: 'commit_trailer',
    })
    expect(of(world.outside.trapped('trailer_on_release_branch'))?.landingState).toBe('not_landed')
  })

  test('the student sees by what it landed', async () => {
    const account = await world.db.linkedAccount.findFirstOrThrow({ where: { platformUserId: String(GAO_TIANYU) } })
    const member = await world.db.member.findFirstOrThrow({ where: { personId: account.personId } })
    const actor = {
      kind: 'member' as const,
      personId: account.personId,
      memberId: member.id,
      universityId: member.universityId,
      roles: ['student' as const],
      reviewDepartmentIds: [],
    }
    const query = listContributionsQuery.parse({ filter: 'all', termId: null, platform: null, cursor: null })
    const { items } = await listContributions(actor, query)
    const pull = world.outside.trapped('revert_undone', { authorId: GAO_TIANYU })
    const view = items.find(({ number, title }) => number === pull.number && title === pull.title)
    expect(view?.landedBy).toMatchObject({ rule: 'merged' })
    expect(view?.landedBy?.proof.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['state', 'brought_back_by']))
  })
})
