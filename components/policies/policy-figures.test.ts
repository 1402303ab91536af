import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { exampleOf, formatThousandths } from './policy-figures'

describe('formatThousandths', () => {
  it.each([
    [0, '0'],
    [1000, '1'],
    [1500, '1.5'],
    [2050, '2.05'],
    [20_000, '20'],
    [1, '0.001'],
  ])('%i → %s', (thousandths, text) => expect(formatThousandths(thousandths)).toBe(text))
})

describe('exampleOf', () => {
  it('is what the engine gives for the size: 2 points for landing, 3 for more than 100 lines, 20 points a credit', () => {
    expect(exampleOf(DEFAULT_POLICY)).toEqual({ lines: 150, points: '5', credit: '0.25' })
  })

  it('leaves limits aside', () => {
    const strict = { ...DEFAULT_POLICY, caps: { ...DEFAULT_POLICY.caps, perItemHundredths: 1 }, minimumHundredths: 100 }
    expect(exampleOf(strict).credit).toBe('0.25')
  })
})
