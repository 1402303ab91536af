import { describe, expect, test } from 'vitest'
import type { ContributionRow } from '@/lib/db/contributions'
import { MERGED, MIRROR, PYTORCH } from '@/lib/domain/landing-rule'
import type { RevertEvent } from '@/lib/domain/revert-chain'
import { eventOfCommit } from '@/lib/domain/revert-chain'
import type { PullRequestSeen } from '@/lib/platforms/port'
import { judgeLanding } from './judge-landing'
import { ingestKey, planIngest } from './plan-ingest'
import { toContributionInput } from './to-contribution'

const MERGED_AT = new Date('2026-10-01T00:00:00Z')
const SHA = 'a'.repeat(40)

function seen(change: Partial<PullRequestSeen> = {}): PullRequestSeen {
  return {
    platform: 'github',
    repository: {
      platformRepositoryId: '1',
      ownerPlatformUserId: '2',
      owner: 'lab',
      name: 'model',
      url: 'https://github.com/lab/model',
      defaultBranch: 'main',
      isFork: false,
      isArchived: false,
      isPrivate: false,
      stars: 10,
      license: 'MIT',
      language: 'Python',
      topics: null,
    },
    number: 7,
    nodeId: 'PR_7',
    title: 'Fix the loader',
    url: 'https://github.com/lab/model/pull/7',
    authorPlatformUserId: '9',
    authorLogin: 'lin',
    authorType: 'user',
    authorAssociation: 'contributor',
    state: 'merged',
    createdAt: new Date('2026-09-30T00:00:00Z'),
    updatedAt: MERGED_AT,
    closedAt: MERGED_AT,
    mergedAt: MERGED_AT,
    baseBranch: 'main',
    labels: ['bug'],
    additions: 3,
    deletions: 1,
    changedFiles: 1,
    mergedBy: { platformUserId: '5', login: 'boss' },
    lastClosedBy: { platformUserId: '5', login: 'boss' },
    closerCommitSha: null,
    mergeCommitSha: SHA,
    cherryPickedFrom: [],
    reverts: [],
    mentionedBy: [],
    revertedBy: [],
    ...change,
  }
}

/** As the database gives back what was written of it. */
function stored(of: PullRequestSeen, reverts: RevertEvent[] = []): ContributionRow {
  const landing = judgeLanding({
    rules: MERGED,
    fullName: 'lab/model',
    facts: { ...of, defaultBranch: of.repository.defaultBranch },
    branchCommits: [],
    reverts,
    landedBefore: null,
  })
  const input = toContributionInput(of, { repositoryId: 'r', workId: 'w', landing })
  return {
    ...input,
    id: 'c',
    ref: '',
    nodeId: of.nodeId,
    authorPlatformUserId: of.authorPlatformUserId,
    authorLogin: of.authorLogin,
    authorAssociation: of.authorAssociation,
    createdAt: of.createdAt,
    closedAt: of.closedAt,
    mergedAt: of.mergedAt,
    labels: [...of.labels],
    additions: of.additions,
    deletions: of.deletions,
    changedFiles: of.changedFiles,
    mergedByUserId: of.mergedBy?.platformUserId ?? null,
    mergedByLogin: of.mergedBy?.login ?? null,
    lastClosedByUserId: '5',
    lastClosedByLogin: 'boss',
    reverts: [...of.reverts],
    mergeCommitSha: of.mergeCommitSha,
    closerCommitSha: of.closerCommitSha,
    patchId: null,
    landingState: landing.state,
    landingRule: landing.rule,
    landedAt: landing.landedAt,
    landedCommitSha: landing.commitSha,
    landingProof: landing.proof,
    orderedAt: of.updatedAt,
    firstSeenAt: of.updatedAt,
    refreshedAt: of.updatedAt,
  }
}

function plan(
  items: PullRequestSeen[],
  before: PullRequestSeen | null = seen(),
  more: { rules?: typeof MERGED; isBackfill?: boolean; now?: Date } = {},
) {
  const known = before ? new Map([[ingestKey('1', before.number), stored(before)]]) : new Map()
  const rules = more.rules ?? MERGED
  return planIngest({
    seen: items,
    skipped: [],
    stored: known,
    rulesOf: () => rules,
    isBackfill: more.isBackfill ?? false,
    now: more.now ?? new Date('2026-10-10T00:00:00Z'),
  })
}

