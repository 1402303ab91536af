import { z } from 'zod'
import { CATALOG_TIERS } from './catalog'
import { CONTRIBUTION_KINDS } from './contribution'
import { type CreditCalculation, type CreditItem, EXPLANATION_CODES, type PriorCredits } from './credit-calculation'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const hundredths = z.int()

const lineSchema = z.strictObject({
  code: z.enum(EXPLANATION_CODES),
  clause: z.string(),
  contributionId: z.string().nullable(),
  deltaUnits: z.string().regex(/^-?\d+$/),
  data: z.record(z.string(), scalar),
})

/**
 * A calculation as a ledger line keeps it: what went in (items, prior credits, rule and engine), and what came out with
 * every line. Enough to compute the figure again in ten years.
 */
export const calculationRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  engineVersion: z.int(),
  policyVersionId: z.string(),
  items: z.array(
    z.strictObject({
      contributionId: z.string(),
      workId: z.string(),
      kind: z.enum(CONTRIBUTION_KINDS),
      repositoryId: z.string(),
      tier: z.enum(CATALOG_TIERS),
      landedAt: z.iso.datetime(),
      changedLines: z.int().nullable(),
      sharePercent: z.int().min(1).max(100).optional(),
    }),
  ),
  prior: z.strictObject({
    termHundredths: hundredths,
    lifetimeHundredths: hundredths,
    repositories: z.array(z.strictObject({ repositoryId: z.string(), hundredths, items: z.int() })),
  }),
  result: z.strictObject({
    creditHundredths: hundredths,
    unitsPerHundredth: z.string(),
    items: z.array(z.strictObject({ contributionId: z.string(), hundredths })),
    lines: z.array(lineSchema),
  }),
})
export type CalculationRecord = z.infer<typeof calculationRecordSchema>

type Made = {
  policyVersionId: string
  items: readonly CreditItem[]
  prior: PriorCredits
  calculation: CreditCalculation
}

/** The record of a calculation; items in one order, so that the same calculation is the same text. */
export function recordCalculation({ policyVersionId, items, prior, calculation }: Made): CalculationRecord {
  return {
    schemaVersion: 1,
    engineVersion: calculation.engineVersion,
    policyVersionId,
    items: items
      .map((item) => ({ ...item, landedAt: item.landedAt.toISOString() }))
      .sort((a, b) => (a.contributionId < b.contributionId ? -1 : 1)),
    prior: {
      ...prior,
      repositories: prior.repositories
        .map((repository) => ({ ...repository }))
        .sort((a, b) => (a.repositoryId < b.repositoryId ? -1 : 1)),
    },
    result: {
      creditHundredths: calculation.creditHundredths,
      unitsPerHundredth: calculation.unitsPerHundredth,
      items: calculation.items.map(({ contributionId, hundredths: share }) => ({ contributionId, hundredths: share })),
      lines: calculation.lines.map((line) => ({ ...line, data: { ...line.data } })),
    },
  }
}

/** The items of a record, as the calculation takes them. */
export function itemsOfRecord(record: CalculationRecord): CreditItem[] {
  return record.items.map(({ sharePercent, ...item }) => ({
    ...item,
    landedAt: new Date(item.landedAt),
    ...(sharePercent === undefined ? {} : { sharePercent }),
  }))
}

/** A ledger line as far as it tells what was credited before. */
export type PriorEntry = {
  entryId: string
  correctsEntryId: string | null
  termId: string
  creditHundredths: number
  record: CalculationRecord | null
}

/**
 * What a person was credited before, net of corrections. Of an award that was corrected, each repository keeps its part of
 * what is left: by largest remainder, so that the parts sum to what is left and no room is made up by rounding. Of one that
 * was taken back entirely nothing is left. An item that a cap cut to nothing took no place of its repository's.
 *
 * A calculation records the priors that it was made with, and computes the same from them: ENGINE_VERSION stays. Only the
 * verification sums anew, and no line was issued under another sum.
 */
export function priorCreditsOf(entries: readonly PriorEntry[], termId: string): PriorCredits {
  const total = (lines: readonly PriorEntry[]): number =>
    lines.reduce((sum, { creditHundredths }) => sum + creditHundredths, 0)
  const awards = entries.flatMap((award) => {
    if (award.record === null || award.termId !== termId || award.creditHundredths <= 0) return []
    const corrections = entries.filter((entry) => entry.correctsEntryId === award.entryId)
    return [{ leftHundredths: award.creditHundredths + total(corrections), parts: creditsByRepository(award.record) }]
  })
  return sumPriorCredits({
    termHundredths: total(entries.filter((entry) => entry.termId === termId)),
    lifetimeHundredths: total(entries),
    awards,
  })
}

/** Sums of a person's lines, and what is left of each award of the term with what it gave by repository. */
export type PriorSums = {
  termHundredths: number
  lifetimeHundredths: number
  awards: readonly { leftHundredths: number; parts: readonly RepositoryCredit[] }[]
}

/** {@link priorCreditsOf}, where the lines were added up already. */
export function sumPriorCredits({ termHundredths, lifetimeHundredths, awards }: PriorSums): PriorCredits {
  const repositories = new Map<string, RepositoryCredit>()
  for (const { leftHundredths, parts } of awards) {
    for (const part of shareWhatIsLeft(parts, leftHundredths)) {
      const sum = repositories.get(part.repositoryId) ?? { repositoryId: part.repositoryId, hundredths: 0, items: 0 }
      sum.hundredths += part.hundredths
      sum.items += part.items
      repositories.set(part.repositoryId, sum)
    }
  }
  return {
    termHundredths: Math.max(0, termHundredths),
    lifetimeHundredths: Math.max(0, lifetimeHundredths),
    repositories: [...repositories.values()].sort(byRepository),
  }
}

type RepositoryCredit = { repositoryId: string; hundredths: number; items: number }

function byRepository(a: RepositoryCredit, b: RepositoryCredit): number {
  return a.repositoryId < b.repositoryId ? -1 : 1
}

/** What an award gave, by repository; only items that were given something. */
function creditsByRepository({ items, result }: CalculationRecord): RepositoryCredit[] {
  const repositoryOf = new Map(items.map((item) => [item.contributionId, item.repositoryId]))
  const given = result.items.filter((share) => share.hundredths > 0 && repositoryOf.has(share.contributionId))
  const groups = Map.groupBy(given, ({ contributionId }) => repositoryOf.get(contributionId) ?? '')
  return [...groups].map(([repositoryId, shares]) => ({
    repositoryId,
    hundredths: shares.reduce((sum, share) => sum + share.hundredths, 0),
    items: shares.length,
  }))
}

/** Splits what is left of an award in the proportion of its parts; what whole hundredths leave over goes to the largest remainders. */
function shareWhatIsLeft(parts: readonly RepositoryCredit[], left: number): RepositoryCredit[] {
  const given = parts.reduce((sum, part) => sum + part.hundredths, 0)
  if (given === 0 || left <= 0) return []
  const shares = [...parts].sort(byRepository).map((part) => {
    const exact = part.hundredths * left
    return { ...part, hundredths: Math.floor(exact / given), remainder: exact % given }
  })
  const missing = left - shares.reduce((sum, { hundredths: share }) => sum + share, 0)
  const receivers = new Set([...shares].sort((a, b) => b.remainder - a.remainder).slice(0, missing))
  return shares.map((share) => ({
    repositoryId: share.repositoryId,
    hundredths: share.hundredths + Number(receivers.has(share)),
    items: share.items,
  }))
}
