import { describe, expect, it } from 'vitest'
import { evaluateLanding, isStackBase, type LandingFacts, landedBranch } from './landing'
import { BORS, COMMIT_TRAILER_OF_META, landingRulesSchema, MERGED, MIRROR, PYTORCH } from './landing-rule'

const CLOSED_AT = new Date('2026-03-01T10:00:00Z')
const URL = 'https://github.com/pytorch/pytorch/pull/92180'

function facts(over: Partial<LandingFacts> = {}): LandingFacts {
  return {
    state: 'closed',
    title: 'Fix a leak',
    url: URL,
    number: 92180,
    baseBranch: 'main',
    labels: [],
    closedAt: CLOSED_AT,
    mergedAt: null,
    lastClosedBy: { login: 'pytorchmergebot', platformUserId: '97764156' },
    closerCommitSha: null,
    mergeCommitSha: 'a'.repeat(40),
    defaultBranchCommits: [],
    revertedBy: null,
    ...over,
  }
}

describe('merged', () => {
  it('lands at the time of merging, with its commit', () => {
    const mergedAt = new Date('2026-03-02T00:00:00Z')
    expect(evaluateLanding(MERGED, facts({ state: 'merged', mergedAt }))).toMatchObject({
      state: 'landed',
      rule: 'merged',
      landedAt: mergedAt,
      commitSha: 'a'.repeat(40),
    })
  })
  it('takes no merge_commit_sha for proof', () => {
    expect(evaluateLanding(MERGED, facts()).state).toBe('not_landed')
  })
  it('does not believe a merge into a ghstack base', () => {
    const stacked = facts({ state: 'merged', mergedAt: CLOSED_AT, baseBranch: 'gh/ezyang/46/base' })
    expect(evaluateLanding(MERGED, stacked).state).toBe('not_landed')
  })
  it('is taken back by a later revert, and keeps when it landed', () => {
    const revertedBy = { number: 93000, commitSha: null, at: null }
    const result = evaluateLanding(MERGED, facts({ state: 'merged', mergedAt: CLOSED_AT, revertedBy }))
    expect(result).toMatchObject({ state: 'reverted', landedAt: CLOSED_AT })
    expect(result.proof).toContainEqual({ fact: 'reverted_by', value: '#93000' })
  })
})

describe('PyTorch: label and last close', () => {
  const stranger = { login: 'someone', platformUserId: '5' }
  it.each([
    ['labelled and closed by the bot', { labels: ['Merged'] }, 'landed'],
    ['labelled in another case, numbered', { labels: ['mergedX2', 'Merged', 'Reverted'] }, 'landed'],
    ['landed, reverted, landed, reverted', { labels: ['Merged', 'Reverted', 'mergedX2', 'revertedX2'] }, 'reverted'],
    ['as many reverts as landings', { labels: ['Merged', 'Reverted'] }, 'reverted'],
    ['reopened', { labels: ['Merged'], state: 'open' as const }, 'reverted'],
    ['reverted, then given up by its author', { labels: ['Merged', 'Reverted'], lastClosedBy: stranger }, 'reverted'],
    [
      'relanded label, but closed by somebody',
      { labels: ['Merged', 'mergedX2', 'Reverted'], lastClosedBy: stranger },
      'reverted',
    ],
    ['label set by hand, closed by somebody', { labels: ['Merged'], lastClosedBy: stranger }, 'not_landed'],
    ['closed by the bot without label', { labels: ['ciflow/trunk'] }, 'not_landed'],
    ['a label that only begins like it', { labels: ['merged-later'] }, 'not_landed'],
    [
      'a login that only looks like the bot',
      { labels: ['Merged'], lastClosedBy: { login: 'pytorchmergebot2', platformUserId: '6' } },
      'not_landed',
    ],
  ])('%s: %s → %s', (_name, over, state) => {
    expect(evaluateLanding(PYTORCH, facts(over)).state).toBe(state)
  })
  it('lands when the bot closed it, by the commit that closed it', () => {
    const result = evaluateLanding(PYTORCH, facts({ labels: ['Merged'], closerCommitSha: 'b'.repeat(40) }))
    expect(result).toMatchObject({ rule: 'label_closed_by', landedAt: CLOSED_AT, commitSha: 'b'.repeat(40) })
  })
  it('goes by the id of the bot where the rule knows it', () => {
    const rules = landingRulesSchema.parse([
      {
        rule: 'label_closed_by',
        label: 'merged',
        revertedLabel: null,
        closedBy: [{ login: 'bot', platformUserId: '1' }],
      },
    ])
    const impostor = facts({ labels: ['merged'], lastClosedBy: { login: 'bot', platformUserId: '2' } })
    expect(evaluateLanding(rules, impostor).state).toBe('not_landed')
  })
})

