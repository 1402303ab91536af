import { z } from 'zod'
import { CATALOG_TIERS } from './catalog'
import type { ContributionKind } from './contribution'

const hundredths = z.int().min(0).max(100_000)
const milliPoints = z.int().min(0).max(1_000_000)

/** `refuse`: does not count, and the student sees why. `warn`: counts, and the reviewer is told. */
export const TREATMENTS = ['refuse', 'warn'] as const
export type Treatment = (typeof TREATMENTS)[number]
const treatment = z.enum(TREATMENTS)

const sizeStepSchema = z.strictObject({ minChangedLines: z.int().min(1).max(1_000_000), milliPoints })

export const ROUNDING_RULES = ['down', 'half_up', 'up'] as const
export type RoundingRule = (typeof ROUNDING_RULES)[number]

/**
 * The rule document of a university, as a value. A published version never changes; the next one follows.
 * All amounts are integers: points in thousandths (`milliPoints`), factors per thousand, credit in hundredths.
 */
export const creditPolicySchema = z.strictObject({
  schemaVersion: z.literal(1),
  title: z.strictObject({ zh: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(120) }),
  /** What counts in a term: what landed within it, in the university's time zone, half-open. */
  window: z.strictObject({ by: z.literal('landed_at'), within: z.literal('term') }),
  exclusions: z.strictObject({
    ownRepository: treatment,
    selfMerged: treatment,
    bots: treatment,
    reverted: treatment,
    trivial: z.strictObject({
      treatment,
      /** At most this many changed lines are trivial; 0 turns the clause off. */
      maxChangedLines: z.int().min(0).max(10_000),
      /** The same for changes that touch documentation only; 0 turns the clause off. */
      maxDocumentationLines: z.int().min(0).max(10_000),
    }),
  }),
  points: z.strictObject({
    /** By kind. A kind that is left out gives nothing, but a commit, which is then worth what a pull request is. */
    base: z.strictObject({
      pull_request: milliPoints,
      commit: milliPoints.optional(),
      review: milliPoints.optional(),
      model: milliPoints.optional(),
      dataset: milliPoints.optional(),
    }),
    /** Ascending in lines and never descending in points; the highest step reached counts, alone. */
    sizeSteps: z.array(sizeStepSchema).max(20),
    tierFactorPerThousand: z.record(z.enum(CATALOG_TIERS), z.int().min(0).max(10_000)),
  }),
  /** `milliPoints` thousandths of a point are worth `hundredths` hundredths of a credit: any exact ratio. */
  conversion: z.strictObject({ milliPoints: z.int().min(1).max(1_000_000), hundredths: z.int().min(1).max(100_000) }),
  /** Applied once, to the claim's total after all caps. */
  rounding: z.enum(ROUNDING_RULES),
  /** Null means no cap. Repository caps hold within a term; what was credited before counts against term, repository, lifetime. */
  caps: z.strictObject({
    perItemHundredths: hundredths.nullable(),
    perRepositoryHundredths: hundredths.nullable(),
    itemsPerRepository: z.int().min(1).max(1_000).nullable(),
    perTermHundredths: hundredths.nullable(),
    lifetimeHundredths: hundredths.nullable(),
  }),
  /** A claim worth less than this is worth nothing; 0 turns the clause off. */
  minimumHundredths: hundredths,
})
export type CreditPolicy = z.infer<typeof creditPolicySchema>

/** What a kind is worth before size and tier, and which clause says so; null where the rules say nothing of it. */
export function basePointsOf(
  { points: { base } }: CreditPolicy,
  kind: ContributionKind,
): { milliPoints: number; clause: string } | null {
  const named = kind === 'commit' && base.commit === undefined ? 'pull_request' : kind
  const points = base[named]
  return points === undefined ? null : { milliPoints: points, clause: `points.base.${named}` }
}

export const POLICY_PROBLEM_CODES = [
  'size_steps_not_ascending',
  'size_points_descending',
  'cap_above_wider_cap',
  'minimum_above_cap',
] as const

/** What a well-formed document may still say that makes no sense; `path` names the clause. */
export type PolicyProblem = { code: (typeof POLICY_PROBLEM_CODES)[number]; path: string }

/** What is wrong with a policy beyond its shape. Must be empty before a draft may be published. */
export function findPolicyProblems(policy: CreditPolicy): PolicyProblem[] {
  return [...problemsOfSteps(policy.points.sizeSteps), ...problemsOfCaps(policy)]
}

function problemsOfSteps(steps: CreditPolicy['points']['sizeSteps']): PolicyProblem[] {
  return steps.flatMap((step, index): PolicyProblem[] => {
    const previous = steps[index - 1]
    if (!previous) return []
    const path = `points.sizeSteps.${index}`
    if (step.minChangedLines <= previous.minChangedLines) return [{ code: 'size_steps_not_ascending', path }]
    // More lines for fewer points would make it pay to cut a change in two.
    return step.milliPoints < previous.milliPoints ? [{ code: 'size_points_descending', path }] : []
  })
}

/** A narrower cap above a wider one never bites: whoever wrote it meant something else. */
function problemsOfCaps({ caps, minimumHundredths }: CreditPolicy): PolicyProblem[] {
  const ladder = (
    ['perItemHundredths', 'perRepositoryHundredths', 'perTermHundredths', 'lifetimeHundredths'] as const
  ).flatMap((name) => (caps[name] === null ? [] : [{ name, hundredths: caps[name] }]))
  const inverted = ladder.filter(({ hundredths }, index) =>
    ladder.slice(index + 1).some((wider) => hundredths > wider.hundredths),
  )
  const problems = inverted.map(({ name }): PolicyProblem => ({ code: 'cap_above_wider_cap', path: `caps.${name}` }))
  const reachable = [caps.perTermHundredths, caps.lifetimeHundredths].every(
    (cap) => cap === null || minimumHundredths <= cap,
  )
  return reachable ? problems : [...problems, { code: 'minimum_above_cap', path: 'minimumHundredths' }]
}
