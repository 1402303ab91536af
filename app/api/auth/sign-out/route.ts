import { cookies } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { getViewer } from '@/lib/auth/session'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { expireCookie, setCookieLine } from '@/lib/auth/set-cookie'
import { SIGNED_OUT_HERE_PATH, signOut } from '@/lib/auth/sign-out'
import { STILL_SIGNED_IN_SECONDS, stillSignedInCookie, writeStillSignedIn } from '@/lib/auth/still-signed-in'
import { redirectAnswer } from '@/lib/http/answers'
import { leaveFor } from '@/lib/http/leave-for'
import { createPublicRoute } from '@/lib/http/route'

/** Ends our session and goes on to the university's sign-out, which sends back to our page. */
export const POST = createPublicRoute({
  name: 'session.end',
  run: async ({ now }) => {
    const [jar, locale, t] = await Promise.all([cookies(), getLocale(), getTranslations('common')])
    const token = jar.get(sessionCookieName())?.value
    const { onward, others } = await signOut(token, await getViewer(), { now })
    const words = { lang: locale, title: t('leave.title'), link: t('leave.link') }
    const answer =
      onward === null
        ? redirectAnswer(SIGNED_OUT_HERE_PATH)
        : leaveFor({ url: onward.url, allowedOrigins: [onward.origin], words })
    const lasts = { maxAgeSeconds: others.length > 0 ? STILL_SIGNED_IN_SECONDS : 0 }
    answer.headers.append('Set-Cookie', expireCookie(sessionCookieName()))
    answer.headers.append('Set-Cookie', setCookieLine(stillSignedInCookie(), writeStillSignedIn(others), lasts))
    return answer
  },
})
