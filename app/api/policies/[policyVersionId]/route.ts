import * as z from 'zod'
import { CONTENT_TYPES, downloadAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'
import { getPolicyVersion } from '@/lib/policies/get-policy-version'

/** The rule document itself, as a file. */
export const GET = createRoute({
  name: 'policies.download',
  namespace: 'policies',
  page: '/policy',
  params: z.strictObject({ policyVersionId: z.uuid() }),
  run: async ({ actor, params }) => {
    const { policy, version } = await getPolicyVersion(actor, params.policyVersionId)
    return downloadAnswer({
      body: `${JSON.stringify(policy, null, 2)}\n`,
      fileName: `policy-v${version}.json`,
      contentType: CONTENT_TYPES.json,
    })
  },
})
