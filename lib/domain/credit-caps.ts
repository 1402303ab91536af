import { add, addUnlessZero, type ExplanationCode, type LineOf, type Running } from './credit-explanation'
import { byLanding, type PriorCredits } from './credit-item'
import type { CreditPolicy } from './credit-policy'

type CapInput = { running: readonly Running[]; prior: PriorCredits; unitsPerHundredth: bigint }

/** Cuts the running values down to every cap of the policy, in place, from the narrowest to the widest. */
export function applyCaps({ caps }: CreditPolicy, { running, prior, unitsPerHundredth }: CapInput): void {
  const capped = (
    code: ExplanationCode,
    clause: string,
    cap: number | null,
    group: readonly Running[],
    used: number,
  ): void => {
    if (cap === null) return
    const room = BigInt(Math.max(0, cap - used)) * unitsPerHundredth
    fill(group, room, { code, clause, data: { capHundredths: cap, priorHundredths: used } })
  }
  for (const one of running) capped('cap_item', 'caps.perItemHundredths', caps.perItemHundredths, [one], 0)
  for (const [repositoryId, group] of Map.groupBy(running, ({ item }) => item.repositoryId)) {
    const before = prior.repositories.filter((repository) => repository.repositoryId === repositoryId)
    keepMostValuable(
      group,
      caps.itemsPerRepository,
      before.reduce((sum, { items }) => sum + items, 0),
    )
    const used = before.reduce((sum, { hundredths }) => sum + hundredths, 0)
    capped('cap_repository', 'caps.perRepositoryHundredths', caps.perRepositoryHundredths, group, used)
  }
  capped('cap_term', 'caps.perTermHundredths', caps.perTermHundredths, running, prior.termHundredths)
  capped('cap_lifetime', 'caps.lifetimeHundredths', caps.lifetimeHundredths, running, prior.lifetimeHundredths)
}

/** Lets items through in their order while there is room; what finds none is cut. */
function fill(group: readonly Running[], room: bigint, line: LineOf): void {
  let left = room
  for (const one of group) {
    const excess = one.units - left
    if (excess > 0n) add(one, -excess, line)
    left -= one.units
  }
}

/** Of one repository only so many count. The most valuable do: choosing by order would let one more item lower the sum. */
function keepMostValuable(group: readonly Running[], limit: number | null, usedBefore: number): void {
  if (limit === null) return
  const byValue = [...group].sort((a, b) =>
    a.units === b.units ? byLanding(a.item, b.item) : a.units > b.units ? -1 : 1,
  )
  for (const one of byValue.slice(Math.max(0, limit - usedBefore))) {
    addUnlessZero(one, -one.units, {
      code: 'cap_items_per_repository',
      clause: 'caps.itemsPerRepository',
      data: { limit, usedBefore },
    })
  }
}
