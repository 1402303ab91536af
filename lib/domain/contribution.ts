import { z } from 'zod'
import { LANDING_RULE_NAMES } from './landing-rule'
import type { Platform, PlatformUser } from './platform'

/**
 * A commit is one of its own, without a pull request; a review is all that one person said of one pull request; models and
 * datasets are what somebody released.
 */
export const CONTRIBUTION_KINDS = ['pull_request', 'commit', 'review', 'model', 'dataset'] as const
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number]

/** What no rule can weigh: it counts for nothing until a reviewer accepts it. */
export function needsAcceptance(kind: ContributionKind): boolean {
  return kind === 'model' || kind === 'dataset'
}

/** Whether it is a change of a repository's files, which has a size. */
export function isChange(kind: ContributionKind): boolean {
  return kind === 'pull_request' || kind === 'commit'
}

export const CONTRIBUTION_STATES = ['open', 'closed', 'merged'] as const
export type ContributionState = (typeof CONTRIBUTION_STATES)[number]

/** `ghost` is a deleted account, `mannequin` one that an import made up: nobody can prove to be either. */
export const AUTHOR_TYPES = ['user', 'bot', 'mannequin', 'ghost'] as const
export type AuthorType = (typeof AUTHOR_TYPES)[number]

/** The author's relation to the repository as the platform shows it today (a hint: it changes, and hides private members). */
export const AUTHOR_ASSOCIATIONS = [
  'owner',
  'member',
  'collaborator',
  'contributor',
  'first_time_contributor',
  'first_timer',
  'mannequin',
  'none',
] as const
export type AuthorAssociation = (typeof AUTHOR_ASSOCIATIONS)[number]

/** What a platform says about a repository. `platformRepositoryId` is who it is; the name is what to show today. */
export type RepositoryFact = {
  id: string
  platformRepositoryId: string
  /** Path form, `owner/name`, never a display name. */
  fullName: string
  defaultBranch: string
  ownerPlatformUserId: string | null
  fork: boolean
  archived: boolean
  stars: number | null
  /** SPDX id as the platform states it, or null when it states none. */
  license: string | null
}

export const LANDING_STATES = ['landed', 'not_landed', 'reverted'] as const
export type LandingState = (typeof LANDING_STATES)[number]

/** One fact that a landing rests on: which field said what. */
export const landingProofSchema = z.array(z.strictObject({ fact: z.string(), value: z.string() }))
export type LandingProof = z.infer<typeof landingProofSchema>

export const landingRuleNameSchema = z.enum(LANDING_RULE_NAMES)

/** What the landing rules of the repository make of the facts; recomputed at each refresh. */
export type LandingResult = {
  state: LandingState
  /** When it reached the branch; kept when reverted, so that one sees from when to when it stood. */
  landedAt: Date | null
  rule: z.infer<typeof landingRuleNameSchema> | null
  /** The commit on the target branch, where the platform names it. */
  commitSha: string | null
  proof: LandingProof
}

/** A change seen on a platform: a fact, refreshed as a whole, never edited and never judged in place. */
export type ContributionFact = {
  id: string
  platform: Platform
  repository: RepositoryFact
  kind: ContributionKind
  /** 0 for what has no number: a commit, a release. */
  number: number
  /** What a number does not say: a commit's sha, a reviewer's id; else empty. */
  ref: string
  title: string
  url: string
  /** Null when the platform shows a deleted account. */
  authorPlatformUserId: string | null
  authorLogin: string | null
  authorType: AuthorType
  authorAssociation: AuthorAssociation | null
  /** Whom the landed commit proves to have written it as well, by id; as far as somebody asked. */
  coAuthors: readonly CoAuthor[]
  state: ContributionState
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  mergedAt: Date | null
  /** Empty where only the index of a repository knows of it so far: nothing but who landed it, and when. */
  baseBranch: string
  labels: readonly string[]
  /** Null where the platform's list leaves them out (Gitee); filled when the evidence is taken. */
  additions: number | null
  deletions: number | null
  changedFiles: number | null
  mergedBy: PlatformUser | null
  /** Who closed it last; a reopened one keeps the last closer. */
  lastClosedBy: PlatformUser | null
  /** The commit that closed it, where the platform says that a commit did. */
  closerCommitSha: string | null
  /** Set on unmerged pull requests too (a test merge): never proof by itself. */
  mergeCommitSha: string | null
  landing: LandingResult
  /** Numbers in the same repository that this one reverts (see revert.ts). */
  reverts: readonly number[]
  workId: string | null
}

export type CoAuthor = { platformUserId: string; login: string }

/** Whether one of these identities on the contribution's platform wrote it, alone or with others. */
export function isWrittenBy(
  { authorPlatformUserId, coAuthors }: Pick<ContributionFact, 'authorPlatformUserId' | 'coAuthors'>,
  platformUserIds: readonly string[],
): boolean {
  const ids = [...(authorPlatformUserId === null ? [] : [authorPlatformUserId])]
  return [...ids, ...coAuthors.map(({ platformUserId }) => platformUserId)].some((id) => platformUserIds.includes(id))
}

/** Added plus deleted lines, or null where either is not known. */
export function changedLinesOf(fact: Pick<ContributionFact, 'additions' | 'deletions'>): number | null {
  return fact.additions === null || fact.deletions === null ? null : fact.additions + fact.deletions
}
