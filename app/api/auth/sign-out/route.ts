import { cookies } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { expireCookie } from '@/lib/auth/set-cookie'
import { SIGNED_OUT_PATH, signOut } from '@/lib/auth/sign-out'
import { redirectAnswer } from '@/lib/http/answers'
import { leaveFor } from '@/lib/http/leave-for'
import { createPublicRoute } from '@/lib/http/route'

/** Ends our session and goes on to the university's sign-out, which sends back to our page. */
export const POST = createPublicRoute({
  name: 'session.end',
  run: async ({ now }) => {
    const [jar, locale, t] = await Promise.all([cookies(), getLocale(), getTranslations('common')])
    const onward = await signOut(jar.get(sessionCookieName())?.value, { now })
    const words = { lang: locale, title: t('leave.title'), link: t('leave.link') }
    const answer =
      onward === null
        ? redirectAnswer(SIGNED_OUT_PATH)
        : leaveFor({ url: onward.url, allowedOrigins: [onward.origin], words })
    answer.headers.append('Set-Cookie', expireCookie(sessionCookieName()))
    return answer
  },
})
