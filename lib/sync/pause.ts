import { withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { Platform } from '@/lib/domain/platform'

/** How often what met a pause looks whether it is over, should nobody wake it. */
export const PAUSE_LOOK_MS = 30 * 60_000

/** Thrown between two pages when the university paused the platform: what was read stays, going on starts there. */
export class SyncPaused extends Error {
  override readonly name = 'SyncPaused'
}

/** @throws SyncPaused */
export async function assertNotPaused(of: { universityId: string; platform: Platform }): Promise<void> {
  if (await withScope({ universityId: of.universityId }, (tx) => isSyncPaused(tx, of))) throw new SyncPaused()
}