describe('other ways to land', () => {
  const commit = { sha: 'c'.repeat(40), committedAt: new Date('2026-02-28T00:00:00Z') }
  it('a commit of the default branch with the trailer', () => {
    const message = `Fix\n\nPull Request resolved: ${URL}\n\nReviewed By: x`
    const result = evaluateLanding([COMMIT_TRAILER_OF_META], facts({ defaultBranchCommits: [{ ...commit, message }] }))
    expect(result).toMatchObject({ rule: 'commit_trailer', commitSha: commit.sha, landedAt: commit.committedAt })
  })
  it('not a trailer of a pull request whose number only begins alike', () => {
    const message = `Fix\n\nPull Request resolved: ${URL}0`
    expect(
      evaluateLanding([COMMIT_TRAILER_OF_META], facts({ defaultBranchCommits: [{ ...commit, message }] })).state,
    ).toBe('not_landed')
  })
  it('a commit that closed it', () => {
    expect(evaluateLanding([{ rule: 'closed_by_commit' }], facts({ closerCommitSha: commit.sha }))).toMatchObject({
      state: 'landed',
      commitSha: commit.sha,
    })
  })
  it('the prefix of bors, where bors closed it', () => {
    const title = '[Merged by Bors] - feat: x'
    const lastClosedBy = { login: 'bors[bot]', platformUserId: null }
    expect(evaluateLanding([BORS], facts({ title, lastClosedBy })).state).toBe('landed')
    expect(evaluateLanding([BORS], facts({ title: `about ${title}`, lastClosedBy })).state).toBe('not_landed')
    // An author who closes the own pull request and edits the title proves nothing.
    expect(
      evaluateLanding([BORS], facts({ title, lastClosedBy: { login: 'author', platformUserId: '3' } })).state,
    ).toBe('not_landed')
  })
  it('never on a mirror', () => {
    expect(evaluateLanding(MIRROR, facts({ state: 'merged', mergedAt: CLOSED_AT })).state).toBe('not_landed')
  })
  it('names the first rule that holds', () => {
    const rules = [...MERGED, { rule: 'closed_by_commit' as const }]
    const result = evaluateLanding(rules, facts({ state: 'closed', closerCommitSha: commit.sha }))
    expect(result.rule).toBe('closed_by_commit')
  })
})

describe('branches', () => {
  it('knows the bases of ghstack', () => {
    expect(isStackBase('gh/ezyang/46/base')).toBe(true)
    expect(isStackBase('gh/ezyang/fix/base')).toBe(false)
    expect(isStackBase('main')).toBe(false)
  })
  it('puts a stack that a bot landed on the default branch', () => {
    const landing = evaluateLanding(PYTORCH, facts({ labels: ['Merged'], baseBranch: 'gh/a/1/base' }))
    expect(landedBranch({ baseBranch: 'gh/a/1/base', landing, repository: { defaultBranch: 'main' } })).toBe('main')
    expect(landedBranch({ baseBranch: 'release/2.1', landing, repository: { defaultBranch: 'main' } })).toBe(
      'release/2.1',
    )
  })
})
