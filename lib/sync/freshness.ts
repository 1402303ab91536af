import type { SyncRun } from '@/lib/domain/sync'
import type { Freshness } from './view'

/** A nightly sync and half a day of grace. */
const FRESH_HOURS = 36

/** How far one may trust what is shown of an account. */
export function freshnessOf(syncedAt: Date | null, latestRun: SyncRun | null, now: Date): Freshness {
  if (latestRun && ['queued', 'running', 'waiting'].includes(latestRun.state)) return 'syncing'
  // A night that read the account later has made up for it.
  const isMadeUp = syncedAt !== null && latestRun?.finishedAt != null && syncedAt > latestRun.finishedAt
  if (latestRun?.state === 'failed' && !isMadeUp) return 'failed'
  if (syncedAt === null) return 'never'
  return now.getTime() - syncedAt.getTime() <= FRESH_HOURS * 3_600_000 ? 'fresh' : 'stale'
}
