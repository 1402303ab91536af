import { describe, expect, it } from 'vitest'
import { negotiateLocale } from '@/lib/i18n/negotiate'

describe('negotiateLocale', () => {
  it.each([
    ['en', 'zh-CN', 'en'],
    ['fr', 'en-GB,en;q=0.8', 'en'],
    [undefined, 'fr-FR,fr;q=0.9,en;q=0.5,zh;q=0.4', 'en'],
    [undefined, 'en;q=0.3,zh-TW;q=0.8', 'zh-CN'],
    [undefined, 'en;q=0', 'zh-CN'],
    [undefined, 'de', 'zh-CN'],
    [undefined, null, 'zh-CN'],
    [undefined, ';;;q=,,', 'zh-CN'],
  ] as const)('cookie %s and header %s give %s', (cookie, header, expected) => {
    expect(negotiateLocale(cookie, header)).toBe(expected)
  })
})
