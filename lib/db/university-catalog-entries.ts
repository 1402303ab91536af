import type { CatalogKind, CatalogTier, OwnStatus } from '@/lib/domain/catalog'
import type { LandingRules } from '@/lib/domain/landing-rule'
import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

export type OwnEntry = {
  platform: Platform
  owner: string
  name: string | null
  status: OwnStatus
  reason: string
  kind: CatalogKind
  tier: CatalogTier
  landing: LandingRules
  acceptedBranches: readonly string[]
  /** The platform's number, where it is known; left out, what is stored stays. */
  platformId?: string
}

type Change = { universityId: string; memberId: string; entry: OwnEntry; expectedVersion: number | null; now: Date }

/** Writes the university's own entry. False when somebody else wrote it since `expectedVersion` (null: there was none). */
export async function saveOwnEntry(tx: Tx, change: Change): Promise<boolean> {
  const { entry, universityId, memberId, now } = change
  const key = {
    platform: entry.platform,
    ownerKey: entry.owner.toLowerCase(),
    nameKey: entry.name?.toLowerCase() ?? '',
  }
  const values = {
    ...entry,
    acceptedBranches: [...entry.acceptedBranches],
    decidedByMemberId: memberId,
    updatedAt: now,
  }
  if (change.expectedVersion !== null) {
    const { count } = await tx.universityCatalogEntry.updateMany({
      where: { universityId, ...key, version: change.expectedVersion },
      data: { ...values, version: { increment: 1 } },
    })
    return count === 1
  }
  const created = { ...values, ...key, universityId, createdAt: now }
  const { count } = await tx.universityCatalogEntry.createMany({ data: [created], skipDuplicates: true })
  return count === 1
}

/** False when it was not there, or was changed since. */
export async function removeOwnEntry(
  tx: Tx,
  key: { universityId: string; platform: string; ownerKey: string; nameKey: string; expectedVersion: number },
): Promise<boolean> {
  const { expectedVersion, ...where } = key
  const { count } = await tx.universityCatalogEntry.deleteMany({ where: { ...where, version: expectedVersion } })
  return count === 1
}

/** A university's own entry as a file holds it. */
export type OwnEntryRow = {
  platform: string
  owner: string
  name: string | null
  ownerKey: string
  nameKey: string
  status: string
  reason: string
  kind: string
  tier: string
  acceptedBranches: string[]
  version: number
}

const AS_A_FILE = {
  platform: true,
  owner: true,
  name: true,
  ownerKey: true,
  nameKey: true,
  status: true,
  reason: true,
  kind: true,
  tier: true,
  acceptedBranches: true,
  version: true,
} as const

/** Own entries of a university in order of their keys, after one; for a file of all of them. */
export async function listOwnEntries(
  tx: Tx,
  query: { universityId: string; after: OwnEntryRow | null; limit: number },
): Promise<OwnEntryRow[]> {
  const { universityId, after, limit } = query
  return tx.universityCatalogEntry.findMany({
    where: { universityId },
    orderBy: [{ platform: 'asc' }, { ownerKey: 'asc' }, { nameKey: 'asc' }],
    select: AS_A_FILE,
    take: limit,
    ...(after && {
      skip: 1,
      cursor: {
        universityId_platform_ownerKey_nameKey: {
          universityId,
          platform: after.platform,
          ownerKey: after.ownerKey,
          nameKey: after.nameKey,
        },
      },
    }),
  })
}

/** Own entries of a university with one of these owners: what a file's rows are compared with. */
export async function listOwnEntriesOfOwners(
  tx: Tx,
  { universityId, ownerKeys }: { universityId: string; ownerKeys: readonly string[] },
): Promise<OwnEntryRow[]> {
  return tx.universityCatalogEntry.findMany({
    where: { universityId, ownerKey: { in: [...new Set(ownerKeys)] } },
    select: AS_A_FILE,
  })
}
