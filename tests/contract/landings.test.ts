import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluateLanding } from '@/lib/domain/landing'
import { BORS, COPYBARA, GHSTACK, type LandingRules, MERGED, PYTORCH, SPARK } from '@/lib/domain/landing-rule'
import type { CompletedPullRequest, Credential } from '@/lib/platforms/port'
import type { PullRequest, Trap } from '@/sandbox/world/types'
import { openPlatformSandbox, type PlatformSandbox } from './platform-sandbox'

const READER = 71204501
/** A change of theirs was taken out by a pull request, and that by another. */
const GAO_TIANYU = 71204512

let world: PlatformSandbox
let credential: Credential
beforeAll(async () => {
  world = await openPlatformSandbox()
  credential = await world.credentialOf('github', READER)
})
afterAll(() => world.close())

function placeOf({ platform, repositoryId, number }: PullRequest) {
  const repository = world.sandbox.context.world.findRepository(platform, repositoryId)
  return { owner: repository?.owner ?? '', name: repository?.name ?? '', number }
}

/** As a sync sees it: the record, then what lists leave out. */
async function complete(pull: PullRequest, landingRules: LandingRules): Promise<CompletedPullRequest> {
  const seen = await world.platforms.github.findPullRequest({ ...placeOf(pull), credential })
  if (seen === null) throw new Error('no such pull request')
  return world.platforms.github.completePullRequest({ pullRequest: seen, landingRules, credential })
}

async function landingOf(pull: PullRequest, rules: LandingRules) {
  const { pullRequest, branchCommits } = await complete(pull, rules)
  const defaultBranch = pullRequest.repository.defaultBranch
  return evaluateLanding(rules, { ...pullRequest, defaultBranch, branchCommits, revertedBy: null })
}

const trapped = (trap: Trap, authorId?: number) => world.trapped(trap, authorId === undefined ? {} : { authorId })

describe('each way of landing, from what GitHub shows, and its proof', () => {
  const factsOf = async (pull: PullRequest, rules: LandingRules) => {
    const { state, rule, commitSha, proof } = await landingOf(pull, rules)
    return { state, rule, isTrueCommit: commitSha === pull.landing?.sha, proof: proof.map(({ fact }) => fact) }
  }

  test.each<[string, Trap, LandingRules, { rule: string; proof: string[] }]>([
    [
      'PyTorch',
      'pytorch_label_landing',
      PYTORCH,
      { rule: 'label_closed_by', proof: ['state', 'labels', 'last_closed_by'] },
    ],
    ['Meta', 'commit_trailer_landing', GHSTACK, { rule: 'commit_trailer', proof: ['commit', 'trailer'] }],
    ['ghstack', 'ghstack_base', [...MERGED, ...GHSTACK], { rule: 'commit_trailer', proof: ['commit', 'trailer'] }],
    [
      'Copybara',
      'copybara_landing',
      [...MERGED, COPYBARA],
      { rule: 'commit_trailer', proof: ['commit', 'trailer', 'last_closed_by'] },
    ],
    ['Spark', 'spark_commit_closed', [SPARK], { rule: 'closed_by_commit', proof: ['closed_by_commit', 'line'] }],
    ['bors', 'bors_title', [BORS], { rule: 'title_prefix', proof: ['title', 'last_closed_by', 'commit'] }],
  ])('%s', async (_name, trap, rules, expected) => {
    const facts = await factsOf(trapped(trap), rules)
    expect(facts).toEqual({ state: 'landed', isTrueCommit: true, ...expected })
  })

  test.each<[string, Trap, LandingRules]>([
    ['a merge commit of a test merge', 'unmerged_with_merge_commit_sha', [...MERGED, ...PYTORCH]],
    ['a merge into a base that ghstack made', 'ghstack_base', MERGED],
    ['a closing commit that is about another pull request', 'closed_by_another_commit', [SPARK]],
    ['… also where any line would do', 'closed_by_another_commit', [{ rule: 'closed_by_commit' }]],
    ['a trailer on a release branch', 'trailer_on_release_branch', GHSTACK],
    ['a mirror', 'mirror_closed_unmerged', [{ rule: 'none' }]],
  ])('%s proves nothing', async (_name, trap, rules) => {
    expect((await landingOf(trapped(trap), rules)).state).toBe('not_landed')
  })

  test('a closing commit is looked for only where a rule rests on it', async () => {
    const pull = trapped('spark_commit_closed')
    expect((await complete(pull, MERGED)).branchCommits).toEqual([])
    expect((await complete(pull, [SPARK])).branchCommits.map(({ sha }) => sha)).toEqual([pull.landing?.sha])
  })
})

describe('who speaks of a pull request', () => {
  test('many commits do not hide the one that landed it: the list goes on, as far back as the landing', async () => {
    const pull = trapped('many_mentions')
    const seen = await world.platforms.github.findPullRequest({ ...placeOf(pull), credential })
    expect(seen?.mentionedBy.map(({ sha }) => sha)).not.toContain(pull.landing?.sha)
    expect(seen?.earlierMentions?.commits).not.toBeNull()
    const before = world.sandbox.log.lastSequence
    const { pullRequest, branchCommits } = await complete(pull, GHSTACK)
    expect(branchCommits.map(({ sha }) => sha)).toEqual([pull.landing?.sha])
    expect(pullRequest.earlierMentions).toBeUndefined()
    // The record, two more pages of a hundred, the look on the branch.
    expect(world.sandbox.log.since(before).filter(({ path }) => path.includes('/github/api'))).toHaveLength(4)
  })

  test('a pull request that reverts it is listed although commits speak of it too, and so is the revert of that', async () => {
    const undone = trapped('revert_undone', GAO_TIANYU)
    if (!undone.revertedBy?.number) throw new Error('nothing undone')
    const read = (number: number) => world.platforms.github.findPullRequest({ ...placeOf(undone), number, credential })
    const [first] = (await read(undone.number))?.revertedBy ?? []
    expect(first?.number).toBe(undone.revertedBy.number)
    const revert = world.sandbox.context.world.findPullRequest({ ...undone, number: first?.number ?? 0 })
    const [second] = (await read(first?.number ?? 0))?.revertedBy ?? []
    expect(second?.number).toBe(revert?.revertedBy?.number)
    expect(second?.number).toBeGreaterThan(first?.number ?? 0)
  })
})

test('a Gitee change over more files than are shown is cut, and its size is not taken from what is shown', async () => {
  const pull = world.trapped('many_files', { platform: 'gitee' })
  expect(pull.changedFiles).toBeGreaterThan(300)
  const token = await world.credentialOf('gitee', pull.authorId)
  const evidence = await world.platforms.gitee.collectEvidence({ ...placeOf(pull), credential: token })
  expect(evidence.files).toHaveLength(300)
  expect(evidence.filesTruncated).toBe(true)
  expect(evidence.files.reduce((sum, file) => sum + file.additions, 0)).toBeLessThan(pull.additions)
  expect(evidence.pullRequest).toMatchObject({ additions: null, deletions: null, changedFiles: null })
})
