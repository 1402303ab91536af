import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** A line of the catalog as a university sees it: its own entry where it has one, else the shared base's. */
export type CatalogListRow = {
  platform: string
  owner: string
  name: string | null
  ownerKey: string
  nameKey: string
  status: string
  reason: string
  kind: string
  tier: string
  lab: string
  license: string | null
  landing: unknown
  acceptedBranches: string[]
  /** The shared base's word, when the university's own stands in front of it. */
  sharedStatus: string | null
  own: boolean
  ownVersion: number | null
}

export type CatalogListQuery = {
  limit: number
  after: { platform: string; ownerKey: string; nameKey: string } | null
  /** Part of "owner/name", lower case; empty for all. */
  search: string
  status: string | null
  platform: string | null
  ownOnly: boolean
}

/** One page in order of platform, owner, name: both tables are read along their unique keys. */
export async function listCatalogRows(tx: Tx, query: CatalogListQuery): Promise<CatalogListRow[]> {
  const { after } = query
  const like = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    after && Prisma.sql`(platform, owner_key, name_key) > (${after.platform}, ${after.ownerKey}, ${after.nameKey})`,
    query.search && Prisma.sql`owner_key || '/' || name_key like ${like}`,
    query.status && Prisma.sql`coalesce(u.status, c.status) = ${query.status}`,
    query.platform && Prisma.sql`platform = ${query.platform}`,
    query.ownOnly && Prisma.sql`u.id is not null`,
  ].filter((condition) => condition instanceof Prisma.Sql)
  const where = conditions.length > 0 ? Prisma.sql`where ${Prisma.join(conditions, ' and ')}` : Prisma.empty
  return tx.$queryRaw<CatalogListRow[]>`
    select platform, coalesce(u.owner, c.owner) as owner, coalesce(u.name, c.name) as name,
      owner_key as "ownerKey", name_key as "nameKey",
      coalesce(u.status, c.status) as status, coalesce(u.reason, c.reason) as reason,
      coalesce(u.kind, c.kind) as kind, coalesce(u.tier, c.tier) as tier, coalesce(c.lab, '') as lab, c.license,
      coalesce(u.landing, c.landing) as landing,
      coalesce(u.accepted_branches, c.accepted_branches) as "acceptedBranches",
      case when u.id is null then null else c.status end as "sharedStatus",
      u.id is not null as own, u.version as "ownVersion"
    from catalog_entry c
    full join university_catalog_entry u using (platform, owner_key, name_key)
    ${where}
    order by platform, owner_key, name_key
    limit ${query.limit}`
}

/** The line of one key, or null. */
export async function findCatalogRow(
  tx: Tx,
  key: { platform: string; ownerKey: string; nameKey: string },
): Promise<CatalogListRow | null> {
  const search = `${key.ownerKey}/${key.nameKey}`
  const rows = await listCatalogRows(tx, {
    limit: 50,
    after: null,
    search,
    status: null,
    platform: key.platform,
    ownOnly: false,
  })
  return rows.find((row) => row.ownerKey === key.ownerKey && row.nameKey === key.nameKey) ?? null
}
