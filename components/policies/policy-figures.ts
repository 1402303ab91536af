import { calculateCredit, NO_PRIOR_CREDITS } from '@/lib/domain/credit-calculation'
import type { CreditPolicy } from '@/lib/domain/credit-policy'
import { formatHundredths } from '@/lib/i18n/format'

/** Thousandths as a plain decimal without trailing zeros: 1500 → "1.5". */
export function formatThousandths(thousandths: number): string {
  const whole = Math.trunc(thousandths / 1000)
  const rest = String(thousandths % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return rest === '' ? String(whole) : `${whole}.${rest}`
}

const EXAMPLE_LINES = 150

/** One pull request of a middling size under a policy, by the engine itself, with the limits taken away. */
export function exampleOf(policy: CreditPolicy): { lines: number; points: string; credit: string } {
  const step = policy.points.sizeSteps.findLast(({ minChangedLines }) => minChangedLines <= EXAMPLE_LINES)
  const milliPoints = policy.points.base.pull_request + (step?.milliPoints ?? 0)
  const factor = policy.points.tierFactorPerThousand.standard ?? 1000
  const unlimited: CreditPolicy = {
    ...policy,
    caps: {
      perItemHundredths: null,
      perRepositoryHundredths: null,
      itemsPerRepository: null,
      perTermHundredths: null,
      lifetimeHundredths: null,
    },
    minimumHundredths: 0,
  }
  const item = {
    contributionId: 'example',
    workId: 'example',
    kind: 'pull_request',
    repositoryId: 'example',
    tier: 'standard',
    landedAt: new Date(0),
    changedLines: EXAMPLE_LINES,
  } as const
  const { creditHundredths } = calculateCredit(unlimited, [item], NO_PRIOR_CREDITS)
  return {
    lines: EXAMPLE_LINES,
    points: formatThousandths(Math.trunc((milliPoints * factor) / 1000)),
    credit: formatHundredths(creditHundredths),
  }
}
