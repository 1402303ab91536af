import { z } from 'zod'

/**
 * How changes land in a repository, as data of its catalog entry (FIELD.md §3: a tool that only reads `merged` is wrong).
 * A list is "any of"; the first rule that holds is the one that is named.
 */
export const LANDING_RULE_NAMES = [
  'merged',
  'label_closed_by',
  'commit_trailer',
  'closed_by_commit',
  'title_prefix',
  'none',
] as const
export type LandingRuleName = (typeof LANDING_RULE_NAMES)[number]

const platformAccountSchema = z.strictObject({
  login: z.string().min(1).max(100),
  /** Where known, the id decides and the login is only shown: a freed login can be taken by a stranger. */
  platformUserId: z.string().regex(/^\d+$/).optional(),
})

export type PlatformAccount = z.infer<typeof platformAccountSchema>

export const landingRuleSchema = z.discriminatedUnion('rule', [
  /** The platform says merged, with a time of merging. */
  z.strictObject({ rule: z.literal('merged') }),
  /**
   * PyTorch: a bot pushes the commit, closes the pull request and labels it `Merged`, later `MergedX2` …
   * The labels stay after a revert; then `revertedLabel` stands beside them and the pull request is open again.
   */
  z.strictObject({
    rule: z.literal('label_closed_by'),
    label: z.string().min(1).max(100),
    revertedLabel: z.string().min(1).max(100).nullable(),
    closedBy: z.array(platformAccountSchema).min(1),
  }),
  /** Meta, Google: a commit on the default branch carries this line. `{pullRequestUrl}` and `{number}` are filled in. */
  z.strictObject({
    rule: z.literal('commit_trailer'),
    trailer: z
      .string()
      .min(3)
      .max(200)
      .regex(/\{(pullRequestUrl|number)\}/),
  }),
  /** Merge scripts (Spark): the last `closed` event names the commit that closed it. */
  z.strictObject({ rule: z.literal('closed_by_commit') }),
  /** bors: it closes the pull request unmerged and prefixes its title. The closer counts: anybody can edit their own title. */
  z.strictObject({
    rule: z.literal('title_prefix'),
    prefix: z.string().min(3).max(100),
    closedBy: z.array(platformAccountSchema).min(1),
  }),
  /** A mirror: changes land elsewhere, nothing here ever counts as landed. */
  z.strictObject({ rule: z.literal('none') }),
])
export type LandingRule = z.infer<typeof landingRuleSchema>

export const landingRulesSchema = z.array(landingRuleSchema).min(1).max(10)
export type LandingRules = z.infer<typeof landingRulesSchema>

export const MERGED: LandingRules = [{ rule: 'merged' }]
export const MIRROR: LandingRules = [{ rule: 'none' }]
export const COMMIT_TRAILER_OF_META: LandingRule = {
  rule: 'commit_trailer',
  trailer: 'Pull Request resolved: {pullRequestUrl}',
}
export const BORS: LandingRule = {
  rule: 'title_prefix',
  prefix: '[Merged by Bors] - ',
  closedBy: [{ login: 'bors[bot]' }, { login: 'mathlib-bors[bot]' }],
}
/** pytorch/pytorch and what follows its merge bot (FIELD.md §3; trymerge.py). */
export const PYTORCH: LandingRules = [
  {
    rule: 'label_closed_by',
    label: 'merged',
    revertedLabel: 'reverted',
    closedBy: [{ login: 'pytorchmergebot' }],
  },
  COMMIT_TRAILER_OF_META,
]
