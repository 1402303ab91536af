import type { CatalogKind, CatalogStatus, CatalogTier } from '@/lib/domain/catalog'
import { type LandingRules, MERGED } from '@/lib/domain/landing-rule'
import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

type Place = { platform: Platform; owner: string; name: string | null }

/** What the shared base is to say; what is left out stays as it is. */
export type SharedWord = {
  status: CatalogStatus
  reason: string
  kind?: CatalogKind
  tier?: CatalogTier
  landing?: LandingRules
  acceptedBranches?: readonly string[]
}

export type SharedEntryRow = {
  status: string
  reason: string
  kind: string
  tier: string
  landing: unknown
  acceptedBranches: string[]
  platformId: string | null
  aliasKeys: string[]
  homes: unknown
}

/** The shared base's own line, or null. */
export async function findSharedEntry(tx: Tx, place: Place): Promise<SharedEntryRow | null> {
  return tx.catalogEntry.findUnique({
    where: { platform_ownerKey_nameKey: keyOf(place) },
    select: {
      status: true,
      reason: true,
      kind: true,
      tier: true,
      landing: true,
      acceptedBranches: true,
      platformId: true,
      aliasKeys: true,
      homes: true,
    },
  })
}

/** Writes the shared base's line, or adds it. The scope is the operator's. */
export async function saveSharedEntry(
  tx: Tx,
  place: Place,
  { word, platformId, now }: { word: SharedWord; platformId: string | null; now: Date },
): Promise<void> {
  const { acceptedBranches, ...rest } = word
  const said = { ...rest, ...(acceptedBranches ? { acceptedBranches: [...acceptedBranches] } : {}), updatedAt: now }
  await tx.catalogEntry.upsert({
    where: { platform_ownerKey_nameKey: keyOf(place) },
    update: { ...said, version: { increment: 1 } },
    create: {
      ...{ kind: 'tool', tier: 'standard', landing: MERGED, acceptedBranches: [], createdAt: now },
      ...said,
      ...place,
      ...keyOf(place),
      platformId,
    },
  })
}

function keyOf({ platform, owner, name }: Place): { platform: Platform; ownerKey: string; nameKey: string } {
  return { platform, ownerKey: owner.toLowerCase(), nameKey: name?.toLowerCase() ?? '' }
}
