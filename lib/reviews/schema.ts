import { z } from 'zod'
import { DECISION_ACTIONS, REVIEW_REASONS } from '@/lib/domain/review-reasons'

export const REVIEW_LIMITS = { commentLength: 2000, itemCommentLength: 500, items: 100, bulk: 50 } as const

const version = z.coerce.number().int().min(1)
const warningCount = z.coerce.number().int().min(0)
const comment = z.string().trim().max(REVIEW_LIMITS.commentLength).default('')
const itemComment = z.string().trim().max(REVIEW_LIMITS.itemCommentLength).default('')
/** A select's empty choice is no reason. */
const reason = z
  .union([z.literal(''), z.enum(REVIEW_REASONS)])
  .default('')
  .transform((code) => code || null)

export const decideClaimSchema = z.object({
  claimId: z.uuid(),
  /** The version of the claim that was read. */
  version,
  /** How many warnings were read with it; who does not say has read none. */
  warningCount: warningCount.default(0),
  action: z.enum(DECISION_ACTIONS),
  reasonCode: z.enum(REVIEW_REASONS).nullable().default(null),
  comment,
  items: z
    .array(
      z.object({
        claimItemId: z.uuid(),
        outcome: z.enum(['accepted', 'refused']),
        reasonCode: z.enum(REVIEW_REASONS).nullable().default(null),
        comment: itemComment,
      }),
    )
    .max(REVIEW_LIMITS.items)
    .default([]),
})
export type DecideClaimInput = z.input<typeof decideClaimSchema>
export type ParsedDecision = z.output<typeof decideClaimSchema>

/** The decision as its form sends it: what is said of an item under the item's id. */
export const decisionFormSchema = z.object({
  claimId: z.uuid(),
  version,
  warningCount,
  /** Not called `action`: a button of that name would hide the form's own property. */
  decision: z.enum(DECISION_ACTIONS),
  reasonCode: reason,
  comment,
  outcome: z.record(z.uuid(), z.enum(['accepted', 'refused'])).default({}),
  itemReason: z.record(z.uuid(), reason).default({}),
  itemComment: z.record(z.uuid(), itemComment).default({}),
})

/** From the form to the use case. */
export function toDecision(form: z.output<typeof decisionFormSchema>): DecideClaimInput {
  const { decision: action, outcome, itemReason, itemComment: words, ...rest } = form
  return {
    ...rest,
    action,
    items: Object.entries(outcome).map(([claimItemId, chosen]) => ({
      claimItemId,
      outcome: chosen,
      // What was picked for a refusal and then taken back is not a reason to accept.
      reasonCode: chosen === 'refused' ? (itemReason[claimItemId] ?? null) : null,
      comment: words[claimItemId] ?? '',
    })),
  }
}

/** `CLAIM_ID.VERSION.WARNINGS` of each box that was ticked. */
export const bulkFormSchema = z.object({
  claims: z
    .array(
      z
        .string()
        .regex(/^[\da-f-]{36}\.\d{1,9}\.\d{1,9}$/)
        .transform((text) => {
          const [claimId, ...read] = text.split('.')
          return { claimId, version: Number(read[0]), warningCount: Number(read[1]) }
        })
        .pipe(z.object({ claimId: z.uuid(), version: z.int().min(1), warningCount: z.int().min(0) })),
    )
    .min(1, 'choose_claims')
    .max(REVIEW_LIMITS.bulk),
})

export const bulkSchema = z.object({
  claims: z
    .array(z.object({ claimId: z.uuid(), version, warningCount: warningCount.default(0) }))
    .min(1)
    .max(REVIEW_LIMITS.bulk),
})
export type BulkInput = z.input<typeof bulkSchema>

export const QUEUE_FILTERS = ['all', 'no_warnings', 'with_warnings'] as const
export type QueueFilter = (typeof QUEUE_FILTERS)[number]

export const queueQuerySchema = z.object({
  departmentId: z.uuid().nullable().default(null),
  filter: z.enum(QUEUE_FILTERS).default('all'),
  cursor: z.string().nullable().default(null),
})
export type QueueQuery = z.input<typeof queueQuerySchema>
