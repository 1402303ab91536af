import { isBotAccount } from './bots'
import type { CatalogResolution } from './catalog'
import { type ContributionFact, changedLinesOf, isChange, isWrittenBy, needsAcceptance } from './contribution'
import { basePointsOf, type CreditPolicy, type Treatment } from './credit-policy'
import type { ReasonData } from './errors'
import { isDocumentation } from './file-kinds'
import { landedBranch } from './landing'
import { takenBackBy } from './revert-chain'
import { isWithin, type Term } from './term'
import type { CopyProof } from './work'

export const REASON_CODES = [
  'not_on_platform',
  'not_synced_yet',
  'no_linked_account',
  'repository_unknown',
  'not_merged',
  'reverted',
  'not_in_catalog',
  'catalog_proposed',
  'excluded_repository',
  'opted_out_repository',
  'not_yours',
  'bot',
  'other_branch',
  'duplicate',
  'outside_window',
  'own_repository',
  'self_merged',
  'trivial',
  'already_claimed',
  'already_credited',
  'shares_not_agreed',
  'shares_claimed_whole',
  'no_points_for_kind',
  'needs_acceptance',
  'stats_missing',
  // of what a person names by its address
  'not_added_yet',
  'kind_not_offered',
  'commit_not_landed',
  'merge_commit',
  'co_author_without_id',
  'review_of_own',
  'review_too_late',
  'organisation_release',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** Why a contribution does not count (`blocks`), or what is noted beside one that does. `data` are the values for the words. */
export type Reason = { code: ReasonCode; blocks: boolean; data: ReasonData }
export type Judgement = { eligible: boolean; reasons: readonly Reason[] }

/** Everything beside the fact that decides whether it counts for this person, in this claim. */
export type EligibilityContext = {
  catalog: CatalogResolution
  policy: CreditPolicy
  /** The term it is claimed for; null judges without the window (contribution list before a term is chosen). */
  term: Term | null
  /** Ids of the person's linked accounts on the platform of the fact. */
  ownPlatformUserIds: readonly string[]
  /** Canonical among the copies that this person could claim, how it is called and known; null when there are no copies. */
  canonical: { contributionId: string; reference: string; proof: CopyProof; value: string | null } | null
  /** What became of the work in this person's other claims, at any university; null when nothing did. */
  workUse: { kind: 'claimed' | 'credited'; claimId: string | null } | null
  /** What of a joint contribution is this person's, once all agreed; null while they have not. Left out: it is whole theirs. */
  sharePercent?: number | null
  /** Whether somebody else's claim or award has a joint contribution whole: no part of it is left. */
  isClaimedWhole?: boolean
  /** Paths of the changed files where known: a policy may call documentation-only changes trivial. */
  paths: readonly string[] | null
}

/**
 * Judges one contribution under a policy. All reasons are given, in the order of {@link REASON_CODES}, so that a student
 * learns everything at once. Only what the policy publishes, and what credit means at all, blocks; the rest is noted here
 * and shown to the reviewer as a warning.
 */
export function judgeContribution(fact: ContributionFact, context: EligibilityContext): Judgement {
  const reasons = [
    ...judgeLanding(fact, context),
    ...judgeCatalog(fact, context.catalog),
    ...judgeAuthor(fact, context),
    ...judgeBranch(fact, context),
    ...judgeWindow(fact, context.term),
    ...judgeSize(fact, context),
    ...judgeShare(context),
    ...judgeKind(fact, context.policy),
    ...judgeWork(fact, context),
  ].sort((a, b) => REASON_CODES.indexOf(a.code) - REASON_CODES.indexOf(b.code))
  return { eligible: reasons.every((reason) => !reason.blocks), reasons }
}

function blocking(code: ReasonCode, data: ReasonData = {}): Reason {
  return { code, blocks: true, data }
}

/** A clause that the policy may set to refuse or to warn. */
function treated(code: ReasonCode, treatment: Treatment, data: ReasonData = {}): Reason {
  return { code, blocks: treatment === 'refuse', data }
}

function judgeLanding({ platform, landing, state }: ContributionFact, { policy }: EligibilityContext): Reason[] {
  if (landing.state === 'not_landed') return [blocking('not_merged', { state })]
  if (landing.state === 'landed') return []
  return [treated('reverted', policy.exclusions.reverted, { by: takenBackBy({ platform, proof: landing.proof }) })]
}

/** The catalog is of repositories that one contributes to; what one released oneself is not for it to say. */
function judgeCatalog({ repository, kind }: ContributionFact, catalog: CatalogResolution): Reason[] {
  if (needsAcceptance(kind)) return []
  const data = { repository: repository.fullName, reason: catalog.reason }
  switch (catalog.status) {
    case 'included':
      return []
    case 'excluded':
      return [blocking('excluded_repository', data)]
    case 'opted_out':
      return [blocking('opted_out_repository', data)]
    case 'proposed':
      return [blocking('catalog_proposed', data)]
    case 'unknown':
      return [blocking('not_in_catalog', data)]
  }
}

function judgeAuthor(fact: ContributionFact, { policy, ownPlatformUserIds }: EligibilityContext): Reason[] {
  const { exclusions } = policy
  const { authorPlatformUserId: authorId, mergedBy, repository } = fact
  const isOwn = isWrittenBy(fact, ownPlatformUserIds)
  const owns =
    !needsAcceptance(fact.kind) &&
    repository.ownerPlatformUserId !== null &&
    ownPlatformUserIds.includes(repository.ownerPlatformUserId)
  const bot = isBotAccount({ login: fact.authorLogin, platformUserId: authorId, authorType: fact.authorType })
  return [
    ...(isOwn ? [] : [blocking('not_yours', { author: fact.authorLogin })]),
    ...(bot ? [treated('bot', exclusions.bots, { author: fact.authorLogin })] : []),
    ...(owns ? [treated('own_repository', exclusions.ownRepository, { repository: repository.fullName })] : []),
    ...(mergedBy?.platformUserId && ownPlatformUserIds.includes(mergedBy.platformUserId)
      ? [treated('self_merged', exclusions.selfMerged, { mergedBy: mergedBy.login })]
      : []),
  ]
}

/**
 * The default branch counts, and what the catalog adds. A repository that renamed `master` to `main` keeps the old name on
 * pull requests that were merged before, so the two stand for each other.
 */
function judgeBranch(fact: ContributionFact, { catalog }: EligibilityContext): Reason[] {
  // Found by a night before anybody had linked its author: landed, and not read yet.
  if (fact.landing.state !== 'not_landed' && fact.baseBranch === '') {
    return [blocking('not_synced_yet', { lastFullSyncAt: null })]
  }
  if (fact.landing.state === 'not_landed' || isOnCountedBranch(fact, catalog.acceptedBranches)) return []
  return [blocking('other_branch', { branch: landedBranch(fact), defaultBranch: fact.repository.defaultBranch })]
}

const RENAMED_DEFAULTS = ['main', 'master']

function judgeWindow({ landing }: ContributionFact, term: Term | null): Reason[] {
  if (term === null || landing.landedAt === null || isWithin(landing.landedAt, term)) return []
  return [blocking('outside_window', { landedAt: landing.landedAt.toISOString(), termId: term.id })]
}

/** Sizes that are not known yet are no reason to refuse: they come with the evidence, and are judged again then. */
function judgeSize(fact: ContributionFact, { policy, paths }: EligibilityContext): Reason[] {
  if (!isChange(fact.kind)) return []
  const changedLines = changedLinesOf(fact)
  if (changedLines === null) return [{ code: 'stats_missing', blocks: false, data: {} }]
  const { treatment, maxChangedLines, maxDocumentationLines } = policy.exclusions.trivial
  const documentationOnly = paths !== null && paths.length > 0 && paths.every(isDocumentation)
  const limit = documentationOnly ? Math.max(maxChangedLines, maxDocumentationLines) : maxChangedLines
  if (limit === 0 || changedLines > limit) return []
  return [treated('trivial', treatment, { changedLines, limit, documentationOnly })]
}

function judgeShare({ sharePercent, isClaimedWhole }: EligibilityContext): Reason[] {
  return [
    ...(sharePercent === null ? [blocking('shares_not_agreed')] : []),
    ...(isClaimedWhole ? [blocking('shares_claimed_whole')] : []),
  ]
}

/** What the rules give for such a thing at all, and whether a person has to say so first. */
function judgeKind({ kind }: ContributionFact, policy: CreditPolicy): Reason[] {
  if (basePointsOf(policy, kind) === null) return [blocking('no_points_for_kind', { kind })]
  return needsAcceptance(kind) ? [{ code: 'needs_acceptance', blocks: false, data: { kind } }] : []
}

function judgeWork(fact: ContributionFact, { canonical, workUse }: EligibilityContext): Reason[] {
  const copyOf = canonical !== null && canonical.contributionId !== fact.id ? canonical : null
  return [
    ...(copyOf ? [blocking('duplicate', copyData(copyOf))] : []),
    ...(workUse?.kind === 'claimed' ? [blocking('already_claimed', { claimId: workUse.claimId })] : []),
    ...(workUse?.kind === 'credited' ? [blocking('already_credited', { claimId: workUse.claimId })] : []),
  ]
}

function copyData({
  contributionId,
  reference,
  proof,
  value,
}: NonNullable<EligibilityContext['canonical']>): ReasonData {
  return { canonicalContributionId: contributionId, other: reference, proof, value: value?.slice(0, 12) ?? null }
}

/** Whether a landed change stands on a branch that counts in its repository; see {@link judgeContribution}. */
export function isOnCountedBranch(
  fact: Pick<ContributionFact, 'baseBranch' | 'landing'> & { repository: { defaultBranch: string } },
  acceptedBranches: readonly string[],
): boolean {
  const { defaultBranch } = fact.repository
  const branch = landedBranch(fact)
  const renamed = RENAMED_DEFAULTS.includes(branch) && RENAMED_DEFAULTS.includes(defaultBranch)
  return branch === defaultBranch || renamed || acceptedBranches.includes(branch)
}

/** Reasons for which what a person names is not kept at all: it is not theirs, has not landed, or the catalog leaves it out. */
const REFUSES_ADDING: ReadonlySet<ReasonCode> = new Set([
  'not_on_platform',
  'no_linked_account',
  'not_merged',
  'not_in_catalog',
  'catalog_proposed',
  'excluded_repository',
  'opted_out_repository',
  'not_yours',
  'bot',
  'other_branch',
  'kind_not_offered',
  'commit_not_landed',
  'merge_commit',
  'co_author_without_id',
  'review_of_own',
  'review_too_late',
  'organisation_release',
])

/** Why what a person names cannot be added; empty where it can, though it may not count for other reasons. */
export function whyNotAdded(reasons: readonly Reason[]): Reason[] {
  return reasons.filter(({ code, blocks }) => blocks && REFUSES_ADDING.has(code))
}
