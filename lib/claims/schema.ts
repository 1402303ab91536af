import { z } from 'zod'
import { AI_USES } from '@/lib/domain/ai-use'

export const CLAIM_LIMITS = { items: 100, statementLength: 4000, aiUseNoteLength: 500 } as const

/** Ids and words of one form: contributions chosen, what is declared of each by its id. */
export const claimContentSchema = z.object({
  contributionIds: z.array(z.uuid()).min(1, 'choose_contributions').max(CLAIM_LIMITS.items),
  aiUse: z.record(z.uuid(), z.enum(AI_USES)).default({}),
  aiUseNote: z.record(z.uuid(), z.string().trim().max(CLAIM_LIMITS.aiUseNoteLength)).default({}),
  statement: z.string().trim().max(CLAIM_LIMITS.statementLength).default(''),
})
export type ClaimContent = z.output<typeof claimContentSchema>

export const createClaimSchema = claimContentSchema.extend({ termId: z.uuid() })
export type CreateClaimInput = z.output<typeof createClaimSchema>

const versioned = { claimId: z.uuid(), version: z.coerce.number().int().min(1) }

export const editClaimSchema = claimContentSchema.extend(versioned)
export type EditClaimInput = z.output<typeof editClaimSchema>

/** One claim as its owner saw it last. */
export const claimStepSchema = z.object(versioned)
export type ClaimStepInput = z.output<typeof claimStepSchema>

/** A claim whose evidence is collected anew: nothing that was read before can have been overtaken. */
export const retryEvidenceSchema = z.object({ claimId: z.uuid() })
export type RetryEvidenceInput = z.output<typeof retryEvidenceSchema>

const chosen = { contributionIds: z.array(z.uuid()).max(CLAIM_LIMITS.items) }

/** A choice for a new claim in a term, or for a claim that is there already. */
export const previewClaimSchema = z.union([
  z.object({ termId: z.uuid(), ...chosen }),
  z.object({ claimId: z.uuid(), ...chosen }),
])
export type PreviewClaimInput = z.output<typeof previewClaimSchema>

/** The same as a form asks while it is filled in; nothing may be chosen yet. */
export const previewQuestionSchema = z
  .object({
    contributionIds: chosen.contributionIds.default([]),
    termId: z.uuid().optional(),
    claimId: z.uuid().optional(),
  })
  .refine(({ termId, claimId }) => (termId === undefined) !== (claimId === undefined))

export const CLAIM_FILTERS = ['open', 'all'] as const
export type ClaimFilter = (typeof CLAIM_FILTERS)[number]
