import { DEFAULT_LOCALE, isLocale, type Locale } from '@/lib/i18n/locales'

type Wish = { language: string; weight: number }

function parseWish(part: string): Wish {
  const [tag = '', ...params] = part.trim().toLowerCase().split(';')
  const quality = params.map((param) => param.trim()).find((param) => param.startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.slice(2))
  return { language: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 }
}

/**
 * The language for a visitor: the cookie if it names one of ours, else the best match of the
 * Accept-Language header, else Chinese.
 */
export function negotiateLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map(parseWish)
    .filter((wish) => wish.weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
  for (const wish of wishes) {
    if (wish.language === 'zh') return 'zh-CN'
    if (wish.language === 'en') return 'en'
  }
  return DEFAULT_LOCALE
}
