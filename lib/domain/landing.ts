import type { ContributionFact, LandingResult } from './contribution'
import type { LandingRules } from './landing-rule'

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

/**
 * Decides whether a change reached a branch, by the landing rules of its repository (any of; the first that holds is named).
 * `merge_commit_sha` alone never proves anything: it is set on unmerged pull requests too (FIELD.md §3).
 * Which branches count is judged apart, in eligibility; see {@link landedBranch}.
 */
export function evaluateLanding(_rules: LandingRules, _facts: LandingFacts): LandingResult {
  throw new Error('not yet')
}

/** ghstack's made-up bases (`gh/USER/N/base`, `/orig`, `/head`): "merged" into one means nothing. */
export function isStackBase(_branch: string): boolean {
  throw new Error('not yet')
}

/** The branch that a landed change stands on: where a bot landed it from a stack or by a commit, that is the default branch. */
export function landedBranch(
  _fact: Pick<ContributionFact, 'baseBranch' | 'landing'> & { repository: { defaultBranch: string } },
): string {
  throw new Error('not yet')
}
