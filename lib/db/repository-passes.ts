import type { Platform } from '@/lib/domain/platform'
import type { SyncFailure } from '@/lib/domain/sync'
import type { Tx } from './scope'

/** Where the reading of one catalogued repository stands, for everybody. */
export type RepositoryPassRow = {
  source: string
  sourceKey: string
  repositoryId: string | null
  /** Everything updated before this was read. Moves only with the last page of a pass. */
  watermarkAt: Date | null
  passCursor: string | null
  passStartedAt: Date | null
  /** What the watermark becomes when the pass under way is complete. */
  passWatermarkAt: Date | null
  completedAt: Date | null
  revertsReadAt: Date | null
  failureKind: string | null
  failedAt: Date | null
}

type PassKey = { platform: Platform; sourceKey: string }

/** What a source is called whatever the case it is written in. */
export function sourceKeyOf(source: string): string {
  return source.toLowerCase()
}

/** The passes of some sources, in order; those that were never read are made known. */
export async function listRepositoryPasses(
  tx: Tx,
  platform: Platform,
  sources: readonly string[],
): Promise<RepositoryPassRow[]> {
  const data = sources.map((source) => ({ platform, source, sourceKey: sourceKeyOf(source) }))
  const known = await tx.repositoryPass.findMany({
    where: { platform, sourceKey: { in: data.map(({ sourceKey }) => sourceKey) } },
    select: { sourceKey: true },
  })
  const there = new Set(known.map(({ sourceKey }) => sourceKey))
  const added = data.filter(({ sourceKey }) => !there.has(sourceKey))
  if (added.length > 0) await tx.repositoryPass.createMany({ data: added, skipDuplicates: true })
  return tx.repositoryPass.findMany({
    where: { platform, sourceKey: { in: data.map(({ sourceKey }) => sourceKey) } },
    orderBy: { sourceKey: 'asc' },
  })
}

/** One pass as it is now, or null. */
export async function findRepositoryPass(tx: Tx, { platform, sourceKey }: PassKey): Promise<RepositoryPassRow | null> {
  return tx.repositoryPass.findUnique({ where: { platform_sourceKey: { platform, sourceKey } } })
}

/** The sources that an owner's list named the last time, and when that was. */
export async function findOwnerListing(
  tx: Tx,
  platform: Platform,
  ownerKey: string,
): Promise<{ listedAt: Date; sources: string[] } | null> {
  const listing = await tx.ownerListing.findUnique({ where: { platform_ownerKey: { platform, ownerKey } } })
  if (listing === null) return null
  const rows = await tx.repositoryPass.findMany({ where: { platform, ownerKey }, select: { source: true } })
  return { listedAt: listing.listedAt, sources: rows.map(({ source }) => source) }
}

/** Puts down what an owner's list names today. */
export async function saveOwnerListing(
  tx: Tx,
  listing: { platform: Platform; ownerKey: string; sources: readonly string[]; listedAt: Date },
): Promise<void> {
  const { platform, ownerKey, sources, listedAt } = listing
  await listRepositoryPasses(tx, platform, sources)
  const keys = sources.map(sourceKeyOf)
  await tx.repositoryPass.updateMany({
    where: { platform, ownerKey, sourceKey: { notIn: keys } },
    data: { ownerKey: null },
  })
  await tx.repositoryPass.updateMany({ where: { platform, sourceKey: { in: keys } }, data: { ownerKey } })
  await tx.ownerListing.upsert({
    where: { platform_ownerKey: { platform, ownerKey } },
    create: { platform, ownerKey, listedAt },
    update: { listedAt },
  })
}

/** A page that is not the last: the pass goes on at the cursor, also after a crash. */
export async function saveRepositoryCursor(
  tx: Tx,
  { platform, sourceKey }: PassKey,
  pass: { cursor: string; startedAt: Date; watermarkAt: Date | null; repositoryId: string | null },
): Promise<void> {
  await tx.repositoryPass.updateMany({
    where: { platform, sourceKey },
    data: {
      passCursor: pass.cursor,
      passStartedAt: pass.startedAt,
      passWatermarkAt: pass.watermarkAt,
      ...(pass.repositoryId === null ? {} : { repositoryId: pass.repositoryId }),
    },
  })
}

/** The last page: the watermark moves to where the pass began. */
export async function completeRepositoryPass(
  tx: Tx,
  { platform, sourceKey }: PassKey,
  pass: { watermarkAt: Date | null; completedAt: Date; revertsReadAt: Date | null; repositoryId: string | null },
): Promise<void> {
  await tx.repositoryPass.updateMany({
    where: { platform, sourceKey },
    data: {
      completedAt: pass.completedAt,
      ...(pass.watermarkAt === null ? {} : { watermarkAt: pass.watermarkAt }),
      ...(pass.revertsReadAt === null ? {} : { revertsReadAt: pass.revertsReadAt }),
      ...(pass.repositoryId === null ? {} : { repositoryId: pass.repositoryId }),
      passCursor: null,
      passStartedAt: null,
      passWatermarkAt: null,
      failureKind: null,
      failedAt: null,
    },
  })
}

/** The platform does not take the cursor any more: the pass begins anew. */
export async function forgetRepositoryCursor(tx: Tx, { platform, sourceKey }: PassKey): Promise<void> {
  const data = { passCursor: null, passStartedAt: null, passWatermarkAt: null }
  await tx.repositoryPass.updateMany({ where: { platform, sourceKey }, data })
}

/** It could not be read; what was read stays, the watermark does not move. */
export async function markRepositoryFailed(
  tx: Tx,
  { platform, sourceKey }: PassKey,
  failure: { failureKind: SyncFailure; failedAt: Date },
): Promise<void> {
  await tx.repositoryPass.updateMany({ where: { platform, sourceKey }, data: failure })
}

/** All accounts of the scope's members were read with their repositories at `readAt`. */
export async function recordRepositoryNight(tx: Tx, platform: Platform, readAt: Date): Promise<void> {
  await tx.$executeRaw`select record_repository_night(${platform}, ${readAt}::timestamptz)`
}
