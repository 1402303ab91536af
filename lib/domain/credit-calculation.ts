import type { CatalogTier } from './catalog'
import type { ContributionKind } from './contribution'
import type { CreditPolicy } from './credit-policy'
import type { ReasonData } from './errors'

/** Bumped whenever the same input could give another figure; stored with every calculation, old engines stay callable. */
export const ENGINE_VERSION = 1

/** One contribution that is to be credited: eligible, and accepted by the people who decide. */
export type CreditItem = {
  contributionId: string
  workId: string
  kind: ContributionKind
  repositoryId: string
  tier: CatalogTier
  landedAt: Date
  /** Added plus deleted lines; null where unknown, then no size step is reached. */
  changedLines: number | null
}

/** What the person was credited before, as recorded with the claim. Amounts are net of corrections. */
export type PriorCredits = {
  termHundredths: number
  lifetimeHundredths: number
  /** Of the same term, by repository. */
  repositories: readonly { repositoryId: string; hundredths: number; items: number }[]
}
export const NO_PRIOR_CREDITS: PriorCredits = { termHundredths: 0, lifetimeHundredths: 0, repositories: [] }

export const EXPLANATION_CODES = [
  'base_points',
  'size_points',
  'tier_factor',
  'cap_items_per_repository',
  'cap_item',
  'cap_repository',
  'cap_term',
  'cap_lifetime',
  'rounding',
  'below_minimum',
] as const
export type ExplanationCode = (typeof EXPLANATION_CODES)[number]

/**
 * One step of the arithmetic. `deltaUnits` is an exact integer (as text, it may exceed 2^53) in units of which
 * `unitsPerHundredth` make a hundredth of a credit; over all lines of a calculation they sum to the figure.
 */
export type ExplanationLine = {
  code: ExplanationCode
  /** Path of the clause in the policy document, e.g. `points.sizeSteps.1`. */
  clause: string
  contributionId: string | null
  deltaUnits: string
  data: ReasonData
}

/** `hundredths` is the item's share of the figure: the shares sum to it and respect item and repository caps. */
export type CalculatedItem = { contributionId: string; hundredths: number; lines: readonly ExplanationLine[] }

export type CreditCalculation = {
  engineVersion: number
  creditHundredths: number
  unitsPerHundredth: string
  items: readonly CalculatedItem[]
  lines: readonly ExplanationLine[]
}

/**
 * The credit of a claim. Exact integers throughout, one rounding at the end. Deterministic and independent of the order
 * of items and priors; caps are never exceeded; one more item never gives less; lines sum exactly to the figure.
 * @throws AppError invalid/duplicate_item, invalid/duplicate_work: a work is credited once, so two copies are a bug upstream.
 */
export function calculateCredit(
  _policy: CreditPolicy,
  _items: readonly CreditItem[],
  _prior: PriorCredits,
): CreditCalculation {
  throw new Error('not yet')
}

/** Exact units as a credit figure for people, e.g. "0.4500": at least two decimals, six at most (cut, marked by "…"). */
export function formatUnits(_deltaUnits: string, _unitsPerHundredth: string): string {
  throw new Error('not yet')
}
