import type { AuditAction, SubjectKind } from '@/lib/domain/audit-event'

/** One value of an event's data, as text; words are the screen's. */
export type AuditDetail = { key: string; value: string }

export type AuditEventView = {
  id: string
  occurredAt: Date
  actor:
    | { kind: 'member'; memberId: string; name: string; number: string }
    | { kind: 'member_gone' }
    | { kind: 'system' | 'operator'; name: string }
  action: AuditAction
  subject: { kind: SubjectKind; id: string }
  details: AuditDetail[]
  /** Why an operator looked; empty otherwise. */
  reason: string
}

export type AuditPage = { events: AuditEventView[]; nextCursor: string | null; timeZone: string }
