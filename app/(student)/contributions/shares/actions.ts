'use server'

import { answerSharesForm, proposeSharesForm } from '@/lib/contributions/schema'
import { takeShareStep } from '@/lib/contributions/take-share-step'
import type { FormState } from '@/lib/domain/form-state'
import { createAction } from '@/lib/http/action'

const namespace = 'contributions'
const redirectTo = '/contributions/shares'

const performPropose = createAction({
  name: 'contributions.propose_shares',
  namespace,
  schema: proposeSharesForm,
  run: async ({ actor, input, now }) => {
    const { contributionId, version, percent: percents } = input
    const { state } = await takeShareStep(
      actor,
      { contributionId, step: { kind: 'propose', version, percents } },
      { now },
    )
    return { redirectTo, flash: state === 'locked' ? 'shares_locked' : 'shares_proposed' }
  },
})

/** “So many percent for each of us.” */
export async function proposeSharesAction(state: FormState, data: FormData): Promise<FormState> {
  return performPropose(state, data)
}

const performAnswer = createAction({
  name: 'contributions.answer_shares',
  namespace,
  schema: answerSharesForm,
  run: async ({ actor, input, now }) => {
    const { contributionId, version, answer: kind } = input
    const { state } = await takeShareStep(actor, { contributionId, step: { kind, version } }, { now })
    const flash = state === 'locked' ? 'shares_locked' : kind === 'refuse' ? 'shares_refused' : 'shares_confirmed'
    return { redirectTo, flash }
  },
})

/** “Yes, that is right”, or “no”. */
export async function answerSharesAction(state: FormState, data: FormData): Promise<FormState> {
  return performAnswer(state, data)
}
