'use server'

import * as z from 'zod'
import { withdrawConsent } from '@/lib/accounts/withdraw-consent'
import type { FormState } from '@/lib/domain/form-state'
import { createAction } from '@/lib/http/action'

const performWithdraw = createAction({
  name: 'accounts.withdraw_consent',
  namespace: 'settings',
  schema: z.object({}),
  run: async ({ actor, now }) => {
    await withdrawConsent(actor, {}, { now })
    return { redirectTo: '/settings', flash: 'consent_withdrawn' }
  },
})

/** Takes the consent to linking back; every account is unlinked. */
export async function withdraw(state: FormState, data: FormData): Promise<FormState> {
  return performWithdraw(state, data)
}
