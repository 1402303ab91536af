import * as z from 'zod'
import { SUBJECT_KINDS } from '@/lib/domain/audit-event'

/** What an action's code begins with: `claim.submitted` is of the area `claim`. */
export const AUDIT_AREAS = [
  'session',
  'member',
  'role',
  'department',
  'roster',
  'consent',
  'account',
  'sync',
  'contribution',
  'shares',
  'personal_data',
  'catalog',
  'term',
  'policy',
  'claim',
  'ledger',
  'report',
  'filing',
  'university',
  'operator',
] as const
export type AuditArea = (typeof AUDIT_AREAS)[number]

/** A page of the audit, as its address asks for it. Dates are days in the university's time zone, both included. */
export const auditQuery = z.strictObject({
  cursor: z.string().max(512).nullable().default(null),
  area: z.enum(AUDIT_AREAS).nullable().default(null),
  actorMemberId: z.uuid().nullable().default(null),
  subjectKind: z.enum(SUBJECT_KINDS).nullable().default(null),
  subjectId: z.string().max(200).nullable().default(null),
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null),
})
export type AuditQuery = z.output<typeof auditQuery>
