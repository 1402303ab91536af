import type { ContributionInput, ContributionRow } from '@/lib/db/contributions'
import {
  type ContributionKind,
  LANDING_STATES,
  type LandingResult,
  landingProofSchema,
} from '@/lib/domain/contribution'
import { LANDING_RULE_NAMES } from '@/lib/domain/landing-rule'
import type { PullRequestSeen } from '@/lib/platforms/port'

type Place = { repositoryId: string; workId: string; landing: LandingResult; kind?: ContributionKind; ref?: string }

/** What a platform shows, as it is stored. Pure. */
export function toContributionInput(seen: PullRequestSeen, place: Place): ContributionInput {
  return {
    ref: '',
    kind: 'pull_request',
    ...place,
    platform: seen.platform,
    number: seen.number,
    nodeId: seen.nodeId,
    title: seen.title,
    url: seen.url,
    authorPlatformUserId: seen.authorPlatformUserId,
    authorLogin: seen.authorLogin,
    authorType: seen.authorType,
    authorAssociation: seen.authorAssociation,
    state: seen.state,
    createdAt: seen.createdAt,
    updatedAt: seen.updatedAt,
    closedAt: seen.closedAt,
    mergedAt: seen.mergedAt,
    baseBranch: seen.baseBranch,
    labels: [...seen.labels],
    additions: seen.additions,
    deletions: seen.deletions,
    changedFiles: seen.changedFiles,
    mergedByUserId: seen.mergedBy?.platformUserId ?? null,
    mergedByLogin: seen.mergedBy?.login ?? null,
    lastClosedByUserId: seen.lastClosedBy?.platformUserId ?? null,
    lastClosedByLogin: seen.lastClosedBy?.login ?? null,
    reverts: [...seen.reverts],
    mergeCommitSha: seen.mergeCommitSha,
    closerCommitSha: seen.closerCommitSha,
    patchId: seen.patchId ?? null,
  }
}

/** What a list may leave out, and what is stored of it. */
type Told = Pick<
  PullRequestSeen,
  | 'state'
  | 'additions'
  | 'deletions'
  | 'changedFiles'
  | 'patchId'
  | 'closedAt'
  | 'mergedAt'
  | 'mergeCommitSha'
  | 'mergedBy'
  | 'lastClosedBy'
>
type Known = Pick<
  ContributionRow,
  | Exclude<keyof Told, 'state' | 'mergedBy' | 'lastClosedBy'>
  | 'mergedByUserId'
  | 'mergedByLogin'
  | 'lastClosedByUserId'
  | 'lastClosedByLogin'
>

/** What this list leaves out but an earlier look-up found stays known. Pure. */
export function withKnownFacts<Seen extends Told>(seen: Seen, before: Known | null): Seen {
  if (before === null) return seen
  return {
    ...seen,
    additions: seen.additions ?? before.additions,
    deletions: seen.deletions ?? before.deletions,
    changedFiles: seen.changedFiles ?? before.changedFiles,
    patchId: seen.patchId ?? before.patchId,
    closedAt: seen.closedAt ?? (seen.state === 'open' ? null : before.closedAt),
    mergedAt: seen.mergedAt ?? (seen.state === 'merged' ? before.mergedAt : null),
    mergeCommitSha: seen.mergeCommitSha ?? (seen.state === 'merged' ? before.mergeCommitSha : null),
    mergedBy: seen.mergedBy ?? userOf(before.mergedByUserId, before.mergedByLogin),
    lastClosedBy: seen.lastClosedBy ?? userOf(before.lastClosedByUserId, before.lastClosedByLogin),
  }
}

function userOf(platformUserId: string | null, login: string | null) {
  return login === null ? null : { platformUserId, login }
}

/** The stored landing of a contribution. */
export function landingOf(row: ContributionRow): LandingResult {
  return {
    state: LANDING_STATES.find((state) => state === row.landingState) ?? 'not_landed',
    landedAt: row.landedAt,
    rule: LANDING_RULE_NAMES.find((name) => name === row.landingRule) ?? null,
    commitSha: row.landedCommitSha,
    proof: landingProofSchema.catch([]).parse(row.landingProof ?? []),
  }
}
