import { LIVE_STATES } from '@/lib/domain/claim-states'
import type { Platform } from '@/lib/domain/platform'
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
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text as id from (select distinct c.id
      from repository r
      join contribution f on f.repository_id = r.id
      join claim_item i on i.contribution_id = f.id and i.university_id = ${universityId}::uuid
      join claim c on c.university_id = i.university_id and c.id = i.claim_id
     where r.platform = ${line.platform}
       and (r.platform_repository_id = ${line.platformId} or r.owner_platform_user_id = ${line.platformId}
            or exists (select 1 from repository_name n
                        where n.repository_id = r.id and n.full_name_key like any (${namePatterns(line)}::text[])))
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
          contribution: { platform: identity.platform, authorPlatformUserId: identity.platformUserId },
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

/** What the names of its repositories look like. Underscores would stand for any letter. */
function namePatterns({ ownerKey, nameKey, aliasKeys }: CatalogLineReach): string[] {
  const literal = (text: string) => text.replace(/[\\_%]/g, '\\$&')
  // Of an owner-wide line the former names are former logins.
  if (nameKey === '') return [ownerKey, ...aliasKeys].map((owner) => `${literal(owner.split('/')[0] ?? '')}/%`)
  return [`${ownerKey}/${nameKey}`, ...aliasKeys].map(literal)
}
