import {
  CATALOG_KINDS,
  CATALOG_STATUSES,
  CATALOG_TIERS,
  type CatalogEntry,
  type CatalogSubject,
  placesOf,
} from '@/lib/domain/catalog'
import { catalogHomesSchema, keysOfPlace, type Place } from '@/lib/domain/catalog-home'
import { landingRulesSchema } from '@/lib/domain/landing-rule'
import { isPlatform, type Platform } from '@/lib/domain/platform'
import { nameOf, ownersOf } from '@/lib/domain/repository-name'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** A row of either catalog table, as far as the rules read it. */
type EntryRow = {
  id: string
  universityId?: string
  platform: string
  owner: string
  name: string | null
  platformId: string | null
  aliasKeys?: string[]
  status: string
  kind: string
  tier: string
  landing: unknown
  acceptedBranches: string[]
  homes?: unknown
}

/**
 * The entries that may speak about some repositories: the shared base and the scope's university, by owner, by name, by
 * former name, by id and by home. `resolveCatalog` decides among them. Two queries, whatever the number of repositories;
 * a third where some stand at other places too.
 */
export async function listCatalogEntriesFor(tx: Tx, subjects: readonly CatalogSubject[]): Promise<CatalogEntry[]> {
  if (subjects.length === 0) return []
  const near = (await listShared(tx, subjects)).map(toCatalogEntry)
  const others = uniquePlaces(subjects.flatMap((subject) => placesOf(subject, near).slice(1)))
  const far = others.length === 0 ? [] : (await listShared(tx, others)).map(toCatalogEntry)
  const own = await tx.universityCatalogEntry.findMany({ where: { OR: aboutPlaces([...subjects, ...others]) } })
  const shared = new Map([...near, ...far].map((entry) => [entry.id, entry]))
  return [...shared.values(), ...own.map(toCatalogEntry)]
}

function listShared(tx: Tx, places: readonly Place[]) {
  const names = places.flatMap(({ fullName }) => [fullName, ...ownersOf(fullName)].map((name) => name.toLowerCase()))
  return tx.catalogEntry.findMany({
    where: {
      OR: [
        ...aboutPlaces(places),
        { platform: { in: platformsOf(places) }, aliasKeys: { hasSome: [...new Set(names)] } },
        { homeKeys: { hasSome: [...new Set(places.flatMap(keysOfPlace))] } },
      ],
    },
  })
}

/** By name, by owner and by id. More than is asked for may come: the rules leave it aside. */
function aboutPlaces(places: readonly Place[]) {
  const platform = { in: platformsOf(places) }
  const owners = [...new Set(places.flatMap(({ fullName }) => ownersOf(fullName)).map((owner) => owner.toLowerCase()))]
  const names = ['', ...new Set(places.map(({ fullName }) => nameOf(fullName).toLowerCase()))]
  const ids = places.flatMap(({ platformRepositoryId, ownerPlatformUserId }) =>
    [platformRepositoryId, ownerPlatformUserId].flatMap((id) => id || []),
  )
  return [
    { platform, ownerKey: { in: owners }, nameKey: { in: names } },
    { platform, platformId: { in: [...new Set(ids)] } },
  ]
}

function platformsOf(places: readonly Place[]): Platform[] {
  return [...new Set(places.map(({ platform }) => platform))]
}

function uniquePlaces(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.platform}:${place.fullName}`.toLowerCase(), place])).values()]
}

/**
 * Included entries of a platform that is read repository by repository, in order of name; the university's word counts too.
 * A project whose entry is another platform's is among them by the home that it has on this one.
 */
export async function listIncludedEntries(tx: Tx, platform: Platform): Promise<CatalogEntry[]> {
  const shared = await tx.catalogEntry.findMany({
    where: { status: 'included', OR: [{ platform }, { homeKeys: { isEmpty: false } }] },
    orderBy: [{ ownerKey: 'asc' }, { nameKey: 'asc' }],
  })
  const own = await tx.universityCatalogEntry.findMany({ orderBy: [{ ownerKey: 'asc' }, { nameKey: 'asc' }] })
  const words = new Map(own.map((row) => [keyOf(row), row.status]))
  const kept = shared.map(toCatalogEntry).filter((entry) => {
    const told = [entry, ...entry.homes].flatMap((place) => words.get(keyOfPlace(place)) ?? [])
    return told.every((status) => status === 'included')
  })
  const found = kept.flatMap((entry) => standingAt(entry, platform))
  const keys = new Set(found.map(keyOfPlace))
  const optedOut = await listOptedOut(tx)
  const added = own.filter(
    (row) =>
      row.platform === platform &&
      row.status === 'included' &&
      !keys.has(keyOf(row)) &&
      !optedOut.has(keyOf(row)) &&
      !optedOut.has(keyOf({ ...row, nameKey: '' })),
  )
  return [...found, ...added.map(toCatalogEntry)]
}

/** What a maintainer asked to be left out is read for nobody: by its own place and by its homes. */
async function listOptedOut(tx: Tx): Promise<Set<string>> {
  const rows = await tx.catalogEntry.findMany({ where: { status: 'opted_out' } })
  return new Set(rows.map(toCatalogEntry).flatMap((entry) => [entry, ...entry.homes].map(keyOfPlace)))
}

/** An entry as it stands on a platform: itself, or with the place of a home there. Nothing is read at mirrors. */
function standingAt(entry: CatalogEntry, platform: Platform): CatalogEntry[] {
  if (entry.platform === platform) return [entry]
  return entry.homes
    .filter((home) => home.platform === platform && home.role === 'home')
    .map(({ owner, name, platformId }) => ({
      ...entry,
      platform,
      owner,
      name,
      platformRepositoryId: name === null ? null : platformId,
      platformOwnerId: name === null ? platformId : null,
    }))
}

function keyOf(row: { platform: string; ownerKey: string; nameKey: string }): string {
  return `${row.platform}:${row.ownerKey}/${row.nameKey}`
}

function keyOfPlace(place: { platform: Platform; owner: string; name: string | null }): string {
  return `${place.platform}:${place.owner}/${place.name ?? ''}`.toLowerCase()
}

/** A stored row as the rules read it; a row that does not fit the rules' shape is a fault of ours and throws. */
export function toCatalogEntry(row: EntryRow): CatalogEntry {
  if (!isPlatform(row.platform)) throw new Error(`catalog entry ${row.id}: unknown platform`)
  return {
    id: row.id,
    universityId: row.universityId ?? null,
    platform: row.platform,
    owner: row.owner,
    name: row.name,
    platformRepositoryId: row.name === null ? null : row.platformId,
    platformOwnerId: row.name === null ? row.platformId : null,
    aliases: row.aliasKeys ?? [],
    status: oneOf(CATALOG_STATUSES, row.status),
    kind: oneOf(CATALOG_KINDS, row.kind),
    tier: oneOf(CATALOG_TIERS, row.tier),
    landing: landingRulesSchema.parse(row.landing),
    acceptedBranches: row.acceptedBranches,
    homes: catalogHomesSchema.parse(row.homes ?? []),
  }
}
