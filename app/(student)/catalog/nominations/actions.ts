'use server'

import { nominateRepository } from '@/lib/catalog/nominate-repository'
import { nominationInput } from '@/lib/catalog/schema'
import { createAction, type FormAction } from '@/lib/http/action'

const nominate = createAction({
  name: 'catalog.nominate',
  namespace: 'nominations',
  schema: nominationInput,
  run: async ({ actor, input, now }) => {
    const { duplicateOfId } = await nominateRepository(actor, input, { now })
    const flash = duplicateOfId === null ? 'nominated' : 'nominated_too'
    return { redirectTo: '/catalog/nominations', flash }
  },
})

export const nominateAction: FormAction = async (state, data) => nominate(state, data)
