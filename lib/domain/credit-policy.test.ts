import { describe, expect, it } from 'vitest'
import { type CreditPolicy, creditPolicySchema, findPolicyProblems } from './credit-policy'
import { DEFAULT_POLICY } from './default-policy'

const withCaps = (caps: Partial<CreditPolicy['caps']>): CreditPolicy => ({
  ...DEFAULT_POLICY,
  caps: { ...DEFAULT_POLICY.caps, ...caps },
})
const withSteps = (...steps: [number, number][]): CreditPolicy => ({
  ...DEFAULT_POLICY,
  points: {
    ...DEFAULT_POLICY.points,
    sizeSteps: steps.map(([minChangedLines, milliPoints]) => ({ minChangedLines, milliPoints })),
  },
})

describe('the document', () => {
  it('has a default that is sound', () => {
    expect(creditPolicySchema.parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY)
    expect(findPolicyProblems(DEFAULT_POLICY)).toEqual([])
  })

  it.each([
    ['an unknown clause', { ...DEFAULT_POLICY, bonus: 1 }],
    ['another version', { ...DEFAULT_POLICY, schemaVersion: 2 }],
    ['fractions', { ...DEFAULT_POLICY, minimumHundredths: 0.5 }],
    ['a negative cap', withCaps({ perTermHundredths: -1 })],
    [
      'a missing tier',
      { ...DEFAULT_POLICY, points: { ...DEFAULT_POLICY.points, tierFactorPerThousand: { flagship: 1 } } },
    ],
    ['no worth for points', { ...DEFAULT_POLICY, conversion: { milliPoints: 0, hundredths: 1 } }],
  ])('refuses %s', (_what, document) => {
    expect(creditPolicySchema.safeParse(document).success).toBe(false)
  })
})

describe('findPolicyProblems', () => {
  it.each([
    ['steps that do not ascend', withSteps([10, 1], [10, 2]), ['size_steps_not_ascending points.sizeSteps.1']],
    ['fewer points for more lines', withSteps([10, 2], [20, 1]), ['size_points_descending points.sizeSteps.1']],
    [
      'an item cap above the repository cap',
      withCaps({ perItemHundredths: 150 }),
      ['cap_above_wider_cap caps.perItemHundredths'],
    ],
    [
      'a term cap above the lifetime cap',
      withCaps({ perTermHundredths: 500 }),
      ['cap_above_wider_cap caps.perTermHundredths'],
    ],
    [
      'a minimum nobody can reach',
      { ...DEFAULT_POLICY, minimumHundredths: 300 },
      ['minimum_above_cap minimumHundredths'],
    ],
    [
      'no caps at all',
      withCaps({
        perItemHundredths: null,
        perRepositoryHundredths: null,
        perTermHundredths: null,
        lifetimeHundredths: null,
      }),
      [],
    ],
  ])('%s', (_what, policy, problems) => {
    expect(findPolicyProblems(policy).map(({ code, path }) => `${code} ${path}`)).toEqual(problems)
  })
})
