import type { Entrance, SandboxRequest } from '../http/types'
import { secondaryProblem } from './rest/door'

/** At most so many calls of one caller at once, REST and GraphQL together (GitHub's documented secondary limit). */
const MOST_AT_ONCE = 100
const RETRY_AFTER_SECONDS = 60

/** Counts the calls that are under way by caller, and refuses the one over the limit. */
export function createConcurrencyLimit(): (request: SandboxRequest) => Entrance {
  const underWay = new Map<string, number>()
  return ({ headers }) => {
    const caller = headers.authorization ?? 'anonymous'
    const count = underWay.get(caller) ?? 0
    if (count >= MOST_AT_ONCE) return { refusal: secondaryProblem(RETRY_AFTER_SECONDS), leave: () => {} }
    underWay.set(caller, count + 1)
    const leave = (): void => {
      const left = (underWay.get(caller) ?? 1) - 1
      if (left === 0) underWay.delete(caller)
      else underWay.set(caller, left)
    }
    return { refusal: null, leave }
  }
}
