import type { AiUse } from './ai-use'
import type { CatalogResolution } from './catalog'
import { type ContributionFact, changedLinesOf, isChange, needsAcceptance } from './contribution'
import type { ReasonData } from './errors'
import type { EvidenceDocument } from './evidence'
import { isGenerated } from './file-kinds'
import { PLATFORM_TRAITS } from './platform'
import { takenBackBy } from './revert-chain'
import type { Surge } from './surge'

export { AI_USES, type AiUse } from './ai-use'

export const WARNING_CODES = [
  'reverted',
  'duplicate_work',
  'claimed_whole',
  'own_repository',
  'self_merged',
  'merged_without_review',
  'author_is_owner',
  'author_is_member',
  'few_lines',
  'generated_files',
  'many_in_short_time',
  'class_surge',
  'co_authored',
  'ai_use_declared',
  'catalog_changed',
  'repository_renamed',
  'account_unlinked',
  'facts_changed',
  'license_missing',
  'needs_acceptance',
] as const
export type WarningCode = (typeof WARNING_CODES)[number]

/** Something a reviewer should look at, with the facts that show it. It never rejects by itself. */
export type Warning = { code: WarningCode; contributionId: string | null; proof: ReasonData }

/** One claimed item and what is known about it now. */
export type WarningItem = {
  fact: ContributionFact
  /** Null until the evidence is frozen. */
  evidence: EvidenceDocument | null
  catalog: CatalogResolution
  ownPlatformUserIds: readonly string[]
  accountLinked: boolean
  aiUse: AiUse
  /** `owner/name#number` of a copy that another live claim holds; left out where there is none. */
  duplicateOf?: string | null
  /** Logins of others who have a part in what is claimed without a part; left out where there are none. */
  unsharedWith?: readonly string[]
  /** What the student's class sent the repository in that week, where it is more than the limit. */
  surge?: Surge | null
}

export type WarningInput = {
  items: readonly WarningItem[]
  /** At most this many changed lines are "few". */
  fewLines: number
}

/** Warnings of something that happened since: who hands in or decides cannot have known, so people are told of them. */
const NEWS = [
  'reverted',
  'duplicate_work',
  'claimed_whole',
  'catalog_changed',
  'account_unlinked',
  'facts_changed',
] as const satisfies readonly WarningCode[]

/** Of the warnings that stand now, those that people are told of: news of a kind that the contribution had none of before. */
export function findNewWarnings(before: readonly Warning[], now: readonly Warning[]): Warning[] {
  const key = ({ code, contributionId }: Warning) => `${code} ${contributionId ?? ''}`
  const known = new Set(before.map(key))
  const found = now.filter((warning) => NEWS.some((code) => code === warning.code) && !known.has(key(warning)))
  return [...new Map(found.map((warning) => [key(warning), warning])).values()]
}

/** All warnings of a claim, in a fixed order (by code as listed, then by contribution). */
export function findWarnings({ items, fewLines }: WarningInput): Warning[] {
  const order = (warning: Warning): number => WARNING_CODES.indexOf(warning.code)
  return [
    ...items.flatMap((item) => [
      ...aboutPeople(item),
      ...aboutReview(item),
      ...aboutSize(item, fewLines),
      ...aboutChange(item),
      ...aboutRepository(item),
      ...aboutClass(item),
    ]),
    ...aboutPace(items),
  ].sort((a, b) => order(a) - order(b) || ((a.contributionId ?? '') < (b.contributionId ?? '') ? -1 : 1))
}

/** So many pull requests opened within so many hours are looked at together: farming shows in the pace (FIELD.md §4). */
const MANY = { items: 5, hours: 24 }

/** At least this share of the changed lines, in percent, in files that look machine-written. */
const GENERATED_PERCENT = 50

function warn(item: WarningItem, code: WarningCode, proof: ReasonData): Warning {
  return { code, contributionId: item.fact.id, proof }
}

function aboutPeople(item: WarningItem): Warning[] {
  const { fact, evidence, ownPlatformUserIds } = item
  const isOwn = (id: string | null | undefined): boolean => typeof id === 'string' && ownPlatformUserIds.includes(id)
  const association = evidence?.contribution.authorAssociation ?? fact.authorAssociation
  const ownMerger = [fact.mergedBy, evidence?.merge.mergedBy].find((merger) => isOwn(merger?.platformUserId))
  const others = coAuthorsOf(item)
  return [
    ...(!needsAcceptance(fact.kind) &&
    (isOwn(fact.repository.ownerPlatformUserId) || isOwn(evidence?.repository.ownerPlatformUserId))
      ? [warn(item, 'own_repository', { repository: fact.repository.fullName })]
      : []),
    ...(ownMerger ? [warn(item, 'self_merged', { mergedBy: ownMerger.login })] : []),
    ...(association === 'owner' ? [warn(item, 'author_is_owner', { association })] : []),
    ...(association === 'member' || association === 'collaborator'
      ? [warn(item, 'author_is_member', { association })]
      : []),
    ...(others.length > 0 ? [warn(item, 'co_authored', { count: others.length, logins: others.join(', ') })] : []),
    ...(item.aiUse === 'none' ? [] : [warn(item, 'ai_use_declared', { aiUse: item.aiUse })]),
    ...(item.accountLinked ? [] : [warn(item, 'account_unlinked', { author: fact.authorLogin })]),
  ]
}

