import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PriorEntry, priorCreditsOf, recordCalculation } from './calculation-record'
import { type CreditItem, calculateCredit, NO_PRIOR_CREDITS, type PriorCredits } from './credit-calculation'
import type { CreditPolicy } from './credit-policy'
import { DEFAULT_POLICY } from './default-policy'

const TERM = 'term'

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

type Awarding = { policy: CreditPolicy; items: readonly CreditItem[]; prior: PriorCredits }

function award(entryId: string, { policy, items, prior }: Awarding): PriorEntry {
  const calculation = calculateCredit(policy, items, prior)
  const record = recordCalculation({ policyVersionId: 'p', items, prior, calculation })
  return { entryId, correctsEntryId: null, termId: TERM, creditHundredths: calculation.creditHundredths, record }
}

function correction(of: PriorEntry, deltaHundredths: number): PriorEntry {
  return {
    entryId: `${of.entryId}-corrected`,
    correctsEntryId: of.entryId,
    termId: TERM,
    creditHundredths: deltaHundredths,
    record: null,
  }
}

function policyWith(caps: Partial<CreditPolicy['caps']>): CreditPolicy {
  return { ...DEFAULT_POLICY, caps: { ...DEFAULT_POLICY.caps, ...caps } }
}

/** An award of given shares, by contribution `repository/number`. */
function given(shares: Readonly<Record<string, number>>): PriorEntry {
  const items = Object.keys(shares).map((id) => item(id, { repositoryId: id.split('/')[0] ?? '' }))
  const calculation = {
    engineVersion: 1,
    creditHundredths: Object.values(shares).reduce((sum, share) => sum + share, 0),
    unitsPerHundredth: '1',
    items: Object.entries(shares).map(([contributionId, hundredths]) => ({ contributionId, hundredths, lines: [] })),
    lines: [],
  }
  const record = recordCalculation({ policyVersionId: 'p', items, prior: NO_PRIOR_CREDITS, calculation })
  return { entryId: 'a', correctsEntryId: null, termId: TERM, creditHundredths: calculation.creditHundredths, record }
}

describe('what was credited before, after a correction', () => {
  it('34 + 33 + 33 put right to 99 leaves 99 of the repository, not 97', () => {
    const entry = given({ 'r1/1': 34, 'r1/2': 33, 'r1/3': 33 })
    expect(priorCreditsOf([entry, correction(entry, -1)], TERM)).toEqual({
      termHundredths: 99,
      lifetimeHundredths: 99,
      repositories: [{ repositoryId: 'r1', hundredths: 99, items: 3 }],
    })
  })

  it('over repositories the largest remainder gets what is left over', () => {
    const entry = given({ 'r1/1': 34, 'r2/1': 33, 'r3/1': 33 })
    // 33.66, 32.67 and 32.67: 33 + 32 + 32, and the two largest remainders get one each
    expect(priorCreditsOf([entry, correction(entry, -1)], TERM).repositories).toEqual([
      { repositoryId: 'r1', hundredths: 33, items: 1 },
      { repositoryId: 'r2', hundredths: 33, items: 1 },
      { repositoryId: 'r3', hundredths: 33, items: 1 },
    ])
  })

  it('what a cap cut to nothing takes no place among the items of its repository', () => {
    const policy = policyWith({ itemsPerRepository: 1, perRepositoryHundredths: null })
    const first = award('a', { policy, items: [item('x', { changedLines: 501 }), item('y')], prior: NO_PRIOR_CREDITS })
    expect(priorCreditsOf([first], TERM).repositories).toEqual([{ repositoryId: 'r1', hundredths: 35, items: 1 }])
  })

  it('nothing is left of what was taken back', () => {
    const entry = given({ 'r1/1': 34 })
    expect(priorCreditsOf([entry, correction(entry, -34)], TERM)).toEqual(NO_PRIOR_CREDITS)
  })

  it('award, correction, award: no cap is exceeded, and the repositories sum to the term', () => {
    const contributions = (name: string) =>
      fc
        .array(fc.record({ repository: fc.nat({ max: 3 }), changedLines: fc.nat({ max: 700 }) }), {
          minLength: 1,
          maxLength: 12,
        })
        .map((all) =>
          all.map(({ repository, changedLines }, index) =>
            item(`${name}${index}`, { repositoryId: `r${repository}`, changedLines, tier: 'flagship' }),
          ),
        )
    const caps = fc.record({
      perRepositoryHundredths: fc.integer({ min: 1, max: 150 }),
      perTermHundredths: fc.integer({ min: 1, max: 300 }),
      itemsPerRepository: fc.option(fc.integer({ min: 1, max: 4 })),
    })
    fc.assert(
      fc.property(contributions('a'), contributions('b'), caps, fc.nat(100), (first, second, limits, cutPercent) => {
        const policy = policyWith({ ...limits, lifetimeHundredths: null })
        const one = award('a', { policy, items: first, prior: NO_PRIOR_CREDITS })
        const cut = Math.floor((one.creditHundredths * cutPercent) / 100)
        const entries = cut === 0 ? [one] : [one, correction(one, -cut)]
        const prior = priorCreditsOf(entries, TERM)
        const two = award('b', { policy, items: second, prior })
        const after = priorCreditsOf([...entries, two], TERM)
        expect(after.termHundredths).toBeLessThanOrEqual(limits.perTermHundredths)
        expect(after.repositories.reduce((sum, { hundredths }) => sum + hundredths, 0)).toBe(after.termHundredths)
        for (const { hundredths } of after.repositories) {
          expect(hundredths).toBeLessThanOrEqual(limits.perRepositoryHundredths)
        }
      }),
    )
  })
})
