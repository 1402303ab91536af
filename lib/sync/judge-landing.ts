import type { LandingResult } from '@/lib/domain/contribution'
import { type DefaultBranchCommit, evaluateLanding, type LandingFacts } from '@/lib/domain/landing'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { findRevertedCommits, findReverts } from '@/lib/domain/revert'

/** A landed change that says it takes this one back. */
export type KnownRevert = { number: number | null; commitSha: string | null; at: Date }

export type LandingInput = {
  rules: LandingRules
  /** `owner/name`: keeps reverts of other repositories out. */
  fullName: string
  facts: Omit<LandingFacts, 'defaultBranchCommits' | 'revertedBy'> & { updatedAt: Date }
  /** Commits that stand on the target or default branch. */
  branchCommits: readonly DefaultBranchCommit[]
  /** Merged pull requests that name this one as what they revert. */
  reverts: readonly KnownRevert[]
  /** When it landed as far as was known before, for what is seen only after it was taken back. */
  landedBefore: Date | null
}

/** What the rules make of a pull request, with what took it back since it landed. Pure. */
export function judgeLanding(input: LandingInput): LandingResult {
  const facts = { ...input.facts, defaultBranchCommits: input.branchCommits, revertedBy: null }
  const landing = evaluateLanding(input.rules, facts)
  if (landing.state === 'not_landed') return landing
  if (landing.state === 'reverted') return { ...landing, landedAt: landing.landedAt ?? landedAtOf(input) }
  const revertedBy = findRevert(landing, input)
  return revertedBy ? evaluateLanding(input.rules, { ...facts, revertedBy }) : landing
}

/** The first that came after the landing; one that came before took back an earlier landing. */
function findRevert(landing: LandingResult, input: LandingInput): KnownRevert | null {
  const { branchCommits, reverts, fullName, facts } = input
  const { commitSha, landedAt } = landing
  const byCommit = branchCommits
    .filter(({ message }) => takesBack(message, { commitSha, fullName, number: facts.number }))
    .map(({ sha, committedAt }) => ({ number: null, commitSha: sha, at: committedAt }))
  const later = [...byCommit, ...reverts].filter(({ at }) => landedAt === null || at >= landedAt)
  return later.sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
}

/** Whether a commit's message says that it reverts a landed commit or a pull request. */
export function takesBack(
  message: string,
  landed: { commitSha: string | null; fullName: string; number: number },
): boolean {
  const { commitSha, fullName, number } = landed
  const [title = '', ...body] = message.split('\n')
  const bySha = commitSha !== null && findRevertedCommits(message).some((sha) => commitSha.startsWith(sha))
  return bySha || findReverts({ title, body: body.join('\n') }, fullName).includes(number)
}

/** A reopened pull request shows no time of closing any more: what was known before, else the commit that named
 * it, else the time of the change by which one saw it. */
function landedAtOf({ landedBefore, branchCommits, facts }: LandingInput): Date {
  const named = branchCommits.filter(({ message }) => message.includes(facts.url))
  const first = named.sort((a, b) => a.committedAt.getTime() - b.committedAt.getTime())[0]
  return landedBefore ?? first?.committedAt ?? facts.updatedAt
}
