import {
  CATALOG_KINDS,
  CATALOG_STATUSES,
  CATALOG_TIERS,
  type CatalogEntry,
  type CatalogSubject,
} from '@/lib/domain/catalog'
import { landingRulesSchema } from '@/lib/domain/landing-rule'
import { isPlatform, type Platform } from '@/lib/domain/platform'
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
}

/**
 * The entries that may speak about some repositories: the shared base and the scope's university, by owner, by name, by
 * former name and by id. `resolveCatalog` decides among them. Two queries, whatever the number of repositories.
 */
export async function listCatalogEntriesFor(tx: Tx, subjects: readonly CatalogSubject[]): Promise<CatalogEntry[]> {
  if (subjects.length === 0) return []
  const platforms = [...new Set(subjects.map((subject) => subject.platform))]
  const names = subjects.map((subject) => subject.fullName.toLowerCase())
  const owners = [...new Set(names.map((name) => name.split('/')[0] ?? ''))]
  const ids = subjects.flatMap((subject) => [subject.platformRepositoryId, subject.ownerPlatformUserId ?? []].flat())
  const aboutThem = [
    { ownerKey: { in: owners }, nameKey: { in: ['', ...names.map((name) => name.split('/')[1] ?? '')] } },
    { platformId: { in: [...new Set(ids)] } },
  ]
  const [shared, own] = await Promise.all([
    tx.catalogEntry.findMany({
      where: { platform: { in: platforms }, OR: [...aboutThem, { aliasKeys: { hasSome: [...names, ...owners] } }] },
    }),
    tx.universityCatalogEntry.findMany({ where: { platform: { in: platforms }, OR: aboutThem } }),
  ])
  return [...shared, ...own].map(toCatalogEntry)
}

/** Included entries of a platform that is read repository by repository, in order of name; the university's word counts too. */
export async function listIncludedEntries(tx: Tx, platform: Platform): Promise<CatalogEntry[]> {
  const [shared, own] = await Promise.all([
    tx.catalogEntry.findMany({
      where: { platform, status: 'included' },
      orderBy: [{ ownerKey: 'asc' }, { nameKey: 'asc' }],
    }),
    tx.universityCatalogEntry.findMany({ where: { platform }, orderBy: [{ ownerKey: 'asc' }, { nameKey: 'asc' }] }),
  ])
  const decided = new Map(own.map((row) => [`${row.ownerKey}/${row.nameKey}`, row.status]))
  const kept = shared.filter((row) => (decided.get(`${row.ownerKey}/${row.nameKey}`) ?? 'included') === 'included')
  const keptKeys = new Set(kept.map((row) => `${row.ownerKey}/${row.nameKey}`))
  const added = own.filter((row) => row.status === 'included' && !keptKeys.has(`${row.ownerKey}/${row.nameKey}`))
  return [...kept, ...added].map(toCatalogEntry)
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
  }
}
