'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { draftPolicy } from '@/lib/policies/draft-policy'
import { publishPolicy } from '@/lib/policies/publish-policy'
import { draftPolicyInput, publishPolicyInput } from '@/lib/policies/schema'

const draft = createAction({
  name: 'policies.draft',
  namespace: 'policies',
  schema: draftPolicyInput,
  limits: { maxFileBytes: 64 * 1024 },
  run: async ({ actor, input, now }) => {
    const { id } = await draftPolicy(actor, await input.document.text(), { now })
    return { redirectTo: `/admin/policies/${id}`, flash: 'saved' }
  },
})

const publish = createAction({
  name: 'policies.publish',
  namespace: 'policies',
  schema: publishPolicyInput,
  run: async ({ actor, input, now }) => {
    await publishPolicy(actor, input, { now })
    return { redirectTo: '/admin/policies', flash: 'policy_published' }
  },
})

export const draftPolicyAction: FormAction = async (state, data) => draft(state, data)
export const publishPolicyAction: FormAction = async (state, data) => publish(state, data)
