import * as z from 'zod'

/** A rule document as an admin hands it in: a JSON file. */
export const draftPolicyInput = z.strictObject({ document: z.instanceof(File) })

export const publishPolicyInput = z.strictObject({
  policyVersionId: z.uuid(),
  /** What the admin read before saying yes; another document by then is a conflict. */
  documentSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type PublishPolicyInput = z.output<typeof publishPolicyInput>

export const policyListQuery = z.strictObject({ before: z.coerce.number().int().min(1).optional() })
