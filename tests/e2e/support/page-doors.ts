import type { Furniture } from '@/tests/e2e/support/furnish'
import { PEOPLE, type PersonName } from '@/tests/e2e/support/people'

export const EVERYBODY = Object.keys(PEOPLE).filter((name): name is PersonName => name in PEOPLE)
export const STUDENTS = ['student', 'neighbour', 'newcomer', 'credited', 'foreignStudent'] as const
const REVIEWERS = ['professor', 'otherProfessor', 'secondAdmin', 'foreignProfessor'] as const
export const ADMINS = ['admin', 'secondAdmin', 'foreignAdmin'] as const
export const OWN_ADMINS = ['admin', 'secondAdmin'] as const

export type PageDoor = {
  /** Who is let in; `anyone` needs no sign-in. */
  open: readonly PersonName[] | 'anyone'
  /** What stands for the names in the address; the page is then about that thing. */
  values?: (things: Furniture & { attemptId: string }) => Readonly<Record<string, string>>
  query?: string
  /** Where the rightful ones are sent on to, where the page shows nothing by itself. */
  sendsTo?: string
}

/** Every page of the app and who may see it. A page that is not here fails the test. */
export const PAGE_DOORS: Readonly<Record<string, PageDoor>> = {
  '/': { open: 'anyone' },
  '/sign-in': { open: 'anyone' },
  '/signed-out': { open: 'anyone' },
  '/maintainers': { open: 'anyone' },
  '/home': { open: STUDENTS },
  '/accounts': { open: STUDENTS },
  '/accounts/confirm/[attemptId]': { open: ['neighbour'], values: ({ attemptId }) => ({ attemptId }) },
  '/contributions': { open: STUDENTS },
  '/contributions/shares': { open: STUDENTS },
  '/claims': { open: STUDENTS },
  '/claims/new': { open: STUDENTS },
  '/claims/[id]': { open: ['student'], values: ({ reviewClaimId }) => ({ id: reviewClaimId }) },
  '/claims/[id]/edit': { open: ['student'], values: ({ draftClaimId }) => ({ id: draftClaimId }) },
  '/claims/[id]/form': {
    open: ['credited', 'otherProfessor', ...OWN_ADMINS],
    values: ({ approvedClaimId }) => ({ id: approvedClaimId }),
  },
  '/credits': { open: STUDENTS },
  '/evidence/[claimId]/[evidenceId]': {
    open: ['student', 'professor', ...OWN_ADMINS],
    values: ({ reviewClaimId, reviewEvidenceId }) => ({ claimId: reviewClaimId, evidenceId: reviewEvidenceId }),
  },
  '/policy': { open: EVERYBODY },
  '/catalog': { open: EVERYBODY },
  '/catalog/nominations': { open: EVERYBODY },
  '/notifications': { open: EVERYBODY },
  '/settings': { open: EVERYBODY },
  '/universities': { open: EVERYBODY },
  '/universities/confirm': { open: EVERYBODY, sendsTo: '/universities?error=join_expired' },
  '/review': { open: REVIEWERS },
  '/review/[claimId]': {
    open: ['professor', 'secondAdmin'],
    values: ({ reviewClaimId }) => ({ claimId: reviewClaimId }),
  },
  '/admin': { open: ADMINS },
  '/admin/approvals': { open: ADMINS },
  '/admin/approvals/[claimId]': {
    open: OWN_ADMINS,
    values: ({ endorsedClaimId }) => ({ claimId: endorsedClaimId }),
  },
  '/admin/audit': { open: ADMINS },
  '/admin/catalog': { open: ADMINS },
  '/admin/catalog/entry': { open: ADMINS },
  '/admin/catalog/import': { open: ADMINS },
  '/admin/catalog/import/[importId]': {
    open: OWN_ADMINS,
    values: ({ catalogImportId }) => ({ importId: catalogImportId }),
  },
  '/admin/catalog/nominations': { open: ADMINS },
  '/admin/catalog/opt-outs': { open: ADMINS },
  '/admin/catalog/nominations/[nominationId]': { open: OWN_ADMINS, values: ({ nominationId }) => ({ nominationId }) },
  '/admin/filings': { open: ADMINS },
  '/admin/filings/[filingId]': { open: OWN_ADMINS, values: ({ filingId }) => ({ filingId }) },
  '/admin/ledger': { open: ADMINS },
  '/admin/ledger/[entryId]': { open: OWN_ADMINS, values: ({ entryId }) => ({ entryId }) },
  '/admin/people': { open: ADMINS },
  '/admin/people/[memberId]': { open: OWN_ADMINS, values: ({ studentMemberId }) => ({ memberId: studentMemberId }) },
  '/admin/policies': { open: ADMINS },
  '/admin/policies/[policyVersionId]': {
    open: OWN_ADMINS,
    values: ({ draftPolicyId }) => ({ policyVersionId: draftPolicyId }),
  },
  '/admin/reports': { open: ADMINS },
  '/admin/reports/columns': { open: ADMINS },
  '/admin/roster': { open: ADMINS },
  '/admin/roster/[importId]': { open: OWN_ADMINS, values: ({ importId }) => ({ importId }) },
  '/admin/settings': { open: ADMINS },
  '/admin/sync': { open: ADMINS },
  '/admin/sync/skipped': { open: ADMINS },
  '/admin/terms': { open: ADMINS },
  '/admin/terms/new': { open: ADMINS },
  '/admin/terms/[termId]': { open: OWN_ADMINS, values: ({ termId }) => ({ termId }) },
}
