'use server'

import { explainMissingSchema } from '@/lib/contributions/schema'
import { isAppError } from '@/lib/domain/errors'
import type { FormState } from '@/lib/domain/form-state'
import { createAction } from '@/lib/http/action'
import { addContribution } from '@/lib/sync/add-contribution'

const performAdd = createAction({
  name: 'contributions.add',
  namespace: 'contributions',
  schema: explainMissingSchema,
  run: async ({ actor, input, now }) => {
    const redirectTo = `/contributions?${new URLSearchParams({ missing: input.address })}#missing`
    try {
      const { added } = await addContribution(actor, input, { now })
      return { redirectTo, flash: added ? 'contribution_added' : 'contribution_there' }
    } catch (error) {
      // The page that is gone on to says why, in the words of the question.
      if (isAppError(error, 'conflict') && error.code === 'not_added')
        return { redirectTo, flash: 'contribution_not_added' }
      throw error
    }
  },
})

/** “Add it to mine.” */
export async function addContributionAction(state: FormState, data: FormData): Promise<FormState> {
  return performAdd(state, data)
}
