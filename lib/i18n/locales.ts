/** The languages of the screens; the first is the default. */
export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const DEFAULT_LOCALE: Locale = 'zh-CN'

/** The themes; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
export const DEFAULT_THEME: Theme = 'system'

export const LOCALE_COOKIE = 'locale'
export const THEME_COOKIE = 'theme'

/** True for a value that names one of the languages. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

/** True for a value that names one of the themes. */
export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value)
}
