import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/domain/actor'
import { type AuditAction, type AuditData, auditEventSchemas, type SubjectKind } from '@/lib/domain/audit-event'
import type { Tx } from './scope'

/** The university of events that belong to none. */
export const NO_UNIVERSITY = '00000000-0000-0000-0000-000000000000'

export type AuditEventInput<A extends AuditAction> = {
  actor: Actor
  action: A
  subject: { kind: SubjectKind; id: string }
  data: AuditData<A>
  occurredAt: Date
  /** Left out: the actor's university. */
  universityId?: string
}

/** Writes an event in the transaction of the change it tells of: either both are kept or neither. */
export async function recordAuditEvent<A extends AuditAction>(tx: Tx, event: AuditEventInput<A>): Promise<void> {
  const { actor, action, subject, occurredAt } = event
  const data = auditEventSchemas[action].parse(event.data)
  await tx.auditEvent.createMany({
    data: {
      universityId: event.universityId ?? actor.universityId ?? NO_UNIVERSITY,
      occurredAt,
      actorKind: actor.kind,
      actorName: actor.kind === 'member' ? '' : actor.name,
      actorMemberId: actor.kind === 'member' ? actor.memberId : null,
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      data: JSON.parse(JSON.stringify(data)),
      reason: actor.kind === 'operator' ? actor.reason : '',
    },
  })
}

/** The same for many events of one kind at once: a roster changes thousands of members. One statement. */
export async function recordAuditEvents<A extends AuditAction>(
  tx: Tx,
  events: readonly AuditEventInput<A>[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ actor, action, subject, data, occurredAt, universityId }) => ({
    universityId: universityId ?? actor.universityId ?? NO_UNIVERSITY,
    id: randomUUID(),
    occurredAt,
    actorKind: actor.kind,
    actorName: actor.kind === 'member' ? '' : actor.name,
    actorMemberId: actor.kind === 'member' ? actor.memberId : null,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    data: auditEventSchemas[action].parse(data),
    reason: actor.kind === 'operator' ? actor.reason : '',
  }))
  await tx.$executeRaw`
    insert into audit_event (university_id, id, occurred_at, actor_kind, actor_name, actor_member_id, action, subject_kind,
      subject_id, data, reason)
    select e."universityId", e.id, e."occurredAt", e."actorKind", e."actorName", e."actorMemberId", e.action,
           e."subjectKind", e."subjectId", e.data, e.reason
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e("universityId" uuid, id uuid, "occurredAt" timestamptz,
           "actorKind" text, "actorName" text, "actorMemberId" uuid, action text, "subjectKind" text, "subjectId" text,
           data jsonb, reason text)`
}
