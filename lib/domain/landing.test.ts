import { describe, expect, it } from 'vitest'
import { evaluateLanding, isStackBase, type LandingFacts, landedBranch } from './landing'
import {
  BORS,
  COMMIT_TRAILER_OF_META,
  COPYBARA,
  GHSTACK,
  landingRulesSchema,
  MERGED,
  MIRROR,
  PYTORCH,
  SPARK,
} from './landing-rule'

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
    defaultBranch: 'main',
    branchCommits: [],
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
    const revertedBy = { number: 93000, commitSha: null }
    const result = evaluateLanding(MERGED, facts({ state: 'merged', mergedAt: CLOSED_AT, revertedBy }))
    expect(result).toMatchObject({ state: 'reverted', landedAt: CLOSED_AT })
    expect(result.proof).toContainEqual({ fact: 'reverted_by', value: '#93000' })
  })
  it('stands again where that was taken back, and the proof tells both', () => {
    const revertedBy = { number: 93000, commitSha: null }
    const broughtBackBy = { number: null, commitSha: 'd'.repeat(40) }
    const result = evaluateLanding(MERGED, facts({ state: 'merged', mergedAt: CLOSED_AT, revertedBy, broughtBackBy }))
    expect(result).toMatchObject({ state: 'landed', landedAt: CLOSED_AT, commitSha: 'a'.repeat(40) })
    expect(result.proof.map(({ fact }) => fact)).toEqual(['state', 'merged_at', 'reverted_by', 'brought_back_by'])
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
    const result = evaluateLanding([COMMIT_TRAILER_OF_META], facts({ branchCommits: [{ ...commit, message }] }))
    expect(result).toMatchObject({ rule: 'commit_trailer', commitSha: commit.sha, landedAt: commit.committedAt })
  })
  it('not a trailer of a pull request whose number only begins alike', () => {
    const message = `Fix\n\nPull Request resolved: ${URL}0`
    expect(evaluateLanding([COMMIT_TRAILER_OF_META], facts({ branchCommits: [{ ...commit, message }] })).state).toBe(
      'not_landed',
    )
  })
  it('not a trailer of a commit that stands on a release branch alone', () => {
    const message = `Fix\n\nPull Request resolved: ${URL}`
    const on = (branch: string, baseBranch = 'main') =>
      evaluateLanding([COMMIT_TRAILER_OF_META], facts({ baseBranch, branchCommits: [{ ...commit, message, branch }] }))
        .state
    expect(on('main', 'release/2.1')).toBe('landed')
    expect(on('master')).toBe('landed')
    expect(on('release/2.1', 'release/2.1')).toBe('not_landed')
    const unsaid = facts({ baseBranch: 'release/2.1', branchCommits: [{ ...commit, message }] })
    expect(evaluateLanding([COMMIT_TRAILER_OF_META], unsaid).state).toBe('not_landed')
  })
  it.each([
    ['Pull Request resolved: ', 'landed'],
    ['Pull-Request: ', 'landed'],
    ['Pull-Request-resolved: ', 'landed'],
    ['Pull-Request-mentioned: ', 'not_landed'],
  ])('a stack, merged into a base of its own, by the trailer of its commit: %s → %s', (trailer, state) => {
    const branchCommits = [{ ...commit, message: `Fix\n\n${trailer}${URL}`, branch: 'main' }]
    const stacked = facts({ state: 'merged', mergedAt: CLOSED_AT, baseBranch: 'gh/ezyang/46/base', branchCommits })
    expect(evaluateLanding([...MERGED, ...GHSTACK], stacked).state).toBe(state)
    expect(evaluateLanding([...MERGED, ...GHSTACK], { ...stacked, branchCommits: [] }).state).toBe('not_landed')
  })
  it('Copybara: closed by its bot, with its line in a commit of the default branch', () => {
    const message = `Merge pull request #92180 from lin:x\n\nCOPYBARA_INTEGRATE_REVIEW=${URL} from lin:x\nPiperOrigin-RevId: 1`
    const lastClosedBy = { login: 'copybara-service[bot]', platformUserId: '56741989' }
    const rules = [...MERGED, COPYBARA]
    const result = evaluateLanding(rules, facts({ lastClosedBy, branchCommits: [{ ...commit, message }] }))
    expect(result).toMatchObject({ state: 'landed', rule: 'commit_trailer', commitSha: commit.sha })
    expect(result.proof).toEqual([
      { fact: 'commit', value: commit.sha },
      { fact: 'trailer', value: `COPYBARA_INTEGRATE_REVIEW=${URL} from lin:x` },
      { fact: 'last_closed_by', value: 'copybara-service[bot]' },
    ])
    const byAuthor = { login: 'lin', platformUserId: '3' }
    expect(
      evaluateLanding(rules, facts({ lastClosedBy: byAuthor, branchCommits: [{ ...commit, message }] })).state,
    ).toBe('not_landed')
    const ofAnother = message.replaceAll(URL, `${URL}0`)
    expect(
      evaluateLanding(rules, facts({ lastClosedBy, branchCommits: [{ ...commit, message: ofAnother }] })).state,
    ).toBe('not_landed')
    expect(evaluateLanding(rules, facts({ lastClosedBy })).state).toBe('not_landed')
  })
  describe('a commit that closed it', () => {
    const closed = (message: string, over: Partial<LandingFacts> = {}) =>
      facts({ closerCommitSha: commit.sha, branchCommits: [{ ...commit, message }], ...over })
    const anyCommit = [{ rule: 'closed_by_commit' as const }]
    it('stands on the default branch and names the pull request', () => {
      const result = evaluateLanding(anyCommit, closed('Fix a leak\n\nCloses #92180 from lin/fix.'))
      expect(result).toMatchObject({ state: 'landed', landedAt: CLOSED_AT, commitSha: commit.sha })
      expect(result.proof).toEqual([
        { fact: 'closed_by_commit', value: commit.sha },
        { fact: 'line', value: 'Closes #92180 from lin/fix.' },
      ])
    })
    it.each([
      ['by address', `See ${URL} for why`, 'landed'],
      ['in brackets', 'Fix a leak (#92180)', 'landed'],
      ['another number', 'Closes #921800 from lin/fix.', 'not_landed'],
      ['another repository’s', 'Closes apache/spark#92180', 'not_landed'],
      ['another address', `See ${URL}1`, 'not_landed'],
      ['no number', 'Superseded', 'not_landed'],
    ])('%s: %s → %s', (_name, message, state) => {
      expect(evaluateLanding(anyCommit, closed(message)).state).toBe(state)
    })
    it('by the line that the merge script writes, where the rule says which', () => {
      expect(evaluateLanding([SPARK], closed('Fix\n\nCloses #92180 from lin/fix.')).state).toBe('landed')
      expect(evaluateLanding([SPARK], closed('Give up on #92180 from lin/fix.')).state).toBe('not_landed')
    })
    it('is no proof where it was not found on the branch, or stands on another', () => {
      const message = 'Closes #92180 from lin/fix.'
      expect(evaluateLanding(anyCommit, closed(message, { branchCommits: [] })).state).toBe('not_landed')
      const elsewhere = [{ ...commit, message, branch: 'lin/fix' }]
      expect(evaluateLanding(anyCommit, closed(message, { branchCommits: elsewhere })).state).toBe('not_landed')
    })
  })
  it('the prefix of bors, where bors closed it', () => {
    const title = '[Merged by Bors] - feat: x'
    const lastClosedBy = { login: 'bors[bot]', platformUserId: null }
    expect(evaluateLanding([BORS], facts({ title, lastClosedBy })).state).toBe('landed')
    // Where the squashed commit was found it is named, so that mirrors and reverts of it are known.
    const branchCommits = [{ ...commit, message: 'feat: x (#92180)\n\nbody' }]
    expect(evaluateLanding([BORS], facts({ title, lastClosedBy, branchCommits })).commitSha).toBe(commit.sha)
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
    const branchCommits = [{ ...commit, message: 'Closes #92180' }]
    const result = evaluateLanding(rules, facts({ state: 'closed', closerCommitSha: commit.sha, branchCommits }))
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
