import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** How both tables name a line; keys are lower case, an owner-wide line has an empty name. */
export type CatalogLineKey = { platform: string; ownerKey: string; nameKey: string }

/** A line of the catalog as a university sees it: its own entry where it has one, else the shared base's. */
export type CatalogListRow = CatalogLineKey & {
  owner: string
  name: string | null
  status: string
  reason: string
  kind: string
  tier: string
  lab: string
  license: string | null
  /** The shared base's where it has the line: facts are shared. */
  landing: unknown
  acceptedBranches: string[]
  /** Where else the project stands, as the shared base says. */
  homes: unknown
  /** The shared base's word, when the university's own stands in front of it. */
  sharedStatus: string | null
  sharedReason: string | null
  ownVersion: number | null
  ownUpdatedAt: Date | null
  decidedByMemberId: string | null
}

export type CatalogListQuery = {
  limit: number
  after: CatalogLineKey | null
  /** Part of "owner/name" at any of the project's places, lower case; empty for all. */
  search: string
  status: string | null
  /** The line's own, or one where the project stands too. */
  platform: string | null
  kind: string | null
  tier: string | null
  /** Name of a landing rule that is among the line's. */
  landing: string | null
  ownOnly: boolean
}

type Word = Record<'status' | 'kind' | 'tier' | 'landing' | 'homes' | 'places' | 'key', Prisma.Sql>
const { sql, join, raw } = Prisma

/** In which table, under which names, the two halves of the list find what they are asked for. */
const OWN: Word = {
  status: raw(`case when c.status = 'opted_out' then c.status else u.status end`),
  kind: raw('u.kind'),
  tier: raw('u.tier'),
  landing: raw('coalesce(c.landing, u.landing)'),
  homes: raw('c.homes'),
  places: raw(`coalesce(places_in_words(c.home_keys), '')`),
  key: raw('u'),
}
const SHARED: Word = {
  status: raw('c.status'),
  kind: raw('c.kind'),
  tier: raw('c.tier'),
  landing: raw('c.landing'),
  homes: raw('c.homes'),
  places: raw('places_in_words(c.home_keys)'),
  key: raw('c'),
}

/**
 * One page in order of platform, owner, name. The university's own lines and the shared ones that it says nothing of are
 * two walks along an index, each no longer than the page; their heads together are the page.
 */
export async function listCatalogRows(tx: Tx, query: CatalogListQuery): Promise<CatalogListRow[]> {
  const own = ownLines(conditionsOf(query, OWN), query.limit)
  if (query.ownOnly) return tx.$queryRaw<CatalogListRow[]>(own)
  return tx.$queryRaw<CatalogListRow[]>`
    select * from ((${own}) union all (${sharedLines(conditionsOf(query, SHARED), query.limit)})) lines
     order by platform, "ownerKey", "nameKey" limit ${query.limit}`
}

/** The line of one key, or null. */
export async function findCatalogRow(tx: Tx, key: CatalogLineKey): Promise<CatalogListRow | null> {
  const of = ({ key: table }: Word) => [
    sql`${table}.platform = ${key.platform} and ${table}.owner_key = ${key.ownerKey} and ${table}.name_key = ${key.nameKey}`,
  ]
  const rows = await tx.$queryRaw<CatalogListRow[]>`
    (${ownLines(of(OWN), 1)}) union all (${sharedLines(of(SHARED), 1)})`
  return rows[0] ?? null
}

/** How changes land by the shared base: by its line of the key, else by the one of the whole owner; null where it has neither. */
export async function findSharedLanding(
  tx: Tx,
  key: CatalogLineKey,
): Promise<{ landing: unknown; isOwnerWide: boolean } | null> {
  const row = await tx.catalogEntry.findFirst({
    where: { platform: key.platform, ownerKey: key.ownerKey, nameKey: { in: [key.nameKey, ''] } },
    orderBy: { nameKey: 'desc' },
    select: { landing: true, nameKey: true },
  })
  return row && { landing: row.landing, isOwnerWide: row.nameKey !== key.nameKey }
}

/** Whether a maintainer asked to leave the line, or its whole owner, out. */
export async function isOptedOutPlace(tx: Tx, key: CatalogLineKey): Promise<boolean> {
  const count = await tx.catalogEntry.count({
    where: {
      platform: key.platform,
      ownerKey: key.ownerKey,
      nameKey: { in: [key.nameKey, ''] },
      status: 'opted_out',
    },
  })
  return count > 0
}

function ownLines(conditions: readonly Prisma.Sql[], limit: number): Prisma.Sql {
  return sql`
    select u.platform, u.owner_key as "ownerKey", u.name_key as "nameKey", u.owner, u.name,
           ${OWN.status} as status, case when c.status = 'opted_out' then c.reason else u.reason end as reason, u.kind,
           u.tier, coalesce(c.lab, '') as lab, c.license, coalesce(c.landing, u.landing) as landing,
           u.accepted_branches as "acceptedBranches", coalesce(c.homes, '[]') as homes, c.status as "sharedStatus", c.reason as "sharedReason",
           u.version as "ownVersion", u.updated_at as "ownUpdatedAt", u.decided_by_member_id::text as "decidedByMemberId"
      from university_catalog_entry u
      left join lateral (select * from catalog_entry c where c.platform = u.platform and c.owner_key = u.owner_key
                            and c.name_key = u.name_key limit 1) c on true
     where ${join([sql`u.university_id = scope_university()`, ...conditions], ' and ')}
     order by u.platform, u.owner_key, u.name_key limit ${limit}`
}

function sharedLines(conditions: readonly Prisma.Sql[], limit: number): Prisma.Sql {
  const silent = sql`not exists (select 1 from university_catalog_entry u where u.university_id = scope_university()
    and u.platform = c.platform and u.owner_key = c.owner_key and u.name_key = c.name_key)`
  return sql`
    select c.platform, c.owner_key as "ownerKey", c.name_key as "nameKey", c.owner, c.name, c.status, c.reason, c.kind,
           c.tier, c.lab, c.license, c.landing, c.accepted_branches as "acceptedBranches", c.homes, null as "sharedStatus",
           null as "sharedReason", null::int as "ownVersion", null::timestamptz as "ownUpdatedAt",
           null as "decidedByMemberId"
      from catalog_entry c
     where ${join([...conditions, silent], ' and ')}
     order by c.platform, c.owner_key, c.name_key limit ${limit}`
}

function conditionsOf(query: CatalogListQuery, word: Word): Prisma.Sql[] {
  const { after, search, status, platform, kind, tier, landing } = query
  const { key } = word
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const rule = JSON.stringify([{ rule: landing }])
  const home = JSON.stringify([{ platform }])
  return [
    after &&
      sql`(${key}.platform, ${key}.owner_key, ${key}.name_key) > (${after.platform}, ${after.ownerKey}, ${after.nameKey})`,
    search && sql`${key}.owner_key || '/' || ${key}.name_key || ' ' || ${word.places} like ${like}`,
    status && sql`${word.status} = ${status}`,
    platform && sql`(${key}.platform = ${platform} or ${word.homes} @> ${home}::jsonb)`,
    kind && sql`${word.kind} = ${kind}`,
    tier && sql`${word.tier} = ${tier}`,
    landing && sql`${word.landing} @> ${rule}::jsonb`,
  ].filter((condition) => condition instanceof Prisma.Sql)
}
