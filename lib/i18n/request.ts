import { getRequestConfig } from 'next-intl/server'
import { isLocale } from '@/lib/i18n/locales'
import { loadMessages } from '@/lib/i18n/messages'
import { readPreferences } from '@/lib/i18n/preferences'

/** Dates are shown in a university's time zone, passed explicitly; this is the fallback for pages without one. */
const FALLBACK_TIME_ZONE = 'Asia/Shanghai'

export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked) ? asked : (await readPreferences()).locale
  return {
    locale,
    messages: loadMessages(locale),
    timeZone: FALLBACK_TIME_ZONE,
    onError(error) {
      // A missing word is a mistake of ours: loud while developing, a log line in production.
      if (process.env.NODE_ENV === 'production') console.error(`i18n: ${error.message}`)
      else throw error
    },
    getMessageFallback: ({ namespace, key }) => [namespace, key].filter(Boolean).join('.'),
  }
})
