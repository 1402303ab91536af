import { type Running, sumOf } from './credit-explanation'
import type { RoundingRule } from './credit-policy'

/** Whole hundredths of a non-negative exact amount. */
export function roundUnits(rule: RoundingRule, units: bigint, unitsPerHundredth: bigint): bigint {
  switch (rule) {
    case 'down':
      return units / unitsPerHundredth
    case 'up':
      return (units + unitsPerHundredth - 1n) / unitsPerHundredth
    case 'half_up':
      return (2n * units + unitsPerHundredth) / (2n * unitsPerHundredth)
  }
}

/**
 * Splits the awarded hundredths over the items so that the shares sum to it: first over repositories, then within each
 * (largest remainder). Nobody gets more than the next whole hundredth of what they are worth, so that whole-hundredth
 * caps of items and repositories hold for the shares as well.
 */
export function shareOut(awarded: bigint, running: readonly Running[], unitsPerHundredth: bigint): Map<string, bigint> {
  const shares = new Map<string, bigint>()
  if (awarded === 0n) return shares
  const groups = [...Map.groupBy(running, ({ item }) => item.repositoryId).values()]
  const portions = largestRemainder(awarded, groups.map(sumOf), unitsPerHundredth)
  groups.forEach((group, index) => {
    const parts = largestRemainder(
      portions[index] ?? 0n,
      group.map(({ units }) => units),
      unitsPerHundredth,
    )
    group.forEach(({ item }, position) => {
      shares.set(item.contributionId, parts[position] ?? 0n)
    })
  })
  return shares
}

function largestRemainder(total: bigint, units: readonly bigint[], unitsPerHundredth: bigint): bigint[] {
  const parts = units.map((value) => value / unitsPerHundredth)
  const missing = Number(total - parts.reduce((sum, part) => sum + part, 0n))
  const remainderAt = (index: number): bigint => (units[index] ?? 0n) % unitsPerHundredth
  const receivers = [...units.keys()].sort((a, b) => Number(remainderAt(b) - remainderAt(a)) || a - b).slice(0, missing)
  return parts.map((part, index) => (receivers.includes(index) ? part + 1n : part))
}
