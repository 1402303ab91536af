import type { CatalogResolution } from './catalog'
import type { ContributionFact } from './contribution'
import type { ReasonData } from './errors'
import type { EvidenceDocument } from './evidence'

export const WARNING_CODES = [
  'reverted',
  'own_repository',
  'self_merged',
  'merged_without_review',
  'author_is_owner',
  'author_is_member',
  'few_lines',
  'generated_files',
  'many_in_short_time',
  'co_authored',
  'ai_use_declared',
  'catalog_changed',
  'repository_renamed',
  'account_unlinked',
  'facts_changed',
  'license_missing',
] as const
export type WarningCode = (typeof WARNING_CODES)[number]

/** Something a reviewer should look at, with the facts that show it. It never rejects by itself. */
export type Warning = { code: WarningCode; contributionId: string | null; proof: ReasonData }

/** What the student declares about each item; how much a machine wrote. */
export const AI_USES = ['none', 'assisted', 'substantial'] as const
export type AiUse = (typeof AI_USES)[number]

/** One claimed item and what is known about it now. */
export type WarningItem = {
  fact: ContributionFact
  /** Null until the evidence is frozen. */
  evidence: EvidenceDocument | null
  catalog: CatalogResolution
  ownPlatformUserIds: readonly string[]
  accountLinked: boolean
  aiUse: AiUse
}

export type WarningInput = {
  items: readonly WarningItem[]
  /** At most this many changed lines are "few". */
  fewLines: number
}

/** All warnings of a claim, in a fixed order (by code as listed, then by contribution). */
export function findWarnings(_input: WarningInput): Warning[] {
  throw new Error('not yet')
}
