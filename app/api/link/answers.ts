import { getLocale, getTranslations } from 'next-intl/server'
import { platformOrigins } from '@/lib/accounts/callback-address'
import { isAppError } from '@/lib/domain/errors'
import { redirectAnswer } from '@/lib/http/answers'
import { leaveFor } from '@/lib/http/leave-for'

/** Takes the browser to a platform's own page; no other host is left for. */
export async function leaveForPlatform(url: string): Promise<Response> {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')])
  const words = { lang: locale, title: t('leave.title'), link: t('leave.link') }
  return leaveFor({ url, allowedOrigins: platformOrigins(), words })
}

/**
 * A refusal on a way that a person walks in the browser: back to the accounts, which say what happened. What only a
 * forged request can meet (not signed in, wrong role) stays an error.
 */
export function refusalPage(error: unknown): Response {
  if (!isAppError(error) || error.kind === 'unauthenticated' || error.kind === 'forbidden') throw error
  return redirectAnswer(`/accounts?problem=${encodeURIComponent(error.code)}`)
}
