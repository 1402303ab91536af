import { applyCaps } from './credit-caps'
import { add, addUnlessZero, type ExplanationLine, lineUnlessZero, type Running, sumOf } from './credit-explanation'
import { byLanding, type CreditItem, type PriorCredits } from './credit-item'
import { basePointsOf, type CreditPolicy } from './credit-policy'
import { roundUnits, shareOut } from './credit-rounding'
import { AppError } from './errors'

export { EXPLANATION_CODES, type ExplanationCode, type ExplanationLine, formatUnits } from './credit-explanation'
export { type CreditItem, NO_PRIOR_CREDITS, type PriorCredits } from './credit-item'

/** Bumped whenever the same input could give another figure; stored with every calculation, old engines stay callable. */
export const ENGINE_VERSION = 1

/** `hundredths` is the item's share of the figure: the shares sum to it and respect item and repository caps. */
export type CalculatedItem = { contributionId: string; hundredths: number; lines: readonly ExplanationLine[] }

export type CreditCalculation = {
  engineVersion: number
  creditHundredths: number
  unitsPerHundredth: string
  items: readonly CalculatedItem[]
  lines: readonly ExplanationLine[]
}

/**
 * The credit of a claim. Exact integers throughout, one rounding at the end. Deterministic and independent of the order
 * of items and priors; caps are never exceeded; one more item never gives less; lines sum exactly to the figure.
 *
 * In order: points by kind, points by size, tier factor, the person's part of what several wrote, cap per item, number of items per repository (the most valuable
 * stay), caps per repository, term and lifetime (what landed first fills them first), rounding, minimum.
 *
 * By hand, under DEFAULT_POLICY: a pull request of 150 lines in a flagship repository has 2 + 3 = 5
 * points, × 1.5 = 7.5 points; at 20 points a credit that is 0.375 credits; alone, it is rounded half up to 0.38.
 * @throws AppError invalid/duplicate_item, invalid/duplicate_work: a work is credited once, so two copies are a bug upstream.
 */
export function calculateCredit(
  policy: CreditPolicy,
  items: readonly CreditItem[],
  prior: PriorCredits,
): CreditCalculation {
  assertDistinct(items)
  // A hundred times finer where anything is parted, so that every part is exact.
  const fineness = items.some(({ sharePercent }) => sharePercent !== undefined) ? WHOLE : 1n
  const unitsPerHundredth = BigInt(FACTOR_ONE * policy.conversion.milliPoints) * fineness
  const running = [...items].sort(byLanding).map((item) => valueItem(policy, item, fineness))
  applyCaps(policy, { running, prior, unitsPerHundredth })

  const exact = sumOf(running)
  const rounded = roundUnits(policy.rounding, exact, unitsPerHundredth)
  const awarded = rounded < BigInt(policy.minimumHundredths) ? 0n : rounded
  const closing = [
    ...lineUnlessZero(rounded * unitsPerHundredth - exact, {
      code: 'rounding',
      clause: 'rounding',
      contributionId: null,
      data: { rule: policy.rounding },
    }),
    ...lineUnlessZero((awarded - rounded) * unitsPerHundredth, {
      code: 'below_minimum',
      clause: 'minimumHundredths',
      contributionId: null,
      data: { minimumHundredths: policy.minimumHundredths, hundredths: Number(rounded) },
    }),
  ]
  const shares = shareOut(awarded, running, unitsPerHundredth)
  return {
    engineVersion: ENGINE_VERSION,
    creditHundredths: Number(awarded),
    unitsPerHundredth: String(unitsPerHundredth),
    items: running.map(({ item, lines }) => ({
      contributionId: item.contributionId,
      hundredths: Number(shares.get(item.contributionId) ?? 0n),
      lines,
    })),
    lines: [...running.flatMap(({ lines }) => lines), ...closing],
  }
}

const FACTOR_ONE = 1000
const WHOLE = 100n

function assertDistinct(items: readonly CreditItem[]): void {
  if (new Set(items.map((item) => item.contributionId)).size < items.length)
    throw new AppError('invalid', 'duplicate_item')
  if (new Set(items.map((item) => item.workId)).size < items.length) throw new AppError('invalid', 'duplicate_work')
}

/** Points by kind and size, times the factor of the tier. One milli-point at factor 1 is 1000 × `hundredths` units. */
function valueItem(policy: CreditPolicy, item: CreditItem, fineness: bigint): Running {
  const { points, conversion } = policy
  const running: Running = { item, units: 0n, lines: [] }
  const unitsOf = (milliPoints: number, perThousand: number): bigint =>
    BigInt(milliPoints) * BigInt(perThousand) * BigInt(conversion.hundredths) * fineness
  const { milliPoints: base, clause } = basePointsOf(policy, item.kind) ?? NO_POINTS
  add(running, unitsOf(base, FACTOR_ONE), {
    code: 'base_points',
    clause,
    data: { kind: item.kind, milliPoints: base },
  })
  const step = highestStep(points.sizeSteps, item.changedLines)
  if (step) {
    add(running, unitsOf(step.milliPoints, FACTOR_ONE), {
      code: 'size_points',
      clause: `points.sizeSteps.${step.index}`,
      data: { changedLines: item.changedLines, minChangedLines: step.minChangedLines, milliPoints: step.milliPoints },
    })
  }
  const milliPoints = base + (step?.milliPoints ?? 0)
  const factor = points.tierFactorPerThousand[item.tier]
  addUnlessZero(running, unitsOf(milliPoints, factor - FACTOR_ONE), {
    code: 'tier_factor',
    clause: `points.tierFactorPerThousand.${item.tier}`,
    data: { tier: item.tier, factorPerThousand: factor, milliPoints },
  })
  const { sharePercent } = item
  if (sharePercent !== undefined) {
    const rest = (running.units * (WHOLE - BigInt(sharePercent))) / WHOLE
    add(running, -rest, { code: 'share', clause: 'points', data: { percent: sharePercent } })
  }
  return running
}

/** Of what the rules do not name; it is not eligible, so that only a bug upstream comes here. */
const NO_POINTS = { milliPoints: 0, clause: 'points.base' }

function highestStep(
  steps: CreditPolicy['points']['sizeSteps'],
  changedLines: number | null,
): (CreditPolicy['points']['sizeSteps'][number] & { index: number }) | null {
  const reached = steps
    .map((step, index) => ({ ...step, index }))
    .filter((step) => changedLines !== null && step.minChangedLines <= changedLines)
  return reached.reduce<(typeof reached)[number] | null>(
    (best, step) => (best === null || step.milliPoints > best.milliPoints ? step : best),
    null,
  )
}
