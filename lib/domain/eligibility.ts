import type { CatalogResolution } from './catalog'
import type { ContributionFact } from './contribution'
import type { CreditPolicy } from './credit-policy'
import type { ReasonData } from './errors'
import type { Term } from './term'

export const REASON_CODES = [
  'not_synced_yet',
  'no_linked_account',
  'repository_unknown',
  'not_merged',
  'reverted',
  'not_in_catalog',
  'catalog_proposed',
  'excluded_repository',
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
  'stats_missing',
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
  /** Canonical among the copies that this person could claim; null when there are no copies. */
  canonicalContributionId: string | null
  /** What became of the work in this person's other claims, at any university; null when nothing did. */
  workUse: { kind: 'claimed' | 'credited'; claimId: string | null } | null
  /** Paths of the changed files where known: a policy may call documentation-only changes trivial. */
  paths: readonly string[] | null
}

/**
 * Judges one contribution under a policy. All reasons are given, the most telling first, so that a student learns
 * everything at once. Only rules that the policy publishes block; the rest is for warnings and for people.
 */
export function judgeContribution(_fact: ContributionFact, _context: EligibilityContext): Judgement {
  throw new Error('not yet')
}

/** What is known when a student asks "why isn't my pull request here?" and no fact is stored. */
export type MissingContext = {
  /** Whether the person has a linked account on that platform. */
  linked: boolean
  /** The catalog's word, or null when the repository was never seen. */
  catalog: CatalogResolution | null
  /** When the account was last read to the end, or null for never. */
  lastFullSyncAt: Date | null
}

/** Names why a pull request is not among the stored facts. Always blocks, always at least one reason. */
export function explainMissing(_context: MissingContext): Judgement {
  throw new Error('not yet')
}
