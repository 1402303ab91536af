import { z } from 'zod'
import { PLATFORMS } from '@/lib/domain/platform'

export const CONTRIBUTION_FILTERS = ['all', 'counts', 'does_not_count'] as const
export type ContributionFilter = (typeof CONTRIBUTION_FILTERS)[number]

/** What a list of contributions can be asked for; what does not fit is left aside, as in an address typed by hand. */
export const listContributionsQuery = z.object({
  filter: z.enum(CONTRIBUTION_FILTERS).catch('all'),
  termId: z.uuid().nullable().catch(null),
  platform: z.enum(PLATFORMS).nullable().catch(null),
  cursor: z.string().max(512).nullable().catch(null),
})
export type ListContributionsQuery = z.infer<typeof listContributionsQuery>

/** A pasted address, asked about or added; what it names is read by the rules, it is never fetched. */
export const explainMissingSchema = z.object({ address: z.string().trim().min(1).max(2000) })

const agreement = { contributionId: z.uuid(), version: z.coerce.number().int().min(0) }

/** Parts by the platform's account, in whole percent. */
export const proposeSharesForm = z.object({
  ...agreement,
  percent: z.record(z.string().regex(/^[\w-]{1,64}$/), z.coerce.number().int().min(1).max(99)),
})

export const answerSharesForm = z.object({ ...agreement, answer: z.enum(['confirm', 'refuse']) })
