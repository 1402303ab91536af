import type { Prisma } from './generated/client'
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
  actions: readonly string[] | null
  actorMemberId: string | null
  subject: { kind: string; id: string } | null
  /** Half-open. */
  from: Date | null
  until: Date | null
}

/** Newest first; each filter has the index that begins with the university and ends with time and id. */
export async function listAuditEventRows(tx: Tx, query: AuditEventQuery): Promise<AuditEventRow[]> {
  const { universityId, after, from, until } = query
  const where: Prisma.AuditEventWhereInput = {
    universityId,
    occurredAt: { ...(from && { gte: from }), ...(until && { lt: until }) },
    ...(query.actions && { action: { in: [...query.actions] } }),
    ...(query.actorMemberId && { actorMemberId: query.actorMemberId }),
    ...(query.subject && { subjectKind: query.subject.kind, subjectId: query.subject.id }),
    ...(after && {
      OR: [{ occurredAt: { lt: after.occurredAt } }, { occurredAt: after.occurredAt, id: { lt: after.id } }],
    }),
  }
  const rows = await tx.auditEvent.findMany({
    where,
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    take: query.limit,
  })
  const ids = [...new Set(rows.flatMap(({ actorMemberId }) => actorMemberId ?? []))]
  const members = await tx.member.findMany({
    where: { universityId, id: { in: ids } },
    select: { id: true, name: true, number: true },
  })
  const byId = new Map(members.map((member) => [member.id, member]))
  return rows.map(({ actorMemberId, ...row }) => ({ ...row, actor: byId.get(actorMemberId ?? '') ?? null }))
}