describe('planIngest', () => {
  test('what is new is written, what is the same is left, each once', () => {
    expect(plan([seen(), seen()], null).write).toHaveLength(1)
    expect(plan([seen()])).toMatchObject({ write: [], unchanged: [{ id: 'c' }] })
  })

  test.each([
    ['title', { title: 'Fix the loader again' }],
    ['labels', { labels: ['bug', 'Reverted'] }],
    ['a later update', { updatedAt: new Date('2026-10-02T00:00:00Z') }],
    ['a new login', { authorLogin: 'lin-2' }],
    ['another size', { additions: 4 }],
    ['reopened', { state: 'open', closedAt: null, mergedAt: null } as const],
  ])('%s is a change', (_name, change) => {
    expect(plan([seen(change)]).write).toHaveLength(1)
  })

  test('what a list leaves out is no change', () => {
    const bare = {
      additions: null,
      deletions: null,
      changedFiles: null,
      mergedBy: null,
      lastClosedBy: null,
      mergeCommitSha: null,
    }
    expect(plan([seen(bare)]).write).toHaveLength(0)
  })

  test.each([
    ['merge commit', { mergeCommitSha: null }],
    ['merger', { mergedBy: null, lastClosedBy: null }],
  ])('a Gitee %s that was not found is asked for again, for a month', (_name, missed) => {
    const bare = { platform: 'gitee', mergeCommitSha: null, mergedBy: null, lastClosedBy: null } as const
    const before = seen({ platform: 'gitee', ...missed })
    expect(plan([seen(bare)], before).write).toHaveLength(1)
    expect(plan([seen(bare)], before, { now: new Date('2026-11-01T00:00:00Z') }).write).toHaveLength(0)
    expect(plan([seen(bare)], seen({ platform: 'gitee' })).write).toHaveLength(0)
    expect(plan([seen({ ...bare, platform: 'github' })], seen({ ...missed })).write).toHaveLength(0)
  })

  test('the same facts under another rule, or with a revert that moved no date, are judged anew', () => {
    expect(plan([seen()], seen(), { rules: MIRROR }).write).toHaveLength(1)
    expect(plan([seen()], seen(), { isBackfill: true }).write).toHaveLength(1)
    const revert = { number: 8, commitSha: null, mergedAt: new Date('2026-10-03T00:00:00Z') }
    expect(plan([seen({ revertedBy: [revert] })]).write).toHaveLength(1)
    const mention = { sha: 'b'.repeat(40), message: `Revert\n\nThis reverts commit ${SHA}.`, committedAt: new Date() }
    expect(plan([seen({ mentionedBy: [mention] })]).write).toHaveLength(1)
  })

  test('reverts that are known say nothing new; one of them does', () => {
    const revert = { number: 8, commitSha: 'b'.repeat(40), mergedAt: new Date('2026-10-03T00:00:00Z') }
    const event = { number: 8, commitSha: revert.commitSha, at: revert.mergedAt, numbers: [7], commits: [] }
    const before = stored(seen(), [event])
    expect(before.landingState).toBe('reverted')
    const ask = (mentionedBy: PullRequestSeen['mentionedBy']) =>
      planIngest({
        seen: [seen({ revertedBy: [revert], mentionedBy })],
        skipped: [],
        stored: new Map([[ingestKey('1', 7), before]]),
        rulesOf: () => MERGED,
        isBackfill: false,
        now: new Date('2026-10-10T00:00:00Z'),
      }).write.length
    const mention = (message: string) => ({
      sha: 'c'.repeat(40),
      message,
      committedAt: new Date('2026-10-05T00:00:00Z'),
    })
    expect(ask([])).toBe(0)
    expect(ask([mention('See #7')])).toBe(0)
    expect(ask([mention('Revert "Revert "Fix the loader (#7)" (#8)"')])).toBe(1)
  })
})

