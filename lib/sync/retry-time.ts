import type { PlatformError } from '@/lib/platforms/platform-error'

const DAY_MS = 86_400_000
const LEAST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 30 * 60_000

/** At most this much later than was told, so that those who were told the same time do not come back at the same moment. */
export const MOST_JITTER_MS = 20_000

/**
 * When to try again, or null for never. A time that the platform named is kept to, never before it. The longer a platform
 * is down, the longer the waits; after a day it is given up.
 * @param of.random 0 to 1, for tests
 */
export function retryTime(
  error: PlatformError,
  { startedAt, now, random = Math.random }: { startedAt: Date; now: Date; random?: () => number },
): Date | null {
  const elapsedMs = now.getTime() - startedAt.getTime()
  if (elapsedMs > DAY_MS) return null
  if (error.kind === 'rate_limited') return afterTold(error.until ?? new Date(now.getTime() + 60_000), random)
  if (error.kind !== 'unavailable') return null
  const waitMs = Math.min(Math.max(elapsedMs, LEAST_WAIT_MS), LONGEST_WAIT_MS)
  const ownTime = new Date(now.getTime() + waitMs)
  return error.until === null || error.until <= ownTime ? ownTime : afterTold(error.until, random)
}

/** A moment after a time that a platform named; never before it. */
export function afterTold(until: Date, random: () => number = Math.random): Date {
  return new Date(until.getTime() + Math.floor(random() * MOST_JITTER_MS))
}
