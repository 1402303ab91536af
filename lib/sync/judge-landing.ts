import type { LandingResult } from '@/lib/domain/contribution'
import { type BranchCommit, evaluateLanding, type LandingFacts } from '@/lib/domain/landing'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { eventOfCommit, followReverts, type RevertEvent } from '@/lib/domain/revert-chain'

export type LandingInput = {
  rules: LandingRules
  /** `owner/name`: keeps reverts of other repositories out. */
  fullName: string
  facts: Omit<LandingFacts, 'branchCommits' | 'revertedBy' | 'broughtBackBy'> & { updatedAt: Date }
  /** Commits that stand on the target or default branch. */
  branchCommits: readonly BranchCommit[]
  /** Other landed changes that revert this one, or each other. */
  reverts: readonly RevertEvent[]
  /** When it landed as far as was known before, for what is seen only after it was taken back. */
  landedBefore: Date | null
}

/** What the rules make of a pull request, with what took it back since it landed and what brought it back. Pure. */
export function judgeLanding(input: LandingInput): LandingResult {
  const { rules, branchCommits, reverts, fullName } = input
  const facts = { ...input.facts, branchCommits, revertedBy: null }
  const landing = evaluateLanding(rules, facts)
  if (landing.state === 'not_landed') return landing
  if (landing.state === 'reverted') return { ...landing, landedAt: landing.landedAt ?? landedAtOf(input) }
  const events = [...branchCommits.map((commit) => eventOfCommit(commit, fullName)), ...reverts]
  const { commitSha, landedAt } = landing
  const verdict = followReverts({ number: facts.number, commitSha, landedAt }, events)
  return verdict.revertedBy === null ? landing : evaluateLanding(rules, { ...facts, ...verdict })
}

/** A reopened pull request shows no time of closing any more: what was known before, else the commit that named
 * it, else the time of the change by which one saw it. */
function landedAtOf({ landedBefore, branchCommits, facts }: LandingInput): Date {
  const named = branchCommits.filter(({ message }) => message.includes(facts.url))
  const first = named.sort((a, b) => a.committedAt.getTime() - b.committedAt.getTime())[0]
  return landedBefore ?? first?.committedAt ?? facts.updatedAt
}
