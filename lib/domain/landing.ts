import type { ContributionFact, LandingProof, LandingResult } from './contribution'
import type { LandingRule, LandingRules, PlatformAccount } from './landing-rule'
import type { PlatformUser } from './platform'

/** A commit that stands on the repository's default branch and names the pull request. */
export type DefaultBranchCommit = { sha: string; message: string; committedAt: Date }

/** What the rules look at. */
export type LandingFacts = Pick<
  ContributionFact,
  | 'state'
  | 'title'
  | 'url'
  | 'number'
  | 'baseBranch'
  | 'labels'
  | 'closedAt'
  | 'mergedAt'
  | 'lastClosedBy'
  | 'closerCommitSha'
  | 'mergeCommitSha'
> & {
  /** Commits of the default branch that were looked up for this pull request; empty when none were. */
  defaultBranchCommits: readonly DefaultBranchCommit[]
  /** A later landed change that takes this one back, or null. */
  revertedBy: { number: number | null; commitSha: string | null; at: Date | null } | null
}

const NOT_LANDED: LandingResult = { state: 'not_landed', landedAt: null, rule: null, commitSha: null, proof: [] }

/**
 * Decides whether a change reached a branch, by the landing rules of its repository (any of; the first that holds is named).
 * `merge_commit_sha` alone never proves anything: it is set on unmerged pull requests too (FIELD.md §3).
 * Which branches count is judged apart, in eligibility; see {@link landedBranch}.
 */
export function evaluateLanding(rules: LandingRules, facts: LandingFacts): LandingResult {
  const results = rules.map((rule) => applyRule(rule, facts)).filter((result) => result !== null)
  // A pull request that was reverted under one rule and stands under another has landed again by the other way.
  const found = results.find((result) => result.state === 'landed') ?? results[0] ?? NOT_LANDED
  return found.state === 'landed' && facts.revertedBy ? takeBack(found, facts.revertedBy) : found
}

/** ghstack's made-up bases (`gh/USER/N/base`, `/orig`, `/head`): "merged" into one means nothing. */
export function isStackBase(branch: string): boolean {
  return /^gh\/[^/]+\/\d+\/(base|head|orig)$/.test(branch)
}

/**
 * The branch that a landed change stands on. A commit looked up on the default branch stands there whatever the base says,
 * and so does what a bot landed from a stack; everything else stands on its base.
 */
export function landedBranch(
  fact: Pick<ContributionFact, 'baseBranch' | 'landing'> & { repository: { defaultBranch: string } },
): string {
  const { rule } = fact.landing
  const fromStack = isStackBase(fact.baseBranch) && rule !== null && rule !== 'merged'
  return rule === 'commit_trailer' || fromStack ? fact.repository.defaultBranch : fact.baseBranch
}

function applyRule(rule: LandingRule, facts: LandingFacts): LandingResult | null {
  switch (rule.rule) {
    case 'merged':
      return landedByMerge(facts)
    case 'label_closed_by':
      return landedByLabel(rule, facts)
    case 'commit_trailer':
      return landedByTrailer(rule.trailer, facts)
    case 'closed_by_commit':
      return landedByClosingCommit(facts)
    case 'title_prefix':
      return landedByTitle(rule, facts)
    case 'none':
      return null
  }
}

function landedByMerge(facts: LandingFacts): LandingResult | null {
  if (facts.state !== 'merged' || !facts.mergedAt || isStackBase(facts.baseBranch)) return null
  return landed({
    rule: 'merged',
    landedAt: facts.mergedAt,
    commitSha: facts.mergeCommitSha,
    proof: [
      { fact: 'state', value: 'merged' },
      { fact: 'merged_at', value: facts.mergedAt.toISOString() },
    ],
  })
}

/**
 * The label is numbered from the second landing on (`Merged`, `MergedX2` …) and so is the revert's; they all stay.
 * As many reverts as landings means taken back. Otherwise the last close must be the bot's own: a label that anybody can
 * set proves nothing. An open pull request with the label was reopened, which is how a revert begins.
 */