describe('judgeLanding', () => {
  const judge = (facts: PullRequestSeen, more: Partial<Parameters<typeof judgeLanding>[0]> = {}) =>
    judgeLanding({
      rules: MERGED,
      fullName: 'lab/model',
      facts: { ...facts, defaultBranch: facts.repository.defaultBranch },
      branchCommits: [],
      reverts: [],
      landedBefore: null,
      ...more,
    })

  test('a revert after the landing takes it back; one from before does not', () => {
    const at = (day: string) => [
      { number: 8, commitSha: null, at: new Date(`2026-${day}T00:00:00Z`), numbers: [7], commits: [] },
    ]
    expect(judge(seen(), { reverts: at('10-03') })).toMatchObject({ state: 'reverted', landedAt: MERGED_AT })
    expect(judge(seen(), { reverts: at('09-01') }).state).toBe('landed')
  })

  test('a revert of an earlier landing leaves the later one standing', () => {
    const revert = {
      sha: 'c'.repeat(40),
      message: `This reverts commit ${'d'.repeat(40)}.`,
      committedAt: new Date('2026-10-05T00:00:00Z'),
    }
    expect(judge(seen(), { branchCommits: [revert] }).state).toBe('landed')
    const ofThis = { ...revert, message: `This reverts commit ${SHA.slice(0, 9)}.` }
    expect(judge(seen(), { branchCommits: [ofThis] }).state).toBe('reverted')
  })

  test('taken back and reopened before we ever saw it landed: it still says when', () => {
    const reopened = seen({
      state: 'open',
      mergedAt: null,
      closedAt: null,
      labels: ['Merged', 'Reverted'],
      lastClosedBy: { platformUserId: '97764156', login: 'pytorchmergebot' },
    })
    expect(judge(reopened, { rules: PYTORCH })).toMatchObject({ state: 'reverted', landedAt: MERGED_AT })
    const known = new Date('2026-09-30T12:00:00Z')
    expect(judge(reopened, { rules: PYTORCH, landedBefore: known }).landedAt).toEqual(known)
  })

  test('a message takes back by sha or by number in the same repository, under its own number', () => {
    const told = (message: string) => {
      const { number, numbers, commits } = eventOfCommit(
        { sha: 'b'.repeat(40), message, committedAt: new Date() },
        'lab/model',
      )
      return { number, numbers, commits }
    }
    const revert = 'Revert "Fix the loader" (#9)\n\n'
    expect(told(`${revert}Reverts lab/model#7`)).toEqual({ number: 9, numbers: [7], commits: [] })
    expect(told(`${revert}Reverts other/model#7`)).toEqual({ number: 9, numbers: [], commits: [] })
    expect(told(`${revert}This reverts commit ${SHA}.`)).toEqual({ number: 9, numbers: [], commits: [SHA] })
    expect(told('Mention #7')).toEqual({ number: null, numbers: [], commits: [] })
  })

  test('the revert of a revert brings it back, and both stand in the proof', () => {
    const commit = (sha: string, message: string, day: string) => ({
      sha: sha.repeat(40),
      message,
      committedAt: new Date(`2026-10-${day}T00:00:00Z`),
    })
    const revert = commit('b', `Revert "Fix the loader (#7)" (#9)\n\nThis reverts commit ${SHA}.`, '03')
    const again = commit('c', `Reapply "Fix the loader (#7)"\n\nThis reverts commit ${'b'.repeat(40)}.`, '05')
    const landing = judge(seen(), { branchCommits: [again, revert] })
    expect(landing).toMatchObject({ state: 'landed', landedAt: MERGED_AT, commitSha: SHA })
    expect(landing.proof).toContainEqual({ fact: 'reverted_by', value: '#9' })
    expect(landing.proof).toContainEqual({ fact: 'brought_back_by', value: 'c'.repeat(40) })
  })

  test('a merge commit that names the number says that it was merged here', () => {
    const named = (mergeMessage: string) =>
      judge(seen({ mergeMessage })).proof.filter(({ fact }) => fact === 'commit_names_it').length
    expect(named('Fix the loader (#7)\n\nbody')).toBe(1)
    expect(named('Merge pull request #7 from lin/patch')).toBe(1)
    expect(named('!7 Fix the loader')).toBe(1)
    expect(named('Fix the loader (#70)')).toBe(0)
    expect(named('Fix the loader')).toBe(0)
  })
})
