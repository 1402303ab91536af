import { LIVE_STATES } from '@/lib/domain/claim-states'
import { PLATFORM_TRAITS, type Platform } from '@/lib/domain/platform'
import { toCatalogEntry } from './catalog-entries'
import type { Tx } from './scope'

/** A page of a university's claims in order of id. */
type Page = { universityId: string; afterClaimId: string | null; limit: number }

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** A line of the catalog, by all that finds the repositories it speaks of; an owner-wide one has an empty `nameKey`. */
export type CatalogLineReach = {
  platform: Platform
  ownerKey: string
  nameKey: string
  platformId: string | null
  aliasKeys: readonly string[]
}

/**
 * Live claims with a contribution to a repository that a line of the catalog may speak of: by today's or a former name, or
 * by number. Rather one too many: whether the catalog's word is another one now, the rules say.
 */
export async function listLiveClaimsOfRepositories(
  tx: Tx,
  line: CatalogLineReach,
  { universityId, afterClaimId, limit }: Page,
): Promise<string[]> {
  const places = await listPlacesOf(tx, line)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text as id from (select distinct c.id
      from unnest(${places.map(({ platform }) => platform)}::text[], ${places.map(({ platformId }) => platformId)}::text[],
                  ${places.map(({ pattern }) => pattern)}::text[]) as at(platform, platform_id, pattern)
      join repository r on r.platform = at.platform
      join contribution f on f.repository_id = r.id
      join claim_item i on i.contribution_id = f.id and i.university_id = ${universityId}::uuid
      join claim c on c.university_id = i.university_id and c.id = i.claim_id
     where (r.platform_repository_id = at.platform_id or r.owner_platform_user_id = at.platform_id
            or exists (select 1 from repository_name n
                        where n.repository_id = r.id and n.full_name_key like at.pattern))
       and c.state = any (${[...LIVE_STATES]}::text[]) and c.id > ${afterClaimId ?? FIRST_ID}::uuid
    ) t order by t.id limit ${limit}`
  return rows.map(({ id }) => id)
}

/** Live claims of a person at a university with contributions that one platform identity made. */
export async function listLiveClaimsOfIdentity(
  tx: Tx,
  identity: { personId: string; platform: Platform; platformUserId: string },
  { universityId, afterClaimId, limit }: Page,
): Promise<string[]> {
  const rows = await tx.claim.findMany({
    where: {
      universityId,
      personId: identity.personId,
      state: { in: [...LIVE_STATES] },
      items: {
        some: {
          contribution: {
            platform: identity.platform,
            OR: [
              { authorPlatformUserId: identity.platformUserId },
              { coAuthors: { some: { platformUserId: identity.platformUserId } } },
            ],
          },
        },
      },
      ...(afterClaimId === null ? {} : { id: { gt: afterClaimId } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Where repositories may stand that a line speaks of, as names look there. */
type PlacePattern = { platform: Platform; platformId: string | null; pattern: string }

/** The line's own place, and every other one of the same project: what is said of one holds at all. */
async function listPlacesOf(tx: Tx, line: CatalogLineReach): Promise<PlacePattern[]> {
  const { platform, ownerKey, nameKey } = line
  const rows = await tx.catalogEntry.findMany({
    where: {
      OR: [
        { platform, ownerKey, nameKey, homeKeys: { isEmpty: false } },
        { homeKeys: { has: `${platform}:${ownerKey}/${nameKey}` } },
      ],
    },
  })
  const others = rows
    .map(toCatalogEntry)
    .flatMap((entry) => [
      { platform: entry.platform, owner: entry.owner, name: entry.name, platformId: null },
      ...entry.homes,
    ])
  const reaches = others.map(
    (place): CatalogLineReach => ({
      platform: place.platform,
      ownerKey: place.owner.toLowerCase(),
      nameKey: place.name?.toLowerCase() ?? '',
      platformId: place.platformId,
      aliasKeys: [],
    }),
  )
  return [line, ...reaches].flatMap((reach) =>
    namePatterns(reach).map((pattern) => ({ platform: reach.platform, platformId: reach.platformId, pattern })),
  )
}

/** What the names of its repositories look like, for `like any`. Underscores would stand for any letter. */
export function namePatterns({ platform, ownerKey, nameKey, aliasKeys }: CatalogLineReach): string[] {
  const literal = (text: string) => text.replace(/[\\_%]/g, '\\$&')
  if (nameKey !== '') return [`${ownerKey}/${nameKey}`, ...aliasKeys].map(literal)
  // Of an owner-wide line the former names are former logins; an owner as such has repositories of every kind.
  const { ownerPrefixes } = PLATFORM_TRAITS[platform]
  return [ownerKey, ...aliasKeys].flatMap((owner) =>
    [owner, ...ownerPrefixes.map((prefix) => `${prefix}/${owner}`)].map((one) => `${literal(one)}/%`),
  )
}
