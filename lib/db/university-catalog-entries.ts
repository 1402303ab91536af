import type { CatalogKind, CatalogStatus, CatalogTier } from '@/lib/domain/catalog'
import type { LandingRules } from '@/lib/domain/landing-rule'
import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

export type OwnEntry = {
  platform: Platform
  owner: string
  name: string | null
  status: CatalogStatus
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
