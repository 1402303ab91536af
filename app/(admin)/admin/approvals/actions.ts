'use server'

import { resultsToSearch } from '@/components/reviews/bulk-results'
import type { FormState } from '@/components/ui/form-state'
import { retryEvidence } from '@/lib/claims/retry-evidence'
import { retryEvidenceSchema } from '@/lib/claims/schema'
import { createAction } from '@/lib/http/action'
import { approveMany } from '@/lib/reviews/approve-many'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { bulkFormSchema, decisionFormSchema, toDecision } from '@/lib/reviews/schema'

const namespace = 'reviews'

const decide = createAction({
  name: 'approvals.decide',
  namespace,
  schema: decisionFormSchema,
  run: async ({ actor, input, now }) => {
    await decideClaim(actor, toDecision(input), { now })
    return { redirectTo: '/admin/approvals', flash: `decided_${input.decision}` }
  },
})

const approveSeveral = createAction({
  name: 'approvals.approve_many',
  namespace,
  schema: bulkFormSchema,
  run: async ({ actor, input, now }) => {
    const results = await approveMany(actor, input, { now })
    const shown = results.map((result) => ({ claimId: result.claimId, code: result.ok ? null : result.code }))
    return { redirectTo: `/admin/approvals?done=${resultsToSearch(shown)}` }
  },
})

const retry = createAction({
  name: 'approvals.retry_evidence',
  namespace: 'claims',
  schema: retryEvidenceSchema,
  run: async ({ actor, input, now }) => {
    await retryEvidence(actor, input, { now })
    return { redirectTo: `/admin/approvals/${input.claimId}`, flash: 'evidence_retried' }
  },
})

/** Approves, asks for changes or rejects. */
export async function decideApprovalAction(state: FormState, data: FormData): Promise<FormState> {
  return decide(state, data)
}

/** Approves the claims whose boxes are ticked, each for itself. */
export async function approveManyAction(state: FormState, data: FormData): Promise<FormState> {
  return approveSeveral(state, data)
}

/** Collects a claim's evidence anew after it was given up. */
export async function retryEvidenceAction(state: FormState, data: FormData): Promise<FormState> {
  return retry(state, data)
}
