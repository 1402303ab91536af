'use server'

import * as z from 'zod'
import { withdrawConsent } from '@/lib/accounts/withdraw-consent'
import { createAction } from '@/lib/http/action'
import type { ActionState } from '@/lib/http/run-action'

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
export async function withdraw(state: ActionState, data: FormData): Promise<ActionState> {
  return performWithdraw(state, data)
}
