import { add, addUnlessZero, type ExplanationCode, type LineOf, type Running } from './credit-explanation'
import { byLanding, type PriorCredits } from './credit-item'
import type { CreditPolicy } from './credit-policy'

type Claim = { running: readonly Running[]; prior: PriorCredits; unitsPerHundredth: bigint }
type Cap = { code: ExplanationCode; name: keyof CreditPolicy['caps']; used: number }

/** Cuts the running values down to every cap of the policy, in place, from the narrowest to the widest. */
export function applyCaps({ caps }: CreditPolicy, { running, prior, unitsPerHundredth }: Claim): void {
  const capTo = ({ code, name, used }: Cap, group: readonly Running[]): void => {
    const capHundredths = caps[name]
    if (capHundredths === null) return
    const room = BigInt(Math.max(0, capHundredths - used)) * unitsPerHundredth
    fill(group, room, { code, clause: `caps.${name}`, data: { capHundredths, priorHundredths: used } })
  }
  for (const one of running) capTo({ code: 'cap_item', name: 'perItemHundredths', used: 0 }, [one])
  for (const [repositoryId, group] of Map.groupBy(running, ({ item }) => item.repositoryId)) {
    const before = prior.repositories.filter((repository) => repository.repositoryId === repositoryId)
    const usedItems = before.reduce((sum, { items }) => sum + items, 0)
    keepMostValuable(group, caps.itemsPerRepository, usedItems)
    const used = before.reduce((sum, { hundredths }) => sum + hundredths, 0)
    capTo({ code: 'cap_repository', name: 'perRepositoryHundredths', used }, group)
  }
  capTo({ code: 'cap_term', name: 'perTermHundredths', used: prior.termHundredths }, running)
  capTo({ code: 'cap_lifetime', name: 'lifetimeHundredths', used: prior.lifetimeHundredths }, running)
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
