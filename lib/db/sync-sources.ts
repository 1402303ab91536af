import type { SyncFailure } from '@/lib/domain/sync'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** Where the reading of one source of one account stands. */
export type SyncSourceRow = {
  source: string
  /** Everything updated before this was read. Moves only with the last page of a pass. */
  watermarkAt: Date | null
  passCursor: string | null
  passStartedAt: Date | null
  /** What the watermark becomes when the pass under way is complete. */
  passWatermarkAt: Date | null
  passIsBackfill: boolean
  completedAt: Date | null
  failureKind: string | null
  failedAt: Date | null
}

/**
 * Of `sync_source s`: what fails the account it belongs to. A catalogued repository that its platform has not, or not any
 * more, fails nobody's account: the catalog is behind.
 */
export const FAILS_ITS_ACCOUNT = Prisma.sql`(s.failure_kind <> 'not_found' or s.source not like 'repository:%')`

type SourceKey = { accountId: string; personId: string; source: string }

export async function listSyncSources(tx: Tx, accountId: string): Promise<SyncSourceRow[]> {
  return tx.syncSource.findMany({ where: { accountId }, orderBy: { source: 'asc' } })
}

/** Makes the sources known that were not read before: they have no watermark, so their first pass reads all. */
export async function addSyncSources(
  tx: Tx,
  account: { accountId: string; personId: string },
  sources: readonly string[],
): Promise<void> {
  await tx.syncSource.createMany({ data: sources.map((source) => ({ ...account, source })), skipDuplicates: true })
}

/** A page that is not the last: the pass goes on at the cursor, also after a crash. */
export async function saveSyncCursor(
  tx: Tx,
  key: SourceKey,
  pass: { cursor: string; startedAt: Date; watermarkAt: Date | null; isBackfill: boolean },
): Promise<void> {
  await tx.syncSource.updateMany({
    where: { accountId: key.accountId, source: key.source },
    data: {
      passCursor: pass.cursor,
      passStartedAt: pass.startedAt,
      passWatermarkAt: pass.watermarkAt,
      passIsBackfill: pass.isBackfill,
    },
  })
}

/** The last page: the watermark moves to where the pass began. */
export async function completeSyncPass(
  tx: Tx,
  key: SourceKey,
  pass: { watermarkAt: Date | null; completedAt: Date },
): Promise<void> {
  await tx.syncSource.updateMany({
    where: { accountId: key.accountId, source: key.source },
    data: {
      ...(pass.watermarkAt === null ? {} : { watermarkAt: pass.watermarkAt }),
      completedAt: pass.completedAt,
      passCursor: null,
      passStartedAt: null,
      passWatermarkAt: null,
      failureKind: null,
      failedAt: null,
    },
  })
}

/** Begins the pass anew: its cursor is not taken by the platform any more. */
export async function forgetSyncPass(tx: Tx, key: SourceKey): Promise<void> {
  await tx.syncSource.updateMany({
    where: { accountId: key.accountId, source: key.source },
    data: { passCursor: null, passStartedAt: null, passWatermarkAt: null },
  })
}

/** The source could not be read; what was read stays, the watermark does not move. */
export async function markSyncSourceFailed(
  tx: Tx,
  key: SourceKey,
  failure: { failureKind: SyncFailure; failedAt: Date },
): Promise<void> {
  await tx.syncSource.updateMany({ where: { accountId: key.accountId, source: key.source }, data: failure })
}
