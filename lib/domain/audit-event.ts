import { z } from 'zod'
import { SHARE_STATES } from './contribution-shares'
import { CORRECTION_CAPS } from './correction-caps'

const id = z.string()
const hundredths = z.number().int()
const changed = z.record(z.string(), z.strictObject({ from: z.unknown(), to: z.unknown() }))

const agreed = z.strictObject({ contributionId: id, version: z.number(), state: z.enum(SHARE_STATES) })

/** What a university knows a member by. */
export const PARTICULARS = ['name', 'college', 'programme', 'className', 'email', 'roles'] as const

/**
 * The closed catalogue of what can happen: each event's data is typed, put into words only when shown. No event's data
 * holds a token, an e-mail address or free text of a stranger.
 */
export const auditEventSchemas = {
  // people
  'session.started': z.strictObject({ provider: z.string() }),
  'session.ended': z.strictObject({}),
  'session.switched_university': z.strictObject({ fromUniversityId: id }),
  'session.refused': z.strictObject({ provider: z.string(), code: z.string() }),
  'member.admitted': z.strictObject({ memberId: id, matchedBy: z.enum(['subject', 'number', 'new']) }),
  'member.joined_person': z.strictObject({ memberId: id }),
  // By a roster; nobody has signed in yet.
  'member.added': z.strictObject({ memberId: id }),
  // Particulars are named, never written down: what is append-only could not forget them.
  'member.changed': z.strictObject({ memberId: id, fields: z.array(z.enum(PARTICULARS)) }),
  'member.status_changed': z.strictObject({ memberId: id, status: z.enum(['active', 'left']) }),
  'member.erased': z.strictObject({
    memberId: id,
    entries: z.number(),
    withdrawnClaims: z.number(),
    accounts: z.number(),
    wholePerson: z.boolean(),
  }),
  'role.granted': z.strictObject({ memberId: id, role: z.string() }),
  'role.revoked': z.strictObject({ memberId: id, role: z.string() }),
  'department.assigned': z.strictObject({ memberId: id, departmentId: id }),
  'department.unassigned': z.strictObject({ memberId: id, departmentId: id }),
  'roster.previewed': z.strictObject({ fileSha256: z.string(), rows: z.number(), bad: z.number() }),
  'roster.imported': z.strictObject({
    fileSha256: z.string(),
    added: z.number(),
    updated: z.number(),
    unchanged: z.number(),
  }),
  'roster.discarded': z.strictObject({ fileSha256: z.string() }),
  // accounts and sync
  'consent.granted': z.strictObject({ kind: z.string(), version: z.number() }),
  'consent.withdrawn': z.strictObject({ kind: z.string(), version: z.number() }),
  'account.linked': z.strictObject({ platform: z.string(), accountId: id, again: z.boolean() }),
  'account.link_refused': z.strictObject({ platform: z.string(), code: z.string() }),
  'account.unlinked': z.strictObject({ platform: z.string(), accountId: id }),
  'sync.requested': z.strictObject({ accountId: id, trigger: z.string() }),
  'sync.finished': z.strictObject({
    accountId: id,
    runId: id,
    inserted: z.number(),
    refreshed: z.number(),
    skipped: z.number(),
  }),
  'sync.failed': z.strictObject({ accountId: id, runId: id, failureKind: z.string() }),
  'sync.paused': z.strictObject({ platform: z.string(), pauseReason: z.string() }),
  'sync.resumed': z.strictObject({ platform: z.string(), pausedAt: z.string() }),
  'contribution.added': z.strictObject({
    contributionId: id,
    platform: z.string(),
    kind: z.string(),
    fullName: z.string(),
    number: z.number(),
  }),
  'shares.proposed': agreed,
  'shares.confirmed': agreed,
  'shares.refused': agreed,
  'personal_data.exported': z.strictObject({}),
  // catalog, terms, policies
  'catalog.overridden': z.strictObject({ platform: z.string(), fullName: z.string(), status: z.string(), changed }),
  'catalog.override_removed': z.strictObject({ platform: z.string(), fullName: z.string() }),
  'catalog.opt_out_granted': z.strictObject({ platform: z.string(), fullName: z.string() }),
  'catalog.opt_out_refused': z.strictObject({ platform: z.string(), fullName: z.string() }),
  'catalog.import_previewed': z.strictObject({ fileSha256: z.string(), rows: z.number(), bad: z.number() }),
  'catalog.imported': z.strictObject({
    fileSha256: z.string(),
    added: z.number(),
    updated: z.number(),
    removed: z.number(),
    unchanged: z.number(),
  }),
  'catalog.import_discarded': z.strictObject({ fileSha256: z.string() }),
  'catalog.nominated': z.strictObject({ platform: z.string(), fullName: z.string(), duplicateOfId: id.nullable() }),
  'catalog.nomination_accepted': z.strictObject({ platform: z.string(), fullName: z.string() }),
  'catalog.nomination_refused': z.strictObject({ platform: z.string(), fullName: z.string() }),
  'catalog.shared_changed': z.strictObject({ platform: z.string(), fullName: z.string(), changed }),
  'term.created': z.strictObject({ termId: id, code: z.string() }),
  'term.changed': z.strictObject({ termId: id, changed }),
  'term.closed': z.strictObject({ termId: id }),
  'term.reopened': z.strictObject({ termId: id }),
  'policy.drafted': z.strictObject({ policyVersionId: id, version: z.number(), documentSha256: z.string() }),
  'policy.published': z.strictObject({ policyVersionId: id, version: z.number(), documentSha256: z.string() }),
  // claims
  'claim.created': z.strictObject({ claimId: id, termId: id }),
  'claim.edited': z.strictObject({ claimId: id, items: z.number() }),
  'claim.submitted': z.strictObject({
    claimId: id,
    items: z.number(),
    policyVersionId: id,
    previewHundredths: hundredths,
  }),
  'claim.withdrawn': z.strictObject({ claimId: id, fromState: z.string() }),
  // By a roster that names the department its student had not before.
  'claim.department_assigned': z.strictObject({ claimId: id, departmentId: id }),
  'claim.evidence_frozen': z.strictObject({ claimId: id, evidence: z.number(), warnings: z.number() }),
  'claim.evidence_failed': z.strictObject({ claimId: id, failureKind: z.string() }),
  'claim.evidence_retried': z.strictObject({ claimId: id }),
  'claim.warned': z.strictObject({ claimId: id, contributionId: id, code: z.string() }),
  'claim.endorsed': z.strictObject({ claimId: id, decisionId: id, creditHundredths: hundredths, bulk: z.boolean() }),
  'claim.changes_requested': z.strictObject({ claimId: id, decisionId: id }),
  'claim.rejected': z.strictObject({ claimId: id, decisionId: id, stage: z.string(), reasonCode: z.string() }),
  'claim.approved': z.strictObject({
    claimId: id,
    decisionId: id,
    creditHundredths: hundredths,
    sequence: z.number(),
    bulk: z.boolean(),
  }),
  // ledger, reports
  'ledger.corrected': z.strictObject({
    sequence: z.number(),
    correctsEntryId: id,
    creditHundredths: hundredths,
    /** The cap of the rules that the figure is above, as who corrected meant it to be. */
    aboveCap: z.enum(CORRECTION_CAPS).nullable(),
  }),
  'ledger.revoked': z.strictObject({ sequence: z.number(), correctsEntryId: id, creditHundredths: hundredths }),
  'ledger.verification_requested': z.strictObject({}),
  'ledger.verified': z.strictObject({ ok: z.boolean(), lines: z.number(), fault: z.string().nullable() }),
  // A file that goes out: begun before its first byte, exported once its last was taken.
  'report.export_started': z.strictObject({
    exportId: id,
    format: z.string(),
    rows: z.number(),
    termId: id.nullable(),
    college: z.string().nullable(),
    programme: z.string().nullable(),
    filingId: id.nullable(),
  }),
  'report.exported': z.strictObject({ exportId: id, format: z.string(), rows: z.number(), contentSha256: z.string() }),
  'report.columns_changed': z.strictObject({ columns: z.array(z.string()) }),
  'filing.created': z.strictObject({
    filingId: id,
    termId: id,
    ordinal: z.number(),
    entries: z.number(),
    totalHundredths: hundredths,
  }),
  // operator
  'university.created': z.strictObject({ slug: z.string() }),
  'university.settings_changed': z.strictObject({ changed }),
  'university.secrets_resealed': z.strictObject({ secrets: z.number() }),
  'operator.looked': z.strictObject({ command: z.string() }),
} as const

export type AuditAction = keyof typeof auditEventSchemas
export type AuditData<A extends AuditAction> = z.infer<(typeof auditEventSchemas)[A]>

export const SUBJECT_KINDS = [
  'person',
  'member',
  'session',
  'account',
  'contribution',
  'claim',
  'credit_entry',
  'policy_version',
  'term',
  'catalog_entry',
  'catalog_nomination',
  'catalog_import',
  'maintainer_request',
  'roster_import',
  'filing',
  'report_export',
  'university',
] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** Whether a stored text names an event of the catalogue. */
export function isAuditAction(value: string): value is AuditAction {
  return Object.hasOwn(auditEventSchemas, value)
}
