'use server'

import { resultsToSearch } from '@/components/reviews/bulk-results'
import type { FormState } from '@/components/ui/form-state'
import { createAction } from '@/lib/http/action'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { endorseMany } from '@/lib/reviews/endorse-many'
import { bulkFormSchema, decisionFormSchema, toDecision } from '@/lib/reviews/schema'

const namespace = 'reviews'

const decide = createAction({
  name: 'reviews.decide',
  namespace,
  schema: decisionFormSchema,
  run: async ({ actor, input, now }) => {
    await decideClaim(actor, toDecision(input), { now })
    return { redirectTo: '/review', flash: `decided_${input.decision}` }
  },
})

const endorseSeveral = createAction({
  name: 'reviews.endorse_many',
  namespace,
  schema: bulkFormSchema,
  run: async ({ actor, input, now }) => {
    const results = await endorseMany(actor, input, { now })
    const shown = results.map((result) => ({ claimId: result.claimId, code: result.ok ? null : result.code }))
    return { redirectTo: `/review?done=${resultsToSearch(shown)}` }
  },
})

/** Endorses, asks for changes or rejects. */
export async function decideAction(state: FormState, data: FormData): Promise<FormState> {
  return decide(state, data)
}

/** Endorses the claims whose boxes are ticked, each for itself. */
export async function endorseManyAction(state: FormState, data: FormData): Promise<FormState> {
  return endorseSeveral(state, data)
}
