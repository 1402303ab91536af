import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import type { Furniture } from '@/tests/e2e/support/furnish'
import { ADMINS, EVERYBODY, OWN_ADMINS, STUDENTS } from '@/tests/e2e/support/page-doors'
import type { PersonName } from '@/tests/e2e/support/people'

export type RouteDoor = {
  open: readonly PersonName[] | 'anyone'
  values?: (things: Furniture) => Readonly<Record<string, string>>
  query?: (things: Furniture) => Readonly<Record<string, string>>
  form?: (things: Furniture) => Readonly<Record<string, string>>
  /** What the rightful one is answered. */
  status: number
  /** Where a rightful one is sent, for 303. */
  location?: RegExp
  /** Of those let in, who is tried; the others would lose their session by it, or use a limit up. */
  tried?: readonly PersonName[]
}

/** Every method of every route and who may use it. One that is not here fails the test. */
export const ROUTE_DOORS: Readonly<Record<string, RouteDoor>> = {
  'GET /api/health': { open: 'anyone', status: 200 },
  'GET /api/ledger/keys': { open: 'anyone', status: 200 },
  'GET /api/auth/callback/[provider]': {
    open: 'anyone',
    values: () => ({ provider: 'oidc-yunlu' }),
    query: () => ({ code: 'forged', state: 'forged' }),
    status: 303,
    location: /^\/sign-in\?error=/,
    tried: ['newcomer'],
  },
  'POST /api/auth/signin/[provider]': {
    open: 'anyone',
    values: () => ({ provider: 'oidc-yunlu' }),
    form: () => ({}),
    status: 200,
    tried: [],
  },
  'POST /api/auth/sign-out': {
    open: 'anyone',
    form: () => ({}),
    status: 303,
    location: /^\/signed-out\?only=here$/,
    tried: [],
  },
  'POST /api/auth/sign-out/[provider]': {
    open: 'anyone',
    values: () => ({ provider: 'oidc-yunlu' }),
    form: () => ({}),
    status: 200,
    tried: [],
  },
  'POST /preferences': { open: 'anyone', form: () => ({ locale: 'zh-CN' }), status: 303, location: /^\/$/, tried: [] },
  'GET /api/accounts/status': {
    open: ['neighbour'],
    query: ({ neighbourAccountId }) => ({ accountId: neighbourAccountId }),
    status: 200,
  },
  'GET /api/catalog/overrides': { open: ADMINS, status: 200 },
  'GET /api/claims/[claimId]/evidence/[evidenceId]/files': {
    open: ['student', 'professor', ...OWN_ADMINS],
    values: ({ reviewClaimId, reviewEvidenceId }) => ({ claimId: reviewClaimId, evidenceId: reviewEvidenceId }),
    query: () => ({ afterOrdinal: '0', limit: '1' }),
    status: 200,
  },
  'GET /api/policies/[policyVersionId]': {
    open: OWN_ADMINS,
    values: ({ draftPolicyId }) => ({ policyVersionId: draftPolicyId }),
    status: 200,
  },
  'GET /api/reports/export': { open: ADMINS, query: () => ({ format: 'csv' }), status: 200 },
  'HEAD /api/reports/export': { open: ADMINS, query: () => ({ format: 'csv' }), status: 200 },
  'GET /api/roster/template': { open: ADMINS, status: 200 },
  'GET /api/link/[platform]/callback': {
    open: EVERYBODY,
    values: () => ({ platform: 'github' }),
    query: () => ({ code: 'forged', state: 'forged' }),
    status: 303,
    location: /^\/accounts\?problem=/,
    tried: ['student'],
  },
  'POST /api/link/[platform]/start': {
    open: STUDENTS,
    values: () => ({ platform: 'gitee' }),
    form: () => ({ consentVersion: String(LINKING_CONSENT_VERSION) }),
    status: 200,
    tried: ['newcomer'],
  },
  'POST /api/link/refresh': {
    open: ['neighbour'],
    form: ({ neighbourAccountId }) => ({ accountId: neighbourAccountId }),
    status: 303,
    location: /^\/accounts$/,
  },
  'POST /api/me/export': { open: EVERYBODY, status: 200 },
}
