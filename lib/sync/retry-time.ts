import type { PlatformError } from '@/lib/platforms/platform-error'

const DAY_MS = 86_400_000
const LEAST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 30 * 60_000

/** When to try again, or null for never. The longer a platform is down, the longer the waits; after a day it is given up. */
export function retryTime(error: PlatformError, { startedAt, now }: { startedAt: Date; now: Date }): Date | null {
  const elapsedMs = now.getTime() - startedAt.getTime()
  if (elapsedMs > DAY_MS) return null
  if (error.kind === 'rate_limited') return error.until ?? new Date(now.getTime() + 60_000)
  if (error.kind !== 'unavailable') return null
  const waitMs = Math.min(Math.max(elapsedMs, LEAST_WAIT_MS), LONGEST_WAIT_MS)
  return new Date(Math.max(error.until?.getTime() ?? 0, now.getTime() + waitMs))
}
