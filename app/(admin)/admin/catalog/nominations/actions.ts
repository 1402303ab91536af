'use server'

import { acceptNomination } from '@/lib/catalog/accept-nomination'
import { refuseNomination } from '@/lib/catalog/refuse-nomination'
import { rereadNomination } from '@/lib/catalog/reread-nomination'
import { acceptNominationInput, nominationKeyInput, refuseNominationInput } from '@/lib/catalog/schema'
import { createAction, type FormAction } from '@/lib/http/action'

const namespace = 'nominations'
const QUEUE = '/admin/catalog/nominations'

const accept = createAction({
  name: 'catalog.accept_nomination',
  namespace,
  schema: acceptNominationInput,
  run: async ({ actor, input, now }) => {
    await acceptNomination(actor, input, { now })
    return { redirectTo: QUEUE, flash: 'nomination_accepted' }
  },
})

const refuse = createAction({
  name: 'catalog.refuse_nomination',
  namespace,
  schema: refuseNominationInput,
  run: async ({ actor, input, now }) => {
    await refuseNomination(actor, input, { now })
    return { redirectTo: QUEUE, flash: 'nomination_refused' }
  },
})

const reread = createAction({
  name: 'catalog.reread_nomination',
  namespace,
  schema: nominationKeyInput,
  run: async ({ actor, input }) => {
    await rereadNomination(actor, input)
    return { redirectTo: `${QUEUE}/${input.nominationId}`, flash: 'nomination_reread' }
  },
})

export const acceptNominationAction: FormAction = async (state, data) => accept(state, data)
export const refuseNominationAction: FormAction = async (state, data) => refuse(state, data)
export const rereadNominationAction: FormAction = async (state, data) => reread(state, data)
