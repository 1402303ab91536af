import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CreditCalculation,
  type CreditItem,
  calculateCredit,
  formatUnits,
  NO_PRIOR_CREDITS,
  type PriorCredits,
} from './credit-calculation'
import { type CreditPolicy, creditPolicySchema, ROUNDING_RULES } from './credit-policy'
import { DEFAULT_POLICY } from './default-policy'

function item(id: string, over: Partial<CreditItem> = {}): CreditItem {
  return {
    contributionId: id,
    workId: `work-${id}`,
    kind: 'pull_request',
    repositoryId: 'r1',
    tier: 'standard',
    landedAt: new Date(Date.UTC(2026, 2, 1)),
    changedLines: 10,
    ...over,
  }
}

type PolicyOver = Partial<Omit<CreditPolicy, 'caps'>> & { caps?: Partial<CreditPolicy['caps']> }

function policy({ caps, ...over }: PolicyOver = {}): CreditPolicy {
  return { ...DEFAULT_POLICY, ...over, caps: { ...DEFAULT_POLICY.caps, ...caps } }
}

function sumOfLines({ lines }: CreditCalculation): bigint {
  return lines.reduce((sum, line) => sum + BigInt(line.deltaUnits), 0n)
}

const codesOf = (calculation: CreditCalculation) => calculation.lines.map((line) => line.code)

describe('worked examples, by hand, under the default policy', () => {
  it('150 lines, flagship: (2 + 3) points × 1.5 = 7.5 points; / 20 = 0.375 credits → 0.38', () => {
    const result = calculateCredit(
      DEFAULT_POLICY,
      [item('a', { changedLines: 150, tier: 'flagship' })],
      NO_PRIOR_CREDITS,
    )
    expect(result.creditHundredths).toBe(38)
    expect(result.lines.map((line) => [line.code, formatUnits(line.deltaUnits, result.unitsPerHundredth)])).toEqual([
      ['base_points', '0.10'], // 2 / 20
      ['size_points', '0.15'], // 3 / 20
      ['tier_factor', '0.125'], // 5 × 0.5 / 20
      ['rounding', '0.005'], // 0.375 → 0.38
    ])
  })

  it('60 % of 150 lines, flagship: 7.5 points × 0.6 = 4.5 points; / 20 = 0.225 credits → 0.23', () => {
    const joint = item('a', { changedLines: 150, tier: 'flagship', sharePercent: 60 })
    const result = calculateCredit(DEFAULT_POLICY, [joint], NO_PRIOR_CREDITS)
    expect(result.creditHundredths).toBe(23)
    expect(result.lines.map((line) => [line.code, formatUnits(line.deltaUnits, result.unitsPerHundredth)])).toEqual([
      ['base_points', '0.10'],
      ['size_points', '0.15'],
      ['tier_factor', '0.125'],
      ['share', '-0.15'],
      ['rounding', '0.005'],
    ])
  })

  it('a part as big as the whole is the whole', () => {
    const whole = item('a', { changedLines: 150 })
    const result = calculateCredit(DEFAULT_POLICY, [{ ...whole, sharePercent: 100 }], NO_PRIOR_CREDITS)
    expect(result.creditHundredths).toBe(calculateCredit(DEFAULT_POLICY, [whole], NO_PRIOR_CREDITS).creditHundredths)
  })

  it('600 lines, flagship: 7 × 1.5 = 10.5 points = 0.525, capped at 0.50 per item', () => {
    const result = calculateCredit(
      DEFAULT_POLICY,
      [item('a', { changedLines: 600, tier: 'flagship' })],
      NO_PRIOR_CREDITS,
    )
    expect(result.creditHundredths).toBe(50)
    expect(codesOf(result)).toEqual(['base_points', 'size_points', 'tier_factor', 'cap_item'])
  })

  it('three of 0.35 in one repository: 1.05, capped at 1.00; the one that landed last is cut', () => {
    const items = ['a', 'b', 'c'].map((id, day) =>
      item(id, { changedLines: 501, landedAt: new Date(Date.UTC(2026, 2, 9 - day)) }),
    )
    const result = calculateCredit(DEFAULT_POLICY, items, NO_PRIOR_CREDITS)
    expect(result.creditHundredths).toBe(100)
    expect(result.items.map(({ contributionId, hundredths }) => [contributionId, hundredths])).toEqual([
      ['c', 35],
      ['b', 35],
      ['a', 30],
    ])
  })

  it('the term has 2.00 and 1.90 are used: of 0.35 only 0.10 are left', () => {
    const prior = { termHundredths: 190, lifetimeHundredths: 190, repositories: [] }
    expect(calculateCredit(DEFAULT_POLICY, [item('a', { changedLines: 501 })], prior).creditHundredths).toBe(10)
  })

  it('the lifetime has 4.00 and 3.95 are used: 0.05 is below the minimum of 0.10, so nothing', () => {
    const prior = { termHundredths: 0, lifetimeHundredths: 395, repositories: [] }
    const result = calculateCredit(DEFAULT_POLICY, [item('a', { changedLines: 501 })], prior)
    expect(result.creditHundredths).toBe(0)
    expect(codesOf(result)).toEqual(['base_points', 'size_points', 'cap_lifetime', 'below_minimum'])
    expect(result.items[0]?.hundredths).toBe(0)
  })

  it('emerging, ten lines: 2 × 0.8 = 1.6 points = exactly 0.08, below the minimum', () => {
    const result = calculateCredit(DEFAULT_POLICY, [item('a', { tier: 'emerging' })], NO_PRIOR_CREDITS)
    expect(codesOf(result)).toEqual(['base_points', 'tier_factor', 'below_minimum'])
  })

  it('unknown size reaches no step: 2 points = 0.10', () => {
    expect(
      calculateCredit(DEFAULT_POLICY, [item('a', { changedLines: null })], NO_PRIOR_CREDITS).creditHundredths,
    ).toBe(10)
  })

  it('three points a credit, one item of a point each: 0.333… three times is exactly 1.00, not 0.99', () => {
    const thirds = policy({
      points: { ...DEFAULT_POLICY.points, base: { pull_request: 1000 } },
      conversion: { milliPoints: 3000, hundredths: 100 },
    })
    const result = calculateCredit(thirds, [item('a'), item('b'), item('c')], NO_PRIOR_CREDITS)
    expect(result.creditHundredths).toBe(100)
    expect(result.items.map(({ hundredths }) => hundredths)).toEqual([34, 33, 33])
  })

  it('two per repository: the most valuable count, not the first', () => {
    const two = policy({ caps: { itemsPerRepository: 2, perRepositoryHundredths: null } })
    const items = [item('small'), item('mid', { changedLines: 101 }), item('large', { changedLines: 501 })]
    const result = calculateCredit(two, items, NO_PRIOR_CREDITS)
    expect(result.creditHundredths).toBe(25 + 35)
    const used = {
      termHundredths: 0,
      lifetimeHundredths: 0,
      repositories: [{ repositoryId: 'r1', hundredths: 0, items: 1 }],
    }
    expect(calculateCredit(two, items, used).creditHundredths).toBe(35)
  })
})

