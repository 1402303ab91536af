'use server'

import type { FormState } from '@/components/ui/form-state'
import { createAction } from '@/lib/http/action'
import { createFiling } from '@/lib/reports/create-filing'
import { createFilingSchema } from '@/lib/reports/schema'

const create = createAction({
  name: 'reports.create_filing',
  namespace: 'filings',
  schema: createFilingSchema,
  run: async ({ actor, input, now }) => {
    const { filingId } = await createFiling(actor, input, { now })
    return { redirectTo: `/admin/filings/${filingId}`, flash: 'filed' }
  },
})

/** Files what of a term was not handed in yet. */
export async function createFilingAction(state: FormState, data: FormData): Promise<FormState> {
  return create(state, data)
}
