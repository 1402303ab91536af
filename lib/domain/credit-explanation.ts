import type { CreditItem } from './credit-item'
import type { ReasonData } from './errors'

export const EXPLANATION_CODES = [
  'base_points',
  'size_points',
  'tier_factor',
  'share',
  'cap_items_per_repository',
  'cap_item',
  'cap_repository',
  'cap_term',
  'cap_lifetime',
  'rounding',
  'below_minimum',
] as const
export type ExplanationCode = (typeof EXPLANATION_CODES)[number]

/**
 * One step of the arithmetic. `deltaUnits` is an exact integer (as text, it may exceed 2^53) in units of which
 * `unitsPerHundredth` make a hundredth of a credit; over all lines of a calculation they sum to the figure.
 */
export type ExplanationLine = {
  code: ExplanationCode
  /** Path of the clause in the policy document, e.g. `points.sizeSteps.1`. */
  clause: string
  contributionId: string | null
  deltaUnits: string
  data: ReasonData
}

/** Exact units as a credit figure for people: "0.375", two decimals at least and six at most (cut, marked by "…"). */
export function formatUnits(deltaUnits: string, unitsPerHundredth: string): string {
  const units = BigInt(deltaUnits)
  const whole = BigInt(unitsPerHundredth) * 100n
  const magnitude = (units < 0n ? -units : units) * 1_000_000n
  const digits = String(magnitude / whole).padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '')
  const cut = magnitude % whole === 0n ? '' : '…'
  return `${units < 0n ? '-' : ''}${digits.slice(0, -6)}.${cut ? digits.slice(-6) : fraction}${cut}`
}

/** An item on its way through the clauses: what it is worth so far, in exact units, and how it came to that. */
export type Running = { item: CreditItem; units: bigint; lines: ExplanationLine[] }

/** A line before it is known how much it changes. */
export type LineOf = Pick<ExplanationLine, 'code' | 'clause' | 'data'>

export function add(running: Running, delta: bigint, line: LineOf): void {
  running.units += delta
  const contributionId = running.item.contributionId
  running.lines.push({
    code: line.code,
    clause: line.clause,
    contributionId,
    deltaUnits: String(delta),
    data: line.data,
  })
}

export function addUnlessZero(running: Running, delta: bigint, line: LineOf): void {
  if (delta !== 0n) add(running, delta, line)
}

export function lineUnlessZero(delta: bigint, line: Omit<ExplanationLine, 'deltaUnits'>): ExplanationLine[] {
  return delta === 0n ? [] : [{ ...line, deltaUnits: String(delta) }]
}

export function sumOf(running: readonly Running[]): bigint {
  return running.reduce((sum, { units }) => sum + units, 0n)
}
