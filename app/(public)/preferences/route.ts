import { cookies } from 'next/headers'
import * as z from 'zod'
import { redirectAnswer } from '@/lib/http/answers'
import { createPublicRoute } from '@/lib/http/route'
import { safeReturnPath } from '@/lib/http/safe-return-path'
import { LOCALE_COOKIE, LOCALES, THEME_COOKIE, THEMES } from '@/lib/i18n/locales'
import { savePreferences } from '@/lib/people/save-preferences'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** The page the form stood on. The header is ours: the origin was checked, and other hosts get none from us. */
function pageOf(request: Request): `/${string}` {
  const referer = request.headers.get('referer')
  if (referer === null || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return `/${safeReturnPath(pathname + search).slice(1)}`
}

/** Language and theme of this browser and, for a member, of their profile; works without script. */
export const POST = createPublicRoute({
  name: 'preferences.set',
  bodyKind: 'form',
  maxBodyBytes: 1000,
  body: z.object({ locale: z.enum(LOCALES).optional(), theme: z.enum(THEMES).optional() }),
  run: async ({ actor, body, request }) => {
    if (actor !== null) await savePreferences(actor, body)
    const jar = await cookies()
    const options = {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: YEAR_SECONDS,
      secure: process.env.APP_URL?.startsWith('https://') ?? false,
    } as const
    if (body.locale !== undefined) jar.set(LOCALE_COOKIE, body.locale, options)
    if (body.theme !== undefined) jar.set(THEME_COOKIE, body.theme, options)
    return redirectAnswer(pageOf(request))
  },
})
