import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** One platform at one university is not read until somebody says go on. */
export type SyncPauseRow = {
  platform: Platform
  reason: string
  pausedAt: Date
  /** Null: the operator. */
  pausedByMemberId: string | null
}

type PauseKey = { universityId: string; platform: Platform }

export async function isSyncPaused(tx: Tx, { universityId, platform }: PauseKey): Promise<boolean> {
  return (await tx.syncPause.count({ where: { universityId, platform } })) > 0
}

/** The university's pauses, in the order of their platforms. */
export async function listSyncPauses(tx: Tx, universityId: string): Promise<SyncPauseRow[]> {
  const rows = await tx.syncPause.findMany({ where: { universityId }, orderBy: { platform: 'asc' } })
  return rows.map(({ universityId: _, platform, ...row }) => ({ ...row, platform: oneOf(PLATFORMS, platform) }))
}

/** False when the platform is paused already: the first reason stays. */
export async function addSyncPause(tx: Tx, pause: PauseKey & Omit<SyncPauseRow, 'platform'>): Promise<boolean> {
  const { count } = await tx.syncPause.createMany({ data: pause, skipDuplicates: true })
  return count === 1
}

/** False when it was not paused. */
export async function removeSyncPause(tx: Tx, { universityId, platform }: PauseKey): Promise<boolean> {
  const { count } = await tx.syncPause.deleteMany({ where: { universityId, platform } })
  return count === 1
}
