import { z } from 'zod'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

export type AuditEventRow = {
  id: string
  occurredAt: Date
  actorKind: string
  actorName: string
  /** The member who acted, as they are called today; null for the system and the operator. */
  actor: { id: string; name: string; number: string } | null
  action: string
  subjectKind: string
  subjectId: string
  data: unknown
  reason: string
}

export type AuditEventQuery = {
  universityId: string
  limit: number
  after: { occurredAt: Date; id: string } | null
  /** What an action's code begins with: `claim`. */
  area: string | null
  actorMemberId: string | null
  subject: { kind: string; id: string } | null
  /** Half-open. */
  from: Date | null
  until: Date | null
}

const rowSchema = z.object({
  id: z.string(),
  occurredAt: z.date(),
  actorKind: z.string(),
  actorName: z.string(),
  actor: z.object({ id: z.string(), name: z.string(), number: z.string() }).nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  data: z.unknown(),
  reason: z.string(),
})

/** Newest first; each filter has the index that begins with the university and ends with time and id. */
export async function listAuditEventRows(tx: Tx, query: AuditEventQuery): Promise<AuditEventRow[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.id::text, a.occurred_at as "occurredAt", a.actor_kind as "actorKind", a.actor_name as "actorName",
           case when m.id is not null
             then jsonb_build_object('id', m.id, 'name', m.name, 'number', m.number) end as actor,
           a.action, a.subject_kind as "subjectKind", a.subject_id as "subjectId", a.data, a.reason
      from (select * from audit_event where ${conditionsOf(query)}
             order by occurred_at desc, id desc limit ${query.limit}) a
      left join member m on m.university_id = a.university_id and m.id = a.actor_member_id
     order by a.occurred_at desc, a.id desc`
  return z.array(rowSchema).parse(rows)
}

function conditionsOf(query: AuditEventQuery): Prisma.Sql {
  const { area, actorMemberId, subject, from, until, after } = query
  const conditions = [Prisma.sql`university_id = ${query.universityId}::uuid`]
  if (area !== null) conditions.push(Prisma.sql`area = ${area}`)
  if (actorMemberId !== null) conditions.push(Prisma.sql`actor_member_id = ${actorMemberId}::uuid`)
  if (subject !== null) {
    conditions.push(Prisma.sql`subject_kind = ${subject.kind} and subject_id = ${subject.id}`)
  }
  if (from !== null) conditions.push(Prisma.sql`occurred_at >= ${from}`)
  if (until !== null) conditions.push(Prisma.sql`occurred_at < ${until}`)
  if (after !== null) conditions.push(Prisma.sql`(occurred_at, id) < (${after.occurredAt}, ${after.id}::uuid)`)
  return Prisma.join(conditions, ' and ')
}
