import { z } from 'zod'
import { LIVE_STATES } from '@/lib/domain/claim-states'
import type { ClassItem } from '@/lib/domain/surge'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

type Of = { universityId: string; memberId: string }

/** Members of the same class: the same college, programme and class. Whom the roster puts into no class is in none. */
const CLASSMATES = ({ universityId, memberId }: Of) => Prisma.sql`
  select m.id from member own
    join member m on m.university_id = own.university_id and m.class_name = own.class_name
     and m.programme = own.programme and m.department_id is not distinct from own.department_id
   where own.university_id = ${universityId}::uuid and own.id = ${memberId}::uuid
     and own.class_name <> ''`

const LIVE = [...LIVE_STATES]
/** What a maintainer has to look at: reviews, models and datasets ask nothing of one. */
const COUNTED = Prisma.sql`f.kind in ('pull_request', 'commit')`

/** The Monday of the week in which `f` was opened, in a time zone ("2026-11-23"). */
const weekOf = (timeZone: string) =>
  Prisma.sql`to_char(date_trunc('week', f.created_at at time zone ${timeZone}), 'YYYY-MM-DD')`
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
       and ${COUNTED} and f.created_at >= ${query.from} and f.created_at < ${query.until}`
  return itemsSchema.parse(rows)
}

/** What one class sent one repository in one week; the class by one of its members, the same one for all of them. */
export type ClassWeek = { memberId: string; repositoryId: string; week: string }

/** Live claims that are part of that, in order of id. */
export async function listLiveClaimsOfClass(
  tx: Tx,
  { memberId, repositoryId, week }: ClassWeek,
  page: { universityId: string; timeZone: string; afterClaimId: string | null; limit: number },
): Promise<string[]> {
  const { universityId, timeZone, afterClaimId, limit } = page
  const after = afterClaimId === null ? Prisma.empty : Prisma.sql`and c.id > ${afterClaimId}::uuid`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text as id from (select distinct c.id
      from claim c
      join claim_item i on i.university_id = c.university_id and i.claim_id = c.id
      join contribution f on f.id = i.contribution_id
     where c.university_id = ${universityId}::uuid and c.member_id in (${CLASSMATES({ universityId, memberId })})
       and c.state = any (${LIVE}::text[]) ${after}
       and f.repository_id = ${repositoryId}::uuid and ${COUNTED} and ${weekOf(timeZone)} = ${week}
    ) t order by t.id limit ${limit}`
  return rows.map(({ id }) => id)
}

const weeksSchema = z.array(z.object({ memberId: z.string(), repositoryId: z.string(), week: z.string() }))

/** Of which weeks of its class a claim has items, as far as a live claim is warned of too many in them. */
export async function listWarnedClassWeeks(
  tx: Tx,
  { universityId, claimId, timeZone }: { universityId: string; claimId: string; timeZone: string },
): Promise<ClassWeek[]> {
  const where = { universityId_id: { universityId, id: claimId } }
  const claim = await tx.claim.findUnique({ where, select: { memberId: true } })
  if (claim === null) return []
  const rows = await tx.$queryRaw<unknown[]>`
    with mates as materialized (${CLASSMATES({ universityId, memberId: claim.memberId })}),
    own as (select distinct f.repository_id, ${weekOf(timeZone)} as week
              from claim_item i join contribution f on f.id = i.contribution_id
             where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid and ${COUNTED})
    select distinct (select m.id::text from mates m order by m.id limit 1) as "memberId",
           own.repository_id::text as "repositoryId", own.week
      from own
      join contribution f on f.repository_id = own.repository_id and ${COUNTED} and ${weekOf(timeZone)} = own.week
      join claim_item i on i.contribution_id = f.id and i.university_id = ${universityId}::uuid
       and i.warnings @> '[{"code":"class_surge"}]'
      join claim c on c.university_id = i.university_id and c.id = i.claim_id and c.state = any (${LIVE}::text[])
     where c.member_id in (select id from mates)`
  return weeksSchema.parse(rows)
}
