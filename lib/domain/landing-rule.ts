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
  platformUserId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
})

export type PlatformAccount = z.infer<typeof platformAccountSchema>

/** A line of a commit message, with a place for the pull request that it names. */
const template = z
  .string()
  .min(3)
  .max(200)
  .regex(/\{(pullRequestUrl|number)\}/)

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
  /**
   * Meta, ghstack, Google: a commit on the default branch carries this line. `{pullRequestUrl}` and `{number}` are filled in;
   * `isWholeLine: false` lets more stand after it. Where a machine does it, the last close must be its own.
   */
  z.strictObject({
    rule: z.literal('commit_trailer'),
    trailer: template,
    isWholeLine: z.boolean().optional(),
    closedBy: z.array(platformAccountSchema).min(1).optional(),
  }),
  /**
   * Merge scripts (Spark): it was closed by a commit that stands on the default branch and names the pull request in its
   * message; where a `line` is given, by a line that begins so.
   */
  z.strictObject({ rule: z.literal('closed_by_commit'), line: template.optional() }),
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
export const META_TRAILER = 'Pull Request resolved: {pullRequestUrl}'
export const COMMIT_TRAILER_OF_META: LandingRule = { rule: 'commit_trailer', trailer: META_TRAILER }
/** ghstack lands a stack as commits of the default branch; the pull requests show merged into a base of its own making. */
export const GHSTACK: LandingRule[] = [
  COMMIT_TRAILER_OF_META,
  { rule: 'commit_trailer', trailer: 'Pull-Request: {pullRequestUrl}' },
  { rule: 'commit_trailer', trailer: 'Pull-Request-resolved: {pullRequestUrl}' },
]
/** Google copies changes out of its own repository by a machine, which closes the pull request when it cannot merge it. */
export const COPYBARA: LandingRule = {
  rule: 'commit_trailer',
  trailer: 'COPYBARA_INTEGRATE_REVIEW={pullRequestUrl}',
  isWholeLine: false,
  closedBy: [{ login: 'copybara-service[bot]' }],
}
/** apache/spark's dev/merge_spark_pr.py: "Closes #n from user/branch." */
export const SPARK: LandingRule = { rule: 'closed_by_commit', line: 'Closes #{number} from ' }
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
