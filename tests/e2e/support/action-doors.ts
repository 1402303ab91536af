import { randomUUID } from 'node:crypto'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import type { Form } from '@/tests/e2e/support/door'
import type { Furniture } from '@/tests/e2e/support/furnish'
import { ADMINS, EVERYBODY, OWN_ADMINS, STUDENTS } from '@/tests/e2e/support/page-doors'
import type { PersonName } from '@/tests/e2e/support/people'

export type ActionDoor = {
  open: readonly PersonName[] | 'anyone'
  form: (things: Furniture & { attemptId: string }) => Form
  /**
   * What the rightful one is answered: an outcome of callAction. Where doing it would spoil the things for others, the
   * form holds an old version or the like, and the answer is the conflict that only who was let in is told of.
   */
  outcome: string
  /** Of those let in, who is tried; all unless said. */
  tried?: readonly PersonName[]
  /** The action takes the form alone: a refusal of it goes on to a page that says so. */
  plain?: true
}

const OLD = { version: '99', expectedVersion: '9999', expected: '0'.repeat(16), sha256: '0'.repeat(64) }
const file = (content: string, name: string) => new File([content], name)
const TERM = { code: '2026-autumn', nameZh: '学期', nameEn: 'Term', firstDay: '2026-09-01', lastDay: '2027-02-28' }

const STUDENT_ACTIONS: Readonly<Record<string, ActionDoor>> = {
  'app/(student)/accounts/actions.ts unlink': {
    open: ['neighbour'],
    form: ({ neighbourAccountId }) => ({ accountId: neighbourAccountId }),
    outcome: 'redirected',
  },
  'app/(student)/accounts/actions.ts confirm': {
    open: ['neighbour'],
    form: ({ attemptId }) => ({ attemptId, consentVersion: String(LINKING_CONSENT_VERSION) }),
    outcome: 'redirected',
  },
  'app/(student)/accounts/actions.ts cancel': {
    open: STUDENTS,
    // Nothing of anybody's goes: an attempt that is not one's own is simply not there.
    form: () => ({ attemptId: randomUUID() }),
    outcome: 'redirected',
    tried: ['newcomer'],
  },
  'app/(student)/claims/actions.ts createClaimAction': {
    open: ['student'],
    form: ({ contributionId, termId }) => ({ contributionIds: contributionId, termId }),
    outcome: 'redirected',
  },
  'app/(student)/claims/actions.ts editClaimAction': {
    open: ['student'],
    form: ({ contributionId, draftClaimId }) => ({
      claimId: draftClaimId,
      version: OLD.version,
      contributionIds: contributionId,
    }),
    outcome: 'claim_changed',
  },
  'app/(student)/claims/actions.ts submitClaimAction': {
    open: ['student'],
    form: ({ draftClaimId }) => ({ claimId: draftClaimId, version: OLD.version }),
    outcome: 'claim_changed',
  },
  'app/(student)/claims/actions.ts withdrawClaimAction': {
    open: ['student'],
    form: ({ reviewClaimId }) => ({ claimId: reviewClaimId, version: OLD.version }),
    outcome: 'claim_changed',
  },
  'app/(student)/claims/actions.ts retryEvidenceAction': {
    open: ['student', ...OWN_ADMINS],
    form: ({ reviewClaimId }) => ({ claimId: reviewClaimId }),
    outcome: 'evidence_not_failed',
  },
  'app/(student)/claims/actions.ts previewClaimAction': {
    open: ['student'],
    form: ({ contributionId, termId }) => ({ contributionIds: contributionId, termId }),
    outcome: 'done',
    plain: true,
  },
  'app/(student)/contributions/actions.ts addContributionAction': {
    open: STUDENTS,
    form: () => ({ address: 'https://gitlab.example/group/project/-/merge_requests/1' }),
    outcome: 'address_unknown_host',
  },
  'app/(student)/contributions/shares/actions.ts proposeSharesAction': {
    open: STUDENTS,
    form: ({ contributionId }) => ({ contributionId, version: '0', 'percent.1': '50', 'percent.2': '50' }),
    // Nobody else has a part in it: for anybody it is as if it were not there.
    outcome: 'contribution_not_found',
  },
  'app/(student)/contributions/shares/actions.ts answerSharesAction': {
    open: STUDENTS,
    form: ({ contributionId }) => ({ contributionId, version: '0', answer: 'confirm' }),
    outcome: 'contribution_not_found',
  },
  'app/(student)/catalog/nominations/actions.ts nominateAction': {
    open: EVERYBODY,
    form: () => ({ address: 'https://gitlab.example/group/project', why: '课程里常用的推理引擎' }),
    outcome: 'nomination_address_unknown_host',
  },
  'app/(student)/notifications/actions.ts openAction': {
    open: ['neighbour'],
    form: ({ notificationId }) => ({ id: notificationId }),
    outcome: 'redirected',
    plain: true,
  },
  'app/(student)/notifications/actions.ts markAllAction': {
    open: EVERYBODY,
    form: () => ({}),
    outcome: 'redirected',
    tried: ['newcomer', 'foreignAdmin'],
    plain: true,
  },
  'app/(student)/settings/actions.ts withdraw': {
    open: EVERYBODY,
    form: () => ({}),
    outcome: 'no_consent',
    tried: ['newcomer'],
  },
  'app/(student)/universities/actions.ts confirmJoin': {
    open: EVERYBODY,
    form: () => ({}),
    outcome: 'join_expired',
  },
  // Throws away a cookie of the browser that asks; there is nothing to guard.
  'app/(student)/universities/actions.ts declineJoin': {
    open: 'anyone',
    form: () => ({}),
    outcome: 'redirected',
    plain: true,
  },
  'app/_frame/actions.ts switchUniversity': {
    open: EVERYBODY.filter((name) => !name.startsWith('foreign')),
    form: ({ universityId }) => ({ universityId }),
    outcome: 'redirected',
    plain: true,
  },
}

