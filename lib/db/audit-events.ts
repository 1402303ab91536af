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
