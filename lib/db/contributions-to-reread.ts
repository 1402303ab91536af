import { z } from 'zod'
import { LIVE_STATES } from '@/lib/domain/claim-states'
import type { Platform } from '@/lib/domain/platform'
import { type CatalogLineReach, namePatterns } from './claims-touched'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

const rereadSchema = z.object({
  id: z.string(),
  kind: z.enum(['pull_request', 'commit', 'review']),
  /** A commit's sha, a reviewer's id. */
  ref: z.string(),
  nodeId: z.string().nullable(),
  number: z.number(),
  owner: z.string(),
  name: z.string(),
  baseBranch: z.string(),
  refreshedAt: z.date(),
})
/** A stored contribution, as far as its platform is asked for it again. */
export type ToReread = z.infer<typeof rereadSchema>

type Page = { universityId: string; platform: Platform; afterId: string | null; limit: number }

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Contributions that a university's decisions rest on (pull requests, commits and reviews: a release is not taken back), or that were taken back: in its live claims, and those of its
 * members' accounts that stand as reverted. Each once a night while its claim is open or it landed lately, later once a
 * week. In order of id.
 */
export async function listClaimedToReread(
  tx: Tx,
  page: Page & { notSince: Date; notSinceSettled: Date; recentSince: Date },
): Promise<ToReread[]> {
  const { universityId, notSince, notSinceSettled, recentSince } = page
  return listToReread(
    tx,
    page,
    Prisma.sql`
      c.kind in ('pull_request', 'commit', 'review')
      and ((c.landing_state = 'reverted' and ${isOfMember(universityId)} and c.refreshed_at < ${notSince}::timestamptz)
       or exists (
        select 1 from claim_item i
          join claim k on k.university_id = i.university_id and k.id = i.claim_id
         where i.contribution_id = c.id and i.university_id = ${universityId}::uuid
           and k.state = any (${[...LIVE_STATES]}::text[])
           and c.refreshed_at < case when k.state <> 'approved' or c.ordered_at > ${recentSince}::timestamptz
                                     then ${notSince}::timestamptz else ${notSinceSettled}::timestamptz end))`,
  )
}

/** Contributions of a university's members to the repositories that a line of the catalog speaks of, in order of id. */
export async function listCataloguedToReread(tx: Tx, page: Page & { line: CatalogLineReach }): Promise<ToReread[]> {
  const { universityId, line } = page
  return listToReread(
    tx,
    page,
    Prisma.sql`
      c.kind = 'pull_request' and ${isOfMember(universityId)}
      and (r.platform_repository_id = ${line.platformId} or r.owner_platform_user_id = ${line.platformId}
           or exists (select 1 from repository_name n
                       where n.repository_id = r.id and n.full_name_key like any (${namePatterns(line)}::text[])))`,
  )
}

function isOfMember(universityId: string): Prisma.Sql {
  return Prisma.sql`exists (
    select 1 from linked_account a
      join member m on m.person_id = a.person_id and m.university_id = ${universityId}::uuid
     where a.platform = c.platform and a.platform_user_id = c.author_platform_user_id and a.unlinked_at is null)`
}

async function listToReread(tx: Tx, { platform, afterId, limit }: Page, condition: Prisma.Sql): Promise<ToReread[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text, c.kind, c.ref, c.node_id as "nodeId", c.number, r.owner, r.name, c.base_branch as "baseBranch",
           c.refreshed_at as "refreshedAt"
      from contribution c join repository r on r.id = c.repository_id
     where c.platform = ${platform} and c.id > ${afterId ?? FIRST_ID}::uuid and not r.is_private and ${condition}
     order by c.id limit ${limit}`
  return z.array(rereadSchema).parse(rows)
}
