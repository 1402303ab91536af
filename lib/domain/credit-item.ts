import type { CatalogTier } from './catalog'
import type { ContributionKind } from './contribution'

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
  /** The person's part of what several wrote, in whole percent; left out where it is whole theirs. */
  sharePercent?: number
}

/** What the person was credited before, as recorded with the claim. Amounts are net of corrections. */
export type PriorCredits = {
  termHundredths: number
  lifetimeHundredths: number
  /** Of the same term, by repository. */
  repositories: readonly { repositoryId: string; hundredths: number; items: number }[]
}
export const NO_PRIOR_CREDITS: PriorCredits = { termHundredths: 0, lifetimeHundredths: 0, repositories: [] }

/** The canonical order: what landed first comes first; the id only makes the order total. */
export function byLanding(a: CreditItem, b: CreditItem): number {
  return a.landedAt.getTime() - b.landedAt.getTime() || (a.contributionId < b.contributionId ? -1 : 1)
}
