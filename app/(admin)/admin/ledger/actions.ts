'use server'

import { z } from 'zod'
import type { FormState } from '@/components/ui/form-state'
import { createAction } from '@/lib/http/action'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { requestVerification } from '@/lib/ledger/request-verification'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { correctionFormSchema, revokeCreditSchema } from '@/lib/ledger/schema'

const namespace = 'ledger'

const correct = createAction({
  name: 'ledger.correct',
  namespace,
  schema: correctionFormSchema,
  run: async ({ actor, input, now }) => {
    const { newCredit, ...seen } = input
    await correctCredit(actor, { ...seen, newHundredths: newCredit }, { now })
    return { redirectTo: `/admin/ledger/${input.entryId}`, flash: 'credit_corrected' }
  },
})

const revoke = createAction({
  name: 'ledger.revoke',
  namespace,
  schema: revokeCreditSchema,
  run: async ({ actor, input, now }) => {
    await revokeCredit(actor, input, { now })
    return { redirectTo: `/admin/ledger/${input.entryId}`, flash: 'credit_revoked' }
  },
})

const verify = createAction({
  name: 'ledger.verify',
  namespace,
  schema: z.object({}),
  run: async ({ actor, now }) => {
    const { started } = await requestVerification(actor, { now })
    return { redirectTo: '/admin/ledger', ...(started ? { flash: 'ledger_check_started' } : {}) }
  },
})

/** Adds the line that corrects an award. */
export async function correctCreditAction(state: FormState, data: FormData): Promise<FormState> {
  return correct(state, data)
}

/** Adds the line that takes an award back. */
export async function revokeCreditAction(state: FormState, data: FormData): Promise<FormState> {
  return revoke(state, data)
}

/** Has the whole ledger of the reader's university checked. */
export async function verifyLedgerAction(state: FormState, data: FormData): Promise<FormState> {
  return verify(state, data)
}