const REVIEW_ACTIONS: Readonly<Record<string, ActionDoor>> = {
  'app/(review)/review/actions.ts decideAction': {
    open: ['professor', 'secondAdmin'],
    form: ({ reviewClaimId }) => ({
      claimId: reviewClaimId,
      version: OLD.version,
      warningCount: '0',
      decision: 'endorse',
    }),
    outcome: 'claim_changed',
  },
  'app/(review)/review/actions.ts endorseManyAction': {
    open: ['professor', 'secondAdmin'],
    form: ({ reviewClaimId }) => ({ claims: [`${reviewClaimId}.${OLD.version}.0`] }),
    outcome: 'claim_changed',
  },
  'app/(admin)/admin/approvals/actions.ts decideApprovalAction': {
    open: OWN_ADMINS,
    form: ({ endorsedClaimId }) => ({
      claimId: endorsedClaimId,
      version: OLD.version,
      warningCount: '0',
      decision: 'approve',
    }),
    outcome: 'claim_changed',
  },
  'app/(admin)/admin/approvals/actions.ts retryEvidenceAction': {
    open: ['neighbour', ...OWN_ADMINS],
    form: ({ endorsedClaimId }) => ({ claimId: endorsedClaimId }),
    outcome: 'evidence_not_failed',
  },
  'app/(admin)/admin/approvals/actions.ts approveManyAction': {
    open: OWN_ADMINS,
    form: ({ endorsedClaimId }) => ({ claims: [`${endorsedClaimId}.${OLD.version}.0`] }),
    outcome: 'claim_changed',
  },
}

const member = ({ studentMemberId }: Furniture) => ({ memberId: studentMemberId, expectedVersion: OLD.expectedVersion })
const term = ({ termId }: Furniture) => ({ termId, expected: OLD.expected })
const line = { platform: 'github', owner: 'nobody-of-this-name', name: '' }