function landedByLabel(
  rule: Extract<LandingRule, { rule: 'label_closed_by' }>,
  facts: LandingFacts,
): LandingResult | null {
  const landings = countOfLabel(rule.label, facts.labels)
  if (landings === 0 || !facts.lastClosedBy || facts.state === 'merged') return null
  const closedByBot = isOneOf(rule.closedBy, facts.lastClosedBy)
  const reverts = rule.revertedLabel === null ? 0 : countOfLabel(rule.revertedLabel, facts.labels)
  const proof: LandingProof = [
    { fact: 'state', value: facts.state },
    { fact: 'labels', value: facts.labels.join(', ') },
    { fact: 'last_closed_by', value: facts.lastClosedBy.login },
  ]
  if (reverts >= landings || (reverts > 0 && !closedByBot) || (facts.state === 'open' && closedByBot)) {
    return { state: 'reverted', landedAt: facts.closedAt, rule: rule.rule, commitSha: facts.closerCommitSha, proof }
  }
  if (facts.state !== 'closed' || !closedByBot || !facts.closedAt) return null
  return landed({ rule: rule.rule, landedAt: facts.closedAt, commitSha: facts.closerCommitSha, proof })
}

function landedByTrailer(trailer: string, facts: LandingFacts): LandingResult | null {
  if (facts.state !== 'closed') return null
  const line = trailer.replaceAll('{pullRequestUrl}', facts.url).replaceAll('{number}', String(facts.number))
  const commit = facts.defaultBranchCommits
    .filter(({ message }) => message.split('\n').some((written) => written.trim() === line))
    .sort((a, b) => a.committedAt.getTime() - b.committedAt.getTime())[0]
  if (!commit) return null
  return landed({
    rule: 'commit_trailer',
    landedAt: commit.committedAt,
    commitSha: commit.sha,
    proof: [
      { fact: 'commit', value: commit.sha },
      { fact: 'trailer', value: line },
    ],
  })
}

function landedByClosingCommit(facts: LandingFacts): LandingResult | null {
  if (facts.state !== 'closed' || !facts.closerCommitSha || !facts.closedAt) return null
  return landed({
    rule: 'closed_by_commit',
    landedAt: facts.closedAt,
    commitSha: facts.closerCommitSha,
    proof: [{ fact: 'closed_by_commit', value: facts.closerCommitSha }],
  })
}

function landedByTitle(
  rule: Extract<LandingRule, { rule: 'title_prefix' }>,
  facts: LandingFacts,
): LandingResult | null {
  if (facts.state !== 'closed' || !facts.closedAt || !facts.title.startsWith(rule.prefix)) return null
  if (!facts.lastClosedBy || !isOneOf(rule.closedBy, facts.lastClosedBy)) return null
  return landed({
    rule: rule.rule,
    landedAt: facts.closedAt,
    commitSha: facts.closerCommitSha,
    proof: [
      { fact: 'title', value: facts.title },
      { fact: 'last_closed_by', value: facts.lastClosedBy.login },
    ],
  })
}

/** By id where both sides know it, else by login. */
function isOneOf(accounts: readonly PlatformAccount[], user: PlatformUser): boolean {
  return accounts.some((account) =>
    account.platformUserId !== undefined && user.platformUserId !== null
      ? account.platformUserId === user.platformUserId
      : account.login.toLowerCase() === user.login.toLowerCase(),
  )
}

function landed(result: Omit<LandingResult, 'state'>): LandingResult {
  return { state: 'landed', ...result }
}

function takeBack(result: LandingResult, by: NonNullable<LandingFacts['revertedBy']>): LandingResult {
  const value = by.number === null ? (by.commitSha ?? '') : `#${by.number}`
  return { ...result, state: 'reverted', proof: [...result.proof, { fact: 'reverted_by', value }] }
}

/** How often a numbered label says that something happened: `merged` 1, `mergedX3` 3, absent 0; case does not matter. */
function countOfLabel(base: string, labels: readonly string[]): number {
  const counts = labels.map((label) => {
    const text = label.toLowerCase()
    if (text === base.toLowerCase()) return 1
    const suffix = text.startsWith(base.toLowerCase()) ? /^x(\d{1,3})$/.exec(text.slice(base.length)) : null
    return suffix ? Number(suffix[1]) : 0
  })
  return Math.max(0, ...counts)
}
