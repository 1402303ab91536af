import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** What a platform said last of a university's credential, in one of the pools that it counts in. */
export type SyncAllowanceRow = {
  platform: Platform
  pool: string
  /** Null where the platform does not say how much there is in all. */
  total: number | null
  remaining: number
  /** When all of it is back, by our clock. */
  resetsAt: Date | null
  toldAt: Date
}

export async function listSyncAllowances(tx: Tx, universityId: string): Promise<SyncAllowanceRow[]> {
  const rows = await tx.syncAllowance.findMany({
    where: { universityId },
    orderBy: [{ platform: 'asc' }, { pool: 'asc' }],
  })
  return rows.map(({ universityId: _, platform, ...row }) => ({ ...row, platform: oneOf(PLATFORMS, platform) }))
}

/** What a column of this kind holds at most; an allowance of more is one without an end. */
const MOST = 2_147_483_647

/** Puts down what was told; what was told later by another worker stays. */
export async function saveSyncAllowances(
  tx: Tx,
  universityId: string,
  rows: readonly SyncAllowanceRow[],
): Promise<void> {
  for (const { platform, pool, total, remaining, resetsAt, toldAt } of rows) {
    await tx.$executeRaw`
      insert into sync_allowance (university_id, platform, pool, total, remaining, resets_at, told_at)
      values (${universityId}::uuid, ${platform}, ${pool}, ${total === null ? null : Math.min(total, MOST)}::int, ${Math.min(remaining, MOST)}::int, ${resetsAt}::timestamptz, ${toldAt}::timestamptz)
      on conflict (university_id, platform, pool) do update
        set total = excluded.total, remaining = excluded.remaining, resets_at = excluded.resets_at, told_at = excluded.told_at
      where sync_allowance.told_at <= excluded.told_at`
  }
}