it('gives nothing for nothing', () => {
  expect(calculateCredit(DEFAULT_POLICY, [], NO_PRIOR_CREDITS)).toMatchObject({
    creditHundredths: 0,
    items: [],
    lines: [],
  })
})

it('refuses two copies of one work, and one item twice', () => {
  expect(() => calculateCredit(DEFAULT_POLICY, [item('a'), item('b', { workId: 'work-a' })], NO_PRIOR_CREDITS)).toThrow(
    'duplicate_work',
  )
  expect(() => calculateCredit(DEFAULT_POLICY, [item('a'), item('a', { workId: 'w' })], NO_PRIOR_CREDITS)).toThrow(
    'duplicate_item',
  )
})

it('shows exact amounts to people', () => {
  expect(formatUnits('-1', '3')).toBe('-0.003333…')
  expect(formatUnits('300', '3')).toBe('1.00')
  expect(formatUnits('0', '7')).toBe('0.00')
  expect(formatUnits('12300000', '1000')).toBe('123.00')
})

const cap = fc.option(fc.integer({ min: 0, max: 300 }))
const policies: fc.Arbitrary<CreditPolicy> = fc
  .record({
    base: fc.integer({ min: 0, max: 5_000 }),
    steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 9_000 })), { maxLength: 4 }),
    factors: fc.tuple(fc.nat(3_000), fc.nat(3_000), fc.nat(3_000)),
    conversion: fc.record({
      milliPoints: fc.integer({ min: 1, max: 30_000 }),
      hundredths: fc.integer({ min: 1, max: 200 }),
    }),
    rounding: fc.constantFrom(...ROUNDING_RULES),
    caps: fc.record({
      perItemHundredths: cap,
      perRepositoryHundredths: cap,
      itemsPerRepository: fc.option(fc.integer({ min: 1, max: 4 })),
      perTermHundredths: cap,
      lifetimeHundredths: cap,
    }),
    minimumHundredths: fc.nat(60),
  })
  .map(({ base, steps, factors: [flagship, standard, emerging], ...rest }) =>
    creditPolicySchema.parse({
      ...DEFAULT_POLICY,
      ...rest,
      points: {
        base: { pull_request: base },
        sizeSteps: steps.map(([minChangedLines, milliPoints]) => ({ minChangedLines, milliPoints })),
        tierFactorPerThousand: { flagship, standard, emerging },
      },
    }),
  )

