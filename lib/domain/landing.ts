import type { ContributionFact, LandingProof, LandingResult } from './contribution'
import type { LandingRule, LandingRules, PlatformAccount } from './landing-rule'
import type { PlatformUser } from './platform'
import { findOwnNumber } from './revert'
import { BROUGHT_BACK_BY, nameOfEvent, REVERTED_BY } from './revert-chain'

/** A commit that stands on a branch of the repository and names the pull request; left out, on the branch that it was for. */
export type BranchCommit = { sha: string; message: string; committedAt: Date; branch?: string }

/** Stands in the proof where the landed commit names the pull request's own number: here it was merged, not mirrored to. */
export const COMMIT_NAMES_IT = 'commit_names_it'

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
  /** Null where the platform does not say. */
  defaultBranch: string | null
  /** Commits of the default or the target branch that were looked up for this pull request; empty when none were. */
  branchCommits: readonly BranchCommit[]
  /** First line and more of the merge commit, where the platform shows it with the pull request. */
  mergeMessage?: string | null | undefined
  /** A later landed change that takes this one back, or null … */
  revertedBy: Reference | null
  /** … and the one that takes that back, or null. */
  broughtBackBy?: Reference | null
}

type Reference = { number: number | null; commitSha: string | null }

const NOT_LANDED: LandingResult = { state: 'not_landed', landedAt: null, rule: null, commitSha: null, proof: [] }

/**
 * Decides whether a change reached a branch, by the landing rules of its repository (any of; the first that holds is named),
 * and keeps what shows it. `merge_commit_sha` alone never proves anything: it is set on unmerged pull requests too (FIELD.md §3).
 * Which branches count is judged apart, in eligibility; see {@link landedBranch}.
 */
export function evaluateLanding(rules: LandingRules, facts: LandingFacts): LandingResult {
  const results = rules.map((rule) => applyRule(rule, facts)).filter((result) => result !== null)
  // A pull request that was reverted under one rule and stands under another has landed again by the other way.
  const found = results.find((result) => result.state === 'landed') ?? results[0] ?? NOT_LANDED
  if (found.state !== 'landed' || !facts.revertedBy) return found
  return withReverts(found, { revertedBy: facts.revertedBy, broughtBackBy: facts.broughtBackBy ?? null })
}

/** A landing with what took it back and brought it back since, and nothing else of that kind, in its state and its proof. */
export function withReverts(
  landing: LandingResult,
  { revertedBy, broughtBackBy }: { revertedBy: Reference | null; broughtBackBy: Reference | null },
): LandingResult {
  const proof = [
    ...landing.proof.filter(({ fact }) => fact !== REVERTED_BY && fact !== BROUGHT_BACK_BY),
    ...(revertedBy ? [{ fact: REVERTED_BY, value: nameOfEvent(revertedBy) }] : []),
    ...(broughtBackBy ? [{ fact: BROUGHT_BACK_BY, value: nameOfEvent(broughtBackBy) }] : []),
  ]
  return { ...landing, state: revertedBy && !broughtBackBy ? 'reverted' : 'landed', proof }
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
      return landedByTrailer(rule, facts)
    case 'closed_by_commit':
      return landedByClosingCommit(rule, facts)
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
      ...proofOfName(facts, facts.mergeCommitSha),
    ],
  })
}

