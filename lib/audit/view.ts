import type { AuditAction, SubjectKind } from '@/lib/domain/audit-event'

/** What an event can speak of: what it is about, or what its data names. */
export type ThingKind = SubjectKind | 'department' | 'contribution'

/** A thing with what it is called today; null where it has no name, or is gone. */
export type AuditThing = { kind: ThingKind; id: string; name: { zh: string; en: string } | null }

/** One value of an event's data; the screen has the words. */
export type AuditValue =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number }
  | { kind: 'credit'; hundredths: number }
  | { kind: 'yes'; yes: boolean }
  | { kind: 'moment'; at: Date }
  /** A checksum: to be compared, not read. */
  | { kind: 'checksum'; text: string }
  /** A code whose words are a message; `message` is its full name. */
  | { kind: 'word'; code: string; message: string }
  | { kind: 'thing'; thing: AuditThing }
  | { kind: 'list'; values: readonly AuditValue[] }
  | { kind: 'change'; from: AuditValue | null; to: AuditValue | null }

/** A value under its name, which is a key of the messages `audit.detail`. */
export type AuditDetail = { key: string; value: AuditValue }

export type AuditEventView = {
  id: string
  occurredAt: Date
  actor:
    | { kind: 'member'; memberId: string; name: string; number: string }
    | { kind: 'member_gone' }
    | { kind: 'system' | 'operator'; name: string }
  action: AuditAction
  subject: AuditThing & { kind: SubjectKind }
  details: AuditDetail[]
  /** Why an operator looked; empty otherwise. */
  reason: string
}

export type AuditPage = { events: AuditEventView[]; nextCursor: string | null; timeZone: string }
