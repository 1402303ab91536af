import type { CreditPolicy } from './credit-policy'

export const CORRECTION_CAPS = ['perItem', 'perRepository', 'perTerm', 'lifetime'] as const
export type CorrectionCap = (typeof CORRECTION_CAPS)[number]

/** What an award would give after a correction, and what its student has beside it; integer hundredths. */
export type CorrectedAward = {
  hundredths: number
  /** What the award credits. */
  items: readonly { repositoryId: string }[]
  /** Of the student's term and in all, without this award. */
  beside: { termHundredths: number; lifetimeHundredths: number }
}

/**
 * The narrowest cap of the award's own rules that a corrected figure is above, whatever of it falls to which item; null
 * where it could have come from the rules. A person may credit more than that, but not unseen.
 */
export function capAbove(
  caps: CreditPolicy['caps'],
  { hundredths, items, beside }: CorrectedAward,
): { cap: CorrectionCap; limitHundredths: number } | null {
  const repositories = new Set(items.map(({ repositoryId }) => repositoryId)).size
  const times = (cap: number | null, count: number) => (cap === null ? null : cap * count)
  const limits: [CorrectionCap, number | null][] = [
    ['perItem', times(caps.perItemHundredths, items.length)],
    ['perRepository', times(caps.perRepositoryHundredths, repositories)],
    ['perTerm', leftOf(caps.perTermHundredths, beside.termHundredths)],
    ['lifetime', leftOf(caps.lifetimeHundredths, beside.lifetimeHundredths)],
  ]
  for (const [cap, limitHundredths] of limits) {
    if (limitHundredths !== null && hundredths > limitHundredths) return { cap, limitHundredths }
  }
  return null
}

const leftOf = (cap: number | null, used: number): number | null => (cap === null ? null : Math.max(0, cap - used))
