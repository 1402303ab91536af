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
  return record.items.map((item) => ({ ...item, landedAt: new Date(item.landedAt) }))
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
 * What a person was credited before, net of corrections. Of an award that was corrected, each repository keeps its part
 * of what is left, cut to whole hundredths; of one that was taken back entirely nothing is left, its items do not count.
 */
export function priorCreditsOf(entries: readonly PriorEntry[], termId: string): PriorCredits {
  const total = (lines: readonly PriorEntry[]): number =>
    lines.reduce((sum, { creditHundredths }) => sum + creditHundredths, 0)
  const repositories = new Map<string, { repositoryId: string; hundredths: number; items: number }>()
  for (const award of entries) {
    if (award.record === null || award.termId !== termId || award.creditHundredths <= 0) continue
    const left = award.creditHundredths + total(entries.filter((entry) => entry.correctsEntryId === award.entryId))
    if (left <= 0) continue
    const repositoryOf = new Map(award.record.items.map((item) => [item.contributionId, item.repositoryId]))
    for (const share of award.record.result.items) {
      const repositoryId = repositoryOf.get(share.contributionId)
      if (repositoryId === undefined) continue
      const sum = repositories.get(repositoryId) ?? { repositoryId, hundredths: 0, items: 0 }
      sum.hundredths += Math.floor((share.hundredths * left) / award.creditHundredths)
      sum.items += 1
      repositories.set(repositoryId, sum)
    }
  }
  return {
    termHundredths: Math.max(0, total(entries.filter((entry) => entry.termId === termId))),
    lifetimeHundredths: Math.max(0, total(entries)),
    repositories: [...repositories.values()].sort((a, b) => (a.repositoryId < b.repositoryId ? -1 : 1)),
  }
}
