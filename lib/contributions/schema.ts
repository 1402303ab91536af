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

/** A pasted address; what it names is read by the rules, it is never fetched. */
export const explainMissingSchema = z.object({ address: z.string().trim().min(1).max(2000) })

export const addContributionForm = explainMissingSchema
