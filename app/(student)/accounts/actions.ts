'use server'

import { cancelLink } from '@/lib/accounts/cancel-link'
import { confirmLink } from '@/lib/accounts/confirm-link'
import { accountForm, attemptForm, cancelForm } from '@/lib/accounts/schema'
import { unlinkAccount } from '@/lib/accounts/unlink-account'
import { requireViewer } from '@/lib/auth/session'
import type { FormState } from '@/lib/domain/form-state'
import { createAction } from '@/lib/http/action'

const performConfirm = createAction({
  name: 'accounts.confirm_link',
  namespace: 'accounts',
  schema: attemptForm,
  run: async ({ actor, input, now }) => {
    const { sessionId } = await requireViewer()
    await confirmLink(actor, { ...input, sessionId }, { now })
    // No word on top: the account stands there being read, and a word that goes would move it.
    return { redirectTo: '/accounts' }
  },
})

/** “Yes, this one is mine.” */
export async function confirm(state: FormState, data: FormData): Promise<FormState> {
  return performConfirm(state, data)
}

const performCancel = createAction({
  name: 'accounts.cancel_link',
  namespace: 'accounts',
  schema: cancelForm,
  run: async ({ actor, input, now }) => {
    const { sessionId } = await requireViewer()
    await cancelLink(actor, { ...input, sessionId }, { now })
    return { redirectTo: '/accounts', flash: 'link_cancelled' }
  },
})

/** “Not this account.” */
export async function cancel(state: FormState, data: FormData): Promise<FormState> {
  return performCancel(state, data)
}

const performUnlink = createAction({
  name: 'accounts.unlink',
  namespace: 'accounts',
  schema: accountForm,
  run: async ({ actor, input, now }) => {
    await unlinkAccount(actor, input, { now })
    return { redirectTo: '/accounts', flash: 'account_unlinked' }
  },
})

/** Takes one of one's accounts out of use. */
export async function unlink(state: FormState, data: FormData): Promise<FormState> {
  return performUnlink(state, data)
}