/** A mirror shows the same commit under a number of its own; the commit's message names the number of where it was merged. */
function proofOfName(facts: LandingFacts, commitSha: string | null): LandingProof {
  const commit = facts.branchCommits.find(({ sha }) => sha === commitSha)
  const message = commit?.message ?? (commitSha === facts.mergeCommitSha ? facts.mergeMessage : null)
  if (!message || findOwnNumber(message) !== facts.number) return []
  const [firstLine = ''] = message.split('\n')
  return [{ fact: COMMIT_NAMES_IT, value: firstLine.slice(0, 200) }]
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

function landedByTrailer(
  rule: Extract<LandingRule, { rule: 'commit_trailer' }>,
  facts: LandingFacts,
): LandingResult | null {
  const isInStack = facts.state === 'merged' && isStackBase(facts.baseBranch)
  if (facts.state !== 'closed' && !isInStack) return null
  const { closedBy, isWholeLine = true } = rule
  if (closedBy && !(facts.lastClosedBy && isOneOf(closedBy, facts.lastClosedBy))) return null
  const wanted = filledIn(rule.trailer, facts)
  const found = commitsOfDefaultBranch(facts).flatMap((commit) => {
    const line = commit.message.split('\n').find((written) => isLine(written.trim(), wanted, isWholeLine))
    return line === undefined ? [] : [{ ...commit, line: line.trim() }]
  })
  const commit = found.sort((a, b) => a.committedAt.getTime() - b.committedAt.getTime())[0]
  if (!commit) return null
  return landed({
    rule: 'commit_trailer',
    landedAt: commit.committedAt,
    commitSha: commit.sha,
    proof: [
      { fact: 'commit', value: commit.sha },
      { fact: 'trailer', value: commit.line.slice(0, 300) },
      ...(closedBy && facts.lastClosedBy ? [{ fact: 'last_closed_by', value: facts.lastClosedBy.login }] : []),
    ],
  })
}

/** A closing commit that was not found on the default branch, or does not name the pull request, closed it without landing it. */
function landedByClosingCommit(
  rule: Extract<LandingRule, { rule: 'closed_by_commit' }>,
  facts: LandingFacts,
): LandingResult | null {
  if (facts.state !== 'closed' || !facts.closerCommitSha || !facts.closedAt) return null
  const commit = commitsOfDefaultBranch(facts).find(({ sha }) => sha === facts.closerCommitSha)
  const line = commit?.message.split('\n').find((written) => namesIt(written.trim(), rule.line, facts))
  if (!commit || line === undefined) return null
  return landed({
    rule: 'closed_by_commit',
    landedAt: facts.closedAt,
    commitSha: commit.sha,
    proof: [
      { fact: 'closed_by_commit', value: commit.sha },
      { fact: 'line', value: line.trim().slice(0, 300) },
    ],
  })
}

function namesIt(line: string, template: string | undefined, facts: LandingFacts): boolean {
  if (template !== undefined) return line.startsWith(filledIn(template, facts))
  const at = line.indexOf(facts.url)
  return (at >= 0 && isLine(line.slice(at), facts.url, false)) || hasNumber(line, facts.number)
}

/** `#12`, but not `#123`, nor `other/name#12`. */
function hasNumber(line: string, number: number): boolean {
  return new RegExp(`(?:^|[\\s(（:：,，])[#!]${number}(?!\\d)`).test(line)
}

/** Where more may stand after it, the number that it ends with must end there as well. */
function isLine(written: string, wanted: string, isWhole: boolean): boolean {
  return isWhole ? written === wanted : written.startsWith(wanted) && !/^\d/.test(written.slice(wanted.length))
}

/** A line of a commit message that names this pull request. */
export function filledIn(template: string, { url, number }: Pick<LandingFacts, 'url' | 'number'>): string {
  return template.replaceAll('{pullRequestUrl}', url).replaceAll('{number}', String(number))
}

/** `master` and `main` stand for each other: a repository that renamed the one to the other has both names in its history. */
function commitsOfDefaultBranch({ branchCommits, baseBranch, defaultBranch }: LandingFacts): BranchCommit[] {
  const isDefault = (branch: string) =>
    defaultBranch === null ||
    branch === defaultBranch ||
    [branch, defaultBranch].every((one) => /^ma(in|ster)$/.test(one))
  return branchCommits.filter(({ branch = baseBranch }) => isDefault(branch))
}

function landedByTitle(
  rule: Extract<LandingRule, { rule: 'title_prefix' }>,
  facts: LandingFacts,
): LandingResult | null {
  if (facts.state !== 'closed' || !facts.closedAt || !facts.title.startsWith(rule.prefix)) return null
  if (!facts.lastClosedBy || !isOneOf(rule.closedBy, facts.lastClosedBy)) return null
  // bors squashes to a commit of this title and number; without it the machine's word stands alone.
  const commit = commitsOfDefaultBranch(facts).find(({ message }) => findOwnNumber(message) === facts.number)
  return landed({
    rule: rule.rule,
    landedAt: facts.closedAt,
    commitSha: facts.closerCommitSha ?? commit?.sha ?? null,
    proof: [
      { fact: 'title', value: facts.title },
      { fact: 'last_closed_by', value: facts.lastClosedBy.login },
      ...(commit ? [{ fact: 'commit', value: commit.sha }] : []),
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