const itemLists: fc.Arbitrary<CreditItem[]> = fc
  .array(
    fc.record({
      repositoryId: fc.constantFrom('r1', 'r2', 'r3'),
      tier: fc.constantFrom('flagship' as const, 'standard' as const, 'emerging' as const),
      day: fc.nat(5),
      changedLines: fc.option(fc.nat(700)),
      sharePercent: fc.option(fc.integer({ min: 1, max: 100 })),
    }),
    { maxLength: 12 },
  )
  .map((shapes) =>
    shapes.map(({ day, sharePercent, ...shape }, index) =>
      item(`c${index}`, {
        ...shape,
        ...(sharePercent === null ? {} : { sharePercent }),
        landedAt: new Date(Date.UTC(2026, 2, 1 + day)),
      }),
    ),
  )

const priors: fc.Arbitrary<PriorCredits> = fc.record({
  termHundredths: fc.nat(250),
  lifetimeHundredths: fc.nat(350),
  repositories: fc.array(
    fc.record({ repositoryId: fc.constantFrom('r1', 'r2'), hundredths: fc.nat(150), items: fc.nat(3) }),
    { maxLength: 3 },
  ),
})

const claims = fc.tuple(policies, itemLists, priors)

describe('for every policy, claim and past', () => {
  it('lines sum exactly to the figure, and shares to the figure', () => {
    fc.assert(
      fc.property(policies, itemLists, priors, (rules, items, prior) => {
        const result = calculateCredit(rules, items, prior)
        expect(sumOfLines(result)).toBe(BigInt(result.creditHundredths) * BigInt(result.unitsPerHundredth))
        expect(result.items.reduce((sum, one) => sum + one.hundredths, 0)).toBe(result.creditHundredths)
        expect(result.items.every((one) => one.hundredths >= 0)).toBe(true)
      }),
    )
  })

  it('is deterministic and independent of the order of items and priors', () => {
    const shuffledInput = itemLists.chain((items) =>
      fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length })),
    )
    fc.assert(
      fc.property(policies, shuffledInput, priors, (rules, [items, shuffled], prior) => {
        const turned = { ...prior, repositories: prior.repositories.toReversed() }
        expect(calculateCredit(rules, shuffled, turned)).toEqual(calculateCredit(rules, items, prior))
      }),
    )
  })

  it('never exceeds a cap: not per item, repository, term or lifetime, whatever was credited before', () => {
    fc.assert(
      fc.property(policies, itemLists, priors, (rules, items, prior) => {
        const { creditHundredths, items: shares } = calculateCredit(rules, items, prior)
        const within = (value: number, limit: number | null, used: number) =>
          limit === null || value <= Math.max(0, limit - used)
        const { caps } = rules
        expect(within(creditHundredths, caps.perTermHundredths, prior.termHundredths)).toBe(true)
        expect(within(creditHundredths, caps.lifetimeHundredths, prior.lifetimeHundredths)).toBe(true)
        expect(shares.every((share) => within(share.hundredths, caps.perItemHundredths, 0))).toBe(true)
        for (const repositoryId of ['r1', 'r2', 'r3']) {
          const ids = new Set(items.filter((one) => one.repositoryId === repositoryId).map((one) => one.contributionId))
          const credited = shares.filter((share) => ids.has(share.contributionId))
          const before = prior.repositories.filter((repository) => repository.repositoryId === repositoryId)
          const used = before.reduce((sum, one) => sum + one.hundredths, 0)
          expect(
            within(
              credited.reduce((sum, one) => sum + one.hundredths, 0),
              caps.perRepositoryHundredths,
              used,
            ),
          ).toBe(true)
          const counted = credited.filter((share) => share.hundredths > 0).length
          expect(
            within(
              counted,
              caps.itemsPerRepository,
              before.reduce((sum, one) => sum + one.items, 0),
            ),
          ).toBe(true)
        }
        expect(creditHundredths === 0 || creditHundredths >= rules.minimumHundredths).toBe(true)
      }),
    )
  })

  it('never gives less for one contribution more', () => {
    fc.assert(
      fc.property(claims, fc.nat(11), ([rules, items, prior], index) => {
        const fewer = items.filter((_, position) => position !== index)
        const more = calculateCredit(rules, items, prior).creditHundredths
        expect(more).toBeGreaterThanOrEqual(calculateCredit(rules, fewer, prior).creditHundredths)
      }),
    )
  })

  it('never gives less for more lines', () => {
    fc.assert(
      fc.property(claims, fc.nat(300), ([rules, items, prior], added) => {
        const larger = items.map((one) => ({ ...one, changedLines: (one.changedLines ?? 0) + added }))
        const before = calculateCredit(rules, items, prior).creditHundredths
        expect(calculateCredit(rules, larger, prior).creditHundredths).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})
