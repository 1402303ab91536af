import type { ContributionRow } from '@/lib/db/contributions'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { isPlatform, PLATFORM_TRAITS } from '@/lib/domain/platform'
import {
  eventOfCommit,
  eventsOfListed,
  followReverts,
  isSameEvent,
  nameOfEvent,
  type RevertEvent,
} from '@/lib/domain/revert-chain'
import type { PullRequestSeen, SkippedRecord } from '@/lib/platforms/port'
import { judgeLanding } from './judge-landing'
import { eventsOfStored } from './revert-events'

/** A stored contribution, as far as the plan compares it. */
export type StoredFacts = ContributionRow

export type IngestInput = {
  seen: readonly PullRequestSeen[]
  skipped: readonly SkippedRecord[]
  /** By {@link ingestKey}. */
  stored: ReadonlyMap<string, StoredFacts>
  rulesOf: (platformRepositoryId: string) => LandingRules
  /** Everything is looked up anew: the catalog changed. */
  isBackfill: boolean
  now: Date
}

export type PlannedItem = { seen: PullRequestSeen; stored: StoredFacts | null }

export type IngestPlan = {
  /** Never seen before, or changed: looked up whole, judged and written. */
  write: readonly PlannedItem[]
  unchanged: readonly StoredFacts[]
  skipped: readonly SkippedRecord[]
}

/** What one pull request is, within one platform. */
export function ingestKey(platformRepositoryId: string, number: number): string {
  return `${platformRepositoryId}#${number}`
}

/** Compares what a page shows with what is stored: insert, refresh, leave, skip with a reason. Pure. */
export function planIngest(input: IngestInput): IngestPlan {
  const write: PlannedItem[] = []
  const unchanged: StoredFacts[] = []
  const met = new Set<string>()
  for (const seen of input.seen) {
    const key = ingestKey(seen.repository.platformRepositoryId, seen.number)
    if (met.has(key)) continue
    met.add(key)
    const stored = input.stored.get(key) ?? null
    const rules = input.rulesOf(seen.repository.platformRepositoryId)
    const isKnown = stored !== null && !input.isBackfill && !lacksCompletion(stored, input.now)
    if (!isKnown || isChanged(seen, stored) || landsOtherwise(seen, stored, rules)) {
      write.push({ seen, stored })
    } else unchanged.push(stored)
  }
  return { write, unchanged, skipped: input.skipped }
}

const COMPLETION_DAYS = 30

/** Landings before this are not completed any more. */
export function completionSince(now: Date): Date {
  return new Date(now.getTime() - COMPLETION_DAYS * 86_400_000)
}

/** Some answer 404 at times where there is something: what was missed is asked for again, for a month after the landing. */
function lacksCompletion(stored: StoredFacts, now: Date): boolean {
  if (
    !isPlatform(stored.platform) ||
    !PLATFORM_TRAITS[stored.platform].hidesParts ||
    stored.state !== 'merged' ||
    stored.mergedAt === null
  )
    return false
  const isLacking = stored.mergeCommitSha === null || stored.mergedByLogin === null
  return isLacking && stored.mergedAt >= completionSince(now)
}

/** Whether the platform shows other facts than are stored. What a list leaves out (null) says nothing. */
function isChanged(seen: PullRequestSeen, stored: StoredFacts): boolean {
  const instant = (date: Date | null) => date?.getTime() ?? null
  const told = (now: unknown, then: unknown) => now !== null && now !== then
  return (
    seen.title !== stored.title ||
    seen.url !== stored.url ||
    seen.state !== stored.state ||
    seen.baseBranch !== stored.baseBranch ||
    seen.authorLogin !== stored.authorLogin ||
    seen.authorType !== stored.authorType ||
    instant(seen.updatedAt) !== instant(stored.updatedAt) ||
    told(instant(seen.closedAt), instant(stored.closedAt)) ||
    told(instant(seen.mergedAt), instant(stored.mergedAt)) ||
    seen.labels.join('\n') !== stored.labels.join('\n') ||
    seen.reverts.join() !== stored.reverts.join() ||
    told(seen.authorAssociation, stored.authorAssociation) ||
    told(seen.additions, stored.additions) ||
    told(seen.deletions, stored.deletions) ||
    told(seen.changedFiles, stored.changedFiles) ||
    told(seen.mergeCommitSha, stored.mergeCommitSha) ||
    told(seen.closerCommitSha, stored.closerCommitSha) ||
    told(seen.mergedBy?.login ?? null, stored.mergedByLogin) ||
    told(seen.lastClosedBy?.login ?? null, stored.lastClosedByLogin)
  )
}

/** Whether the same facts land otherwise now: the catalog has another rule, or a revert that moved no date came to light. */
function landsOtherwise(seen: PullRequestSeen, stored: StoredFacts, rules: LandingRules): boolean {
  if (stored.landingState !== 'not_landed' && saysMoreOfReverts(seen, stored)) return true
  // A landing that only a looked-up commit shows cannot be judged from a list.
  if (isShownByCommit(stored.landingRule) && rules.some(({ rule }) => rule === stored.landingRule)) return false
  const mergeCommitSha = seen.mergeCommitSha ?? stored.mergeCommitSha
  const mergedAt = seen.mergedAt ?? stored.mergedAt
  const facts = { ...seen, mergedAt, mergeCommitSha, defaultBranch: seen.repository.defaultBranch }
  const landing = judgeLanding({
    rules,
    fullName: fullNameOf(seen),
    facts,
    branchCommits: [],
    reverts: [],
    landedBefore: stored.landedAt,
  })
  return landing.state !== stored.landingState && stored.landingState !== 'reverted'
}

/** Rules whose proof is a commit of the default branch, which lists do not hold. */
export function isShownByCommit(rule: string | null): boolean {
  return rule === 'commit_trailer' || rule === 'closed_by_commit'
}

/** Whether something that is not known yet reverts it, or what took it back: to be looked up whole. */
function saysMoreOfReverts(seen: PullRequestSeen, stored: StoredFacts): boolean {
  const { number, landedCommitSha: commitSha, landedAt } = stored
  const known = eventsOfStored(stored)
  const listed = [
    ...seen.mentionedBy.map((commit) => eventOfCommit(commit, fullNameOf(seen))),
    ...eventsOfListed(number, seen.revertedBy),
  ]
  const news = listed.filter((event) => !known.some((one) => isSameEvent(one, event)))
  const before = followReverts({ number, commitSha, landedAt }, known)
  const after = followReverts({ number, commitSha, landedAt }, [...known, ...news])
  return (
    nameOf(before.revertedBy) !== nameOf(after.revertedBy) ||
    nameOf(before.broughtBackBy) !== nameOf(after.broughtBackBy)
  )
}

function nameOf(event: RevertEvent | null): string {
  return event === null ? '' : nameOfEvent(event)
}

function fullNameOf({ repository }: PullRequestSeen): string {
  return `${repository.owner}/${repository.name}`
}
