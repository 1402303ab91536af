import type { ContributionRow } from '@/lib/db/contributions'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { isPlatform, PLATFORM_TRAITS } from '@/lib/domain/platform'
import type { PullRequestSeen, SkippedRecord } from '@/lib/platforms/port'
import { judgeLanding, takesBack } from './judge-landing'

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
    instant(seen.closedAt) !== instant(stored.closedAt) ||
    instant(seen.mergedAt) !== instant(stored.mergedAt) ||
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
  if (stored.landingState === 'landed') {
    const sha = stored.landedCommitSha
    const landed = { commitSha: sha, fullName: fullNameOf(seen), number: seen.number }
    if (seen.mentionedBy.some(({ message }) => takesBack(message, landed))) return true
    if (seen.revertedBy.length > 0) return true
  }
  // A landing that only a looked-up commit shows cannot be judged from a list.
  if (stored.landingRule === 'commit_trailer' && rules.some(({ rule }) => rule === 'commit_trailer')) return false
  const facts = { ...seen, mergeCommitSha: seen.mergeCommitSha ?? stored.mergeCommitSha }
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

function fullNameOf({ repository }: PullRequestSeen): string {
  return `${repository.owner}/${repository.name}`
}
