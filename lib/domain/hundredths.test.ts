import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHundredths, parseHundredths } from './hundredths'

describe('hundredths', () => {
  it.each([
    ['1.50', 150],
    ['1.5', 150],
    ['0.05', 5],
    [' 2 ', 200],
    ['+1', 100],
    ['-0.5', -50],
    ['-0', 0],
    ['1.005', null],
    ['', null],
    ['.5', null],
    ['1.', null],
    ['1e3', null],
    ['1,5', null],
    ['１', null],
    ['9999999999', null],
  ])('reads %j as %j', (text, value) => {
    expect(parseHundredths(text)).toBe(value)
  })

  it('writes what it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (value) => {
        expect(parseHundredths(formatHundredths(value))).toBe(value)
      }),
    )
    expect(formatHundredths(-5)).toBe('-0.05')
  })

  it('refuses fractions of a hundredth', () => {
    expect(() => formatHundredths(0.5)).toThrow(RangeError)
  })
})