const ADMIN_ACTIONS: Readonly<Record<string, ActionDoor>> = {
  'app/(admin)/admin/catalog/actions.ts overrideAction': {
    open: ADMINS,
    form: () => ({
      ...line,
      status: 'included',
      kind: 'tool',
      tier: 'standard',
      reason: '本校课程使用',
      acceptedBranches: '',
      expectedVersion: OLD.expectedVersion,
    }),
    outcome: 'catalog_changed',
  },
  'app/(admin)/admin/catalog/actions.ts removeOverrideAction': {
    open: ADMINS,
    form: () => ({ ...line, expectedVersion: OLD.expectedVersion }),
    outcome: 'catalog_changed',
  },
  'app/(public)/maintainers/actions.ts askToOptOutAction': {
    open: 'anyone',
    // Refused before it is counted, so that the limit is not used up.
    form: () => ({
      address: 'https://gitlab.example/group/project',
      login: 'maintainer',
      message: '课程作业太多了，请不要计入',
    }),
    outcome: 'opt_out_address_unknown_host',
  },
  'app/(admin)/admin/catalog/import/actions.ts uploadCatalogFileAction': {
    open: ADMINS,
    form: () => ({ file: file('', 'empty.csv') }),
    outcome: 'catalog_file_empty',
  },
  'app/(admin)/admin/catalog/import/actions.ts applyCatalogFileAction': {
    open: OWN_ADMINS,
    form: ({ catalogImportId }) => ({ importId: catalogImportId }),
    outcome: 'catalog_has_bad_rows',
  },
  'app/(admin)/admin/catalog/import/actions.ts discardCatalogFileAction': {
    open: OWN_ADMINS,
    form: ({ secondCatalogImportId }) => ({ importId: secondCatalogImportId }),
    outcome: 'redirected',
    tried: ['secondAdmin'],
  },
  'app/(admin)/admin/catalog/nominations/actions.ts acceptNominationAction': {
    open: OWN_ADMINS,
    form: ({ unreadNominationId }) => ({
      nominationId: unreadNominationId,
      kind: 'tool',
      tier: 'standard',
      reason: '本校课程使用',
    }),
    outcome: 'nomination_not_read',
  },
  'app/(admin)/admin/catalog/nominations/actions.ts refuseNominationAction': {
    open: OWN_ADMINS,
    form: ({ decidedNominationId }) => ({ nominationId: decidedNominationId, reason: '与人工智能无关' }),
    outcome: 'nomination_decided',
  },
  'app/(admin)/admin/catalog/nominations/actions.ts rereadNominationAction': {
    open: OWN_ADMINS,
    form: ({ decidedNominationId }) => ({ nominationId: decidedNominationId }),
    outcome: 'nomination_decided',
  },
  'app/(admin)/admin/filings/actions.ts createFilingAction': {
    open: OWN_ADMINS,
    form: ({ termId }) => ({ termId, term: 'keep_open', expectedEntries: '9999', expectedHundredths: '1' }),
    outcome: 'nothing_to_file',
  },
  'app/(admin)/admin/ledger/actions.ts correctCreditAction': {
    open: OWN_ADMINS,
    form: ({ entryId }) => ({ entryId, netHundredths: '9999', newCredit: '0.10', reason: '核对' }),
    outcome: 'award_changed',
  },
  'app/(admin)/admin/ledger/actions.ts revokeCreditAction': {
    open: OWN_ADMINS,
    form: ({ entryId }) => ({ entryId, netHundredths: '9999', reason: '核对' }),
    outcome: 'award_changed',
  },
  'app/(admin)/admin/ledger/actions.ts verifyLedgerAction': { open: ADMINS, form: () => ({}), outcome: 'redirected' },
  'app/(admin)/admin/people/actions.ts assignDepartmentsAction': {
    open: OWN_ADMINS,
    form: member,
    outcome: 'member_changed',
  },
  'app/(admin)/admin/people/actions.ts grantRoleAction': {
    open: OWN_ADMINS,
    form: (things) => ({ ...member(things), role: 'reviewer' }),
    outcome: 'member_changed',
  },
  'app/(admin)/admin/people/actions.ts revokeRoleAction': {
    open: OWN_ADMINS,
    form: (things) => ({ ...member(things), role: 'student' }),
    outcome: 'member_changed',
  },
  'app/(admin)/admin/people/actions.ts setMemberStatusAction': {
    open: OWN_ADMINS,
    form: (things) => ({ ...member(things), status: 'left' }),
    outcome: 'member_changed',
  },
  'app/(admin)/admin/policies/actions.ts draftPolicyAction': {
    open: ADMINS,
    form: () => ({ document: file('no rules', 'policy.json') }),
    outcome: 'policy_not_json',
  },
  'app/(admin)/admin/policies/actions.ts publishPolicyAction': {
    open: OWN_ADMINS,
    form: ({ draftPolicyId }) => ({ policyVersionId: draftPolicyId, documentSha256: OLD.sha256 }),
    outcome: 'policy_changed',
  },
  'app/(admin)/admin/reports/actions.ts changeColumnsAction': {
    open: ADMINS,
    form: () => ({
      'columns.credit.shown': 'on',
      'columns.credit.place': '1',
      'columns.credit.headerZh': '学分',
      'columns.credit.headerEn': 'Credit',
      expected: OLD.sha256,
    }),
    outcome: 'columns_changed',
  },
  'app/(admin)/admin/roster/actions.ts uploadRosterAction': {
    open: ADMINS,
    form: () => ({ file: file('', 'empty.csv') }),
    outcome: 'roster_file_empty',
  },
  'app/(admin)/admin/roster/actions.ts applyRosterAction': {
    open: OWN_ADMINS,
    form: ({ importId }) => ({ importId }),
    outcome: 'roster_has_bad_rows',
  },
  'app/(admin)/admin/roster/actions.ts discardRosterAction': {
    open: OWN_ADMINS,
    form: ({ secondImportId }) => ({ importId: secondImportId }),
    outcome: 'redirected',
    tried: ['secondAdmin'],
  },
  'app/(admin)/admin/settings/actions.ts renameUniversityAction': {
    open: ADMINS,
    form: () => ({ nameZh: '某大学', nameEn: 'Some University', expected: OLD.expected }),
    outcome: 'settings_changed',
  },
  'app/(admin)/admin/sync/actions.ts pauseSyncAction': {
    open: ADMINS,
    form: () => ({ platform: 'huggingface', reason: '期末核对名单' }),
    outcome: 'redirected',
    tried: ['foreignAdmin'],
  },
  'app/(admin)/admin/sync/actions.ts resumeSyncAction': {
    open: ADMINS,
    form: () => ({ platform: 'gitcode' }),
    outcome: 'sync_not_paused',
    tried: OWN_ADMINS,
  },
  'app/(admin)/admin/sync/actions.ts retryFailedAction': {
    open: ADMINS,
    form: () => ({ platform: 'gitcode', accountId: randomUUID() }),
    outcome: 'account_not_found',
    tried: OWN_ADMINS,
  },
  'app/(admin)/admin/settings/actions.ts setSurgeLimitAction': {
    open: ADMINS,
    form: () => ({ surgeLimit: '20', expectedSurgeLimit: '999' }),
    outcome: 'settings_changed',
  },
  'app/(admin)/admin/terms/actions.ts createTermAction': {
    open: ADMINS,
    form: () => TERM,
    outcome: 'term_overlaps',
  },
  'app/(admin)/admin/terms/actions.ts editTermAction': {
    open: OWN_ADMINS,
    form: (things) => ({ ...TERM, ...term(things) }),
    outcome: 'term_changed',
  },
  'app/(admin)/admin/terms/actions.ts closeTermAction': { open: OWN_ADMINS, form: term, outcome: 'term_changed' },
  'app/(admin)/admin/terms/actions.ts reopenTermAction': { open: OWN_ADMINS, form: term, outcome: 'term_changed' },
}

/** Every server action and who may call it. One that is not here fails the test. */
export const ACTION_DOORS: Readonly<Record<string, ActionDoor>> = {
  ...STUDENT_ACTIONS,
  ...REVIEW_ACTIONS,
  ...ADMIN_ACTIONS,
}
