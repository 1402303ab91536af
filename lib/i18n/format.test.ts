import { describe, expect, it } from 'vitest'
import { formatCount, formatHundredths, formatMoment, formatNames } from '@/lib/i18n/format'

describe('formatHundredths', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [150, '1.50'],
    [-25, '−0.25'],
    [-100, '−1.00'],
    [123456789, '1234567.89'],
  ])('%i is %s', (hundredths, text) => {
    expect(formatHundredths(hundredths)).toBe(text)
  })

  it('refuses what is no whole number', () => {
    expect(() => formatHundredths(1.5)).toThrow(RangeError)
    expect(() => formatHundredths(Number.NaN)).toThrow(RangeError)
  })
})

describe('formatMoment', () => {
  const moment = new Date('2025-12-31T16:05:00Z')

  it('is in the time zone of the university, whatever the machine has', () => {
    const place = { timeZone: 'Asia/Shanghai', style: 'datetime' } as const
    expect(formatMoment(moment, { ...place, locale: 'zh-CN' })).toBe('2026年1月1日 00:05')
    expect(formatMoment(moment, { ...place, locale: 'en' })).toBe('Jan 1, 2026, 00:05')
  })

  it('counts in thousands', () => {
    expect(formatCount(1204, 'zh-CN')).toBe('1,204')
  })
})

describe('formatNames', () => {
  it('sets a Latin name beside no Chinese word', () => {
    expect(formatNames(['GitHub', 'Gitee', 'Hugging Face'], 'zh-CN')).toBe('GitHub、Gitee、Hugging Face')
    expect(formatNames(['GitHub', 'Gitee', 'Hugging Face'], 'en')).toBe('GitHub, Gitee, and Hugging Face')
  })
})
