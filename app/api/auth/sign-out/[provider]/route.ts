import { cookies } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { setCookieLine } from '@/lib/auth/set-cookie'
import { findCampusSignOut, SIGNED_OUT_HERE_PATH } from '@/lib/auth/sign-out'
import {
  readStillSignedIn,
  STILL_SIGNED_IN_SECONDS,
  stillSignedInCookie,
  writeStillSignedIn,
} from '@/lib/auth/still-signed-in'
import { redirectAnswer } from '@/lib/http/answers'
import { leaveFor } from '@/lib/http/leave-for'
import { createPublicRoute } from '@/lib/http/route'

/** On to the sign-out of another of one's universities, after our session is over. */
export const POST = createPublicRoute({
  name: 'session.end_elsewhere',
  params: z.object({ provider: z.string().max(80) }),
  run: async ({ params }) => {
    const [jar, locale, t] = await Promise.all([cookies(), getLocale(), getTranslations('common')])
    const onward = await findCampusSignOut(params.provider)
    const words = { lang: locale, title: t('leave.title'), link: t('leave.link') }
    const answer =
      onward === null
        ? redirectAnswer(SIGNED_OUT_HERE_PATH)
        : leaveFor({ url: onward.url, allowedOrigins: [onward.origin], words })
    const left = readStillSignedIn(jar.get(stillSignedInCookie())?.value).filter((id) => id !== params.provider)
    const lasts = { maxAgeSeconds: left.length > 0 ? STILL_SIGNED_IN_SECONDS : 0 }
    answer.headers.append('Set-Cookie', setCookieLine(stillSignedInCookie(), writeStillSignedIn(left), lasts))
    return answer
  },
})
