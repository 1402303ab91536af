'use server'

import { getTranslations } from 'next-intl/server'
import type { PreviewWords } from '@/components/claims/live-preview'
import type { FormState } from '@/components/ui/form-state'
import { createClaim } from '@/lib/claims/create-claim'
import { editClaim } from '@/lib/claims/edit-claim'
import { previewClaim } from '@/lib/claims/preview-claim'
import { retryEvidence } from '@/lib/claims/retry-evidence'
import {
  claimStepSchema,
  createClaimSchema,
  editClaimSchema,
  previewClaimSchema,
  previewQuestionSchema,
  retryEvidenceSchema,
} from '@/lib/claims/schema'
import { submitClaim } from '@/lib/claims/submit-claim'
import { withdrawClaim } from '@/lib/claims/withdraw-claim'
import type { FormAnswer } from '@/lib/domain/form-state'
import { createAction, createQuestion } from '@/lib/http/action'
import { formatHundredths } from '@/lib/i18n/format'

const namespace = 'claims'

const create = createAction({
  name: 'claims.create',
  namespace,
  schema: createClaimSchema,
  run: async ({ actor, input, now }) => {
    const { claimId } = await createClaim(actor, input, { now })
    return { redirectTo: `/claims/${claimId}`, flash: 'claim_saved' }
  },
})

const edit = createAction({
  name: 'claims.edit',
  namespace,
  schema: editClaimSchema,
  run: async ({ actor, input, now }) => {
    await editClaim(actor, input, { now })
    return { redirectTo: `/claims/${input.claimId}`, flash: 'claim_saved' }
  },
})

const submit = createAction({
  name: 'claims.submit',
  namespace,
  schema: claimStepSchema,
  run: async ({ actor, input, now }) => {
    await submitClaim(actor, input, { now })
    return { redirectTo: `/claims/${input.claimId}`, flash: 'claim_submitted' }
  },
})

const withdraw = createAction({
  name: 'claims.withdraw',
  namespace,
  schema: claimStepSchema,
  run: async ({ actor, input, now }) => {
    await withdrawClaim(actor, input, { now })
    return { redirectTo: `/claims/${input.claimId}`, flash: 'claim_withdrawn' }
  },
})

const retry = createAction({
  name: 'claims.retry_evidence',
  namespace,
  schema: retryEvidenceSchema,
  run: async ({ actor, input, now }) => {
    await retryEvidence(actor, input, { now })
    return { redirectTo: `/claims/${input.claimId}`, flash: 'evidence_retried' }
  },
})

const preview = createQuestion({
  name: 'claims.preview',
  namespace,
  schema: previewQuestionSchema,
  run: async ({ actor, input }): Promise<PreviewWords | null> => {
    if (input.contributionIds.length === 0) return null
    const { calculation, refused } = await previewClaim(actor, previewClaimSchema.parse(input))
    const [t, tu] = await Promise.all([getTranslations('claims.form'), getTranslations('ui')])
    const hundredths = calculation.creditHundredths
    return {
      figure: `${formatHundredths(hundredths)} ${tu('creditUnit', { hundredths })}`,
      note: refused.length > 0 ? t('previewRefused', { count: refused.length }) : null,
    }
  },
})

export async function createClaimAction(state: FormState, data: FormData): Promise<FormState> {
  return create(state, data)
}

export async function editClaimAction(state: FormState, data: FormData): Promise<FormState> {
  return edit(state, data)
}

export async function submitClaimAction(state: FormState, data: FormData): Promise<FormState> {
  return submit(state, data)
}

export async function withdrawClaimAction(state: FormState, data: FormData): Promise<FormState> {
  return withdraw(state, data)
}

/** Collects evidence anew that was given up. */
export async function retryEvidenceAction(state: FormState, data: FormData): Promise<FormState> {
  return retry(state, data)
}

/** What the choice in a form would give, in words; null where nothing is chosen. Writes nothing. */
export async function previewClaimAction(data: FormData): Promise<FormAnswer<PreviewWords | null>> {
  return preview(data)
}
