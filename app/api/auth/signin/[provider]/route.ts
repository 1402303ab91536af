import { cookies, headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { beginSignIn } from '@/lib/auth/begin-sign-in'
import { getViewer } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import { isAppError } from '@/lib/domain/errors'
import { redirectAnswer } from '@/lib/http/answers'
import { clientAddress } from '@/lib/http/client-address'
import { leaveFor } from '@/lib/http/leave-for'
import { createPublicRoute } from '@/lib/http/route'

/** Starts a sign-in, or with `joining` the proof of another membership; the wrapper checked where the form stood. */
export const POST = createPublicRoute({
  name: 'session.begin',
  params: z.object({ provider: z.string().max(80) }),
  bodyKind: 'form',
  maxBodyBytes: 5000,
  body: z.object({ return: z.string().max(2000).optional(), joining: z.literal('yes').optional() }),
  run: async ({ params, body, now }) => {
    const [jar, sent, locale, t] = await Promise.all([cookies(), headers(), getLocale(), getTranslations('common')])
    const joining = body.joining === 'yes' ? await getViewer() : null
    try {
      const departure = await beginSignIn(
        {
          providerId: params.provider,
          returnPath: body.return,
          joining,
          cookies: Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])),
          clientAddress: clientAddress(sent, env().TRUSTED_PROXIES),
          locale,
        },
        { now },
      )
      const answer = new Headers()
      for (const line of departure.setCookies) answer.append('Set-Cookie', line)
      const words = { lang: locale, title: t('leave.title'), link: t('leave.link') }
      return leaveFor({ url: departure.url, allowedOrigins: [departure.origin], words, headers: answer })
    } catch (error) {
      if (!isAppError(error)) throw error
      const query = new URLSearchParams({ error: error.code, university: params.provider.replace(/^oidc-/, '') })
      return redirectAnswer(joining === null ? `/sign-in?${query}` : `/universities?${query}`)
    }
  },
})
