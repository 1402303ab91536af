import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { DEFAULT_THEME, isTheme, LOCALE_COOKIE, type Locale, THEME_COOKIE, type Theme } from '@/lib/i18n/locales'
import { negotiateLocale } from '@/lib/i18n/negotiate'

export type Preferences = { locale: Locale; theme: Theme }

/**
 * Language and theme of this request. The cookie carries them; for a member the profile is copied
 * into the cookie at sign-in, so that no page needs the database to know its language.
 */
export const readPreferences = cache(async (): Promise<Preferences> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  const theme = jar.get(THEME_COOKIE)?.value
  return {
    locale: negotiateLocale(jar.get(LOCALE_COOKIE)?.value, sent.get('accept-language')),
    theme: isTheme(theme) ? theme : DEFAULT_THEME,
  }
})
