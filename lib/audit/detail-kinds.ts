import type { ThingKind } from './view'

/** Data that names a thing by its id, and the kind of thing. */
export const THING_OF_KEY: Readonly<Record<string, ThingKind>> = {
  memberId: 'member',
  departmentId: 'department',
  termId: 'term',
  policyVersionId: 'policy_version',
  claimId: 'claim',
  accountId: 'account',
  contributionId: 'contribution',
  correctsEntryId: 'credit_entry',
  filingId: 'filing',
  fromUniversityId: 'university',
}

/** Ids of rows that no screen shows. */
export const UNSHOWN_KEYS: readonly string[] = ['runId', 'decisionId', 'exportId', 'duplicateOfId']

export const CREDIT_KEYS: readonly string[] = ['creditHundredths', 'previewHundredths', 'totalHundredths']

export const CHECKSUM_KEYS: readonly string[] = ['fileSha256', 'documentSha256', 'contentSha256']

/** A key that means something else in some events, and what it is called there. */
export const NAME_OF_KEY: Readonly<Record<string, string>> = {
  'session.refused.code': 'why',
  'account.link_refused.code': 'why',
  'claim.warned.code': 'why',
}

/** The message that has the words of a code, `*` standing for the code; by `action.key` first, then by the key alone. */
export const MESSAGE_OF_KEY: Readonly<Record<string, string>> = {
  'session.refused.code': 'auth.errors.*',
  'account.link_refused.code': 'accounts.errors.*',
  'claim.warned.code': 'warnings.*.short',
  'member.status_changed.status': 'people.status.*',
  'claim.evidence_failed.failureKind': 'claims.evidence.why.*',
  'consent.granted.kind': 'audit.consent.*',
  'consent.withdrawn.kind': 'audit.consent.*',
  role: 'roster.role.*',
  fields: 'roster.field.*',
  matchedBy: 'audit.matchedBy.*',
  trigger: 'accounts.report.triggers.*',
  failureKind: 'accounts.failure.*',
  status: 'catalog.status.*',
  state: 'contributions.shares.state.*',
  'contribution.added.kind': 'contributions.kind.*',
  kind: 'catalog.kind.*',
  tier: 'catalog.tier.*',
  fromState: 'claims.state.*',
  stage: 'claims.detail.stage.*',
  reasonCode: 'reviews.reason.*',
  fault: 'ledger.fault.*',
  aboveCap: 'ledger.cap.*',
  columns: 'reports.columns.name.*',
}