/** Others whose commits, or whose names in trailers, are part of the change. */
function coAuthorsOf({ evidence, ownPlatformUserIds }: WarningItem): string[] {
  const authors = (evidence?.commits ?? []).flatMap((commit) => [
    ...(commit.authorLogin === null
      ? []
      : [{ login: commit.authorLogin, platformUserId: commit.authorPlatformUserId }]),
    ...commit.coAuthors,
  ])
  const author = evidence?.contribution.authorLogin?.toLowerCase()
  const others = authors.filter(({ login, platformUserId }) =>
    platformUserId === null ? login.toLowerCase() !== author : !ownPlatformUserIds.includes(platformUserId),
  )
  return [...new Set(others.map(({ login }) => login))].sort()
}

/** Only where the platform has reviews: Gitee's mergers are bots that act on comments, and silence proves nothing there. */
function aboutReview(item: WarningItem): Warning[] {
  const { fact, evidence, ownPlatformUserIds } = item
  if (!evidence || !isChange(fact.kind) || !PLATFORM_TRAITS[fact.platform].hasReviews) return []
  const byOthers = evidence.reviews.filter(
    ({ platformUserId, state }) => state !== 'dismissed' && !ownPlatformUserIds.includes(platformUserId ?? ''),
  )
  if (byOthers.length > 0) return []
  return [warn(item, 'merged_without_review', { mergedBy: fact.mergedBy?.login ?? fact.lastClosedBy?.login ?? null })]
}

function aboutSize(item: WarningItem, fewLines: number): Warning[] {
  const files = item.evidence?.files ?? []
  const changedLines = item.evidence ? changedLinesOf(item.evidence.contribution) : changedLinesOf(item.fact)
  const total = files.reduce((sum, file) => sum + file.additions + file.deletions, 0)
  const generated = files.filter((file) => isGenerated(file.path))
  const generatedLines = generated.reduce((sum, file) => sum + file.additions + file.deletions, 0)
  const mostlyGenerated = generated.length > 0 && generatedLines * 100 >= total * GENERATED_PERCENT
  return [
    ...(isChange(item.fact.kind) && changedLines !== null && changedLines <= fewLines
      ? [warn(item, 'few_lines', { changedLines, fewLines })]
      : []),
    ...(mostlyGenerated
      ? [warn(item, 'generated_files', { generatedLines, changedLines: total, example: generated[0]?.path ?? null })]
      : []),
  ]
}

/** What became of it since: the claim is not changed by it, the people who decide are told. */
function aboutChange(item: WarningItem): Warning[] {
  const { fact, evidence, catalog } = item
  const reverted = [fact.landing, evidence?.merge.landing].find((landing) => landing?.state === 'reverted')
  return [
    ...(reverted
      ? [warn(item, 'reverted', { by: takenBackBy({ platform: fact.platform, proof: reverted.proof }) })]
      : []),
    ...(item.duplicateOf ? [warn(item, 'duplicate_work', { other: item.duplicateOf })] : []),
    ...(item.unsharedWith?.length
      ? [warn(item, 'claimed_whole', { count: item.unsharedWith.length, logins: item.unsharedWith.join(', ') })]
      : []),
    ...(catalog.status === 'included' || needsAcceptance(fact.kind)
      ? []
      : [warn(item, 'catalog_changed', { status: catalog.status })]),
    ...(evidence ? changedFacts(fact, evidence).map((proof) => warn(item, 'facts_changed', proof)) : []),
  ]
}

function changedFacts(fact: ContributionFact, { contribution, merge }: EvidenceDocument): ReasonData[] {
  const pairs = [
    { field: 'additions', frozen: contribution.additions, now: fact.additions ?? contribution.additions },
    { field: 'deletions', frozen: contribution.deletions, now: fact.deletions ?? contribution.deletions },
    { field: 'base_branch', frozen: contribution.baseBranch, now: fact.baseBranch },
    { field: 'commit', frozen: merge.landing.commitSha, now: fact.landing.commitSha ?? merge.landing.commitSha },
    // A revert has its own warning.
    ...(fact.landing.state === 'reverted' || merge.landing.state === 'reverted'
      ? []
      : [{ field: 'landing', frozen: merge.landing.state, now: fact.landing.state }]),
  ]
  return pairs.filter(({ frozen, now }) => frozen !== now)
}

function aboutRepository(item: WarningItem): Warning[] {
  const { repository } = item.fact
  const was = item.evidence?.repository.fullName ?? repository.fullName
  const { license } = repository
  return [
    ...(was === repository.fullName ? [] : [warn(item, 'repository_renamed', { was, is: repository.fullName })]),
    ...(license === null || license === 'NOASSERTION' ? [warn(item, 'license_missing', { license })] : []),
    ...(needsAcceptance(item.fact.kind) ? [warn(item, 'needs_acceptance', { kind: item.fact.kind })] : []),
  ]
}

/** Many of one class at once are a course at work, and a maintainer's burden (FIELD.md §3): to look at, not to refuse. */
function aboutClass(item: WarningItem): Warning[] {
  if (!item.surge) return []
  return [warn(item, 'class_surge', { ...item.surge, repository: item.fact.repository.fullName })]
}

/** The densest span of the claim: two pointers over the times of opening. */
function aboutPace(items: readonly WarningItem[]): Warning[] {
  const opened = items.map(({ fact }) => fact.createdAt.getTime()).sort((a, b) => a - b)
  let first = 0
  let densest = { count: 0, from: 0 }
  opened.forEach((time, last) => {
    while (time - (opened[first] ?? time) >= MANY.hours * 3_600_000) first += 1
    if (last - first + 1 > densest.count) densest = { count: last - first + 1, from: opened[first] ?? time }
  })
  if (densest.count < MANY.items) return []
  const proof = { count: densest.count, hours: MANY.hours, from: new Date(densest.from).toISOString() }
  return [{ code: 'many_in_short_time', contributionId: null, proof }]
}
