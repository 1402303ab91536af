import { z } from 'zod'
import { LIVE_STATES } from '@/lib/domain/claim-states'
import type { ClassItem } from '@/lib/domain/surge'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

type Of = { universityId: string; memberId: string }

/**
 * Members of the same class: the same college, programme and class; where the roster names no class, the same programme.
 * Who has neither is in none.
 */
const CLASSMATES = ({ universityId, memberId }: Of) => Prisma.sql`
  select m.id from member own
    join member m on m.university_id = own.university_id and m.class_name = own.class_name
     and m.programme = own.programme and m.department_id is not distinct from own.department_id
   where own.university_id = ${universityId}::uuid and own.id = ${memberId}::uuid
     and (own.class_name <> '' or own.programme <> '')`

const LIVE = [...LIVE_STATES]
const itemsSchema = z.array(
  z.object({ contributionId: z.string(), memberId: z.string(), repositoryId: z.string(), openedAt: z.date() }),
)

/** What a member's class holds in live claims of some repositories, as far as it was opened around some instants. */
export async function listClassItems(
  tx: Tx,
  query: Of & { repositoryIds: readonly string[]; from: Date; until: Date },
): Promise<ClassItem[]> {
  if (query.repositoryIds.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select distinct i.contribution_id::text as "contributionId", c.member_id::text as "memberId",
           f.repository_id::text as "repositoryId", f.created_at as "openedAt"
      from claim c
      join claim_item i on i.university_id = c.university_id and i.claim_id = c.id
      join contribution f on f.id = i.contribution_id
     where c.university_id = ${query.universityId}::uuid and c.member_id in (${CLASSMATES(query)})
       and c.state = any (${LIVE}::text[]) and f.repository_id = any (${[...query.repositoryIds]}::uuid[])
       and f.created_at >= ${query.from} and f.created_at < ${query.until}`
  return itemsSchema.parse(rows)
}

/** Live claims of a claim's class with a contribution to a repository that the claim has one to, in order of id. */
export async function listLiveClaimsOfClass(
  tx: Tx,
  { claimId }: { claimId: string },
  { universityId, afterClaimId, limit }: { universityId: string; afterClaimId: string | null; limit: number },
): Promise<string[]> {
  const claim = await tx.claim.findUnique({
    where: { universityId_id: { universityId, id: claimId } },
    select: { memberId: true },
  })
  if (claim === null) return []
  const after = afterClaimId === null ? Prisma.empty : Prisma.sql`and c.id > ${afterClaimId}::uuid`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text as id from (select distinct c.id
      from claim c
      join claim_item i on i.university_id = c.university_id and i.claim_id = c.id
      join contribution f on f.id = i.contribution_id
     where c.university_id = ${universityId}::uuid and c.id <> ${claimId}::uuid
       and c.member_id in (${CLASSMATES({ universityId, memberId: claim.memberId })})
       and c.state = any (${LIVE}::text[]) ${after}
       and f.repository_id in (
         select g.repository_id from claim_item own join contribution g on g.id = own.contribution_id
          where own.university_id = ${universityId}::uuid and own.claim_id = ${claimId}::uuid)
    ) t order by t.id limit ${limit}`
  return rows.map(({ id }) => id)
}
