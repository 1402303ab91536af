import { createHash } from 'node:crypto'
import { endSession } from '@/lib/auth/end-session'
import { JOIN_SECONDS, joinIntentCookie, sealJoinIntent } from '@/lib/auth/join-intent'
import { libraryOptions } from '@/lib/auth/library-options'
import { createProvider } from '@/lib/auth/provider'
import { runNextAuth } from '@/lib/auth/run-next-auth'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { expireCookie, setCookieLine } from '@/lib/auth/set-cookie'
import type { Viewer } from '@/lib/auth/types'
import { getDoor } from '@/lib/auth/university-door'
import { env } from '@/lib/config/env'
import { limitAttempts } from '@/lib/db/attempt-counters'
import { AppError } from '@/lib/domain/errors'
import { safeReturnPath } from '@/lib/http/safe-return-path'
import type { Locale } from '@/lib/i18n/locales'

export type SignInStart = {
  providerId: string
  /** Where to come back to; a path of this app. */
  returnPath: string | undefined
  /** Set when the viewer wants to add this university to the one they are signed in at. */
  joining: Viewer | null
  cookies: Readonly<Record<string, string>>
  clientAddress: string
  locale: Locale
}

/** Where to send the browser; `origin` is the only place that may be left for. */
export type Departure = { url: string; origin: string; setCookies: string[] }

const WINDOW_SECONDS = 10 * 60
/** A lecture hall signs in from one address, so this stops machines, not people. */
const PER_ADDRESS = 300
const PER_UNIVERSITY = 6000

/**
 * Starts a sign-in at a university. The session that the browser had ends here, before anything else: next-auth would
 * take a sign-in within it as linking to its person. Only who adds another university keeps it, and gets none in exchange.
 */
export async function beginSignIn(start: SignInStart, deps: { now: Date }): Promise<Departure> {
  const { now } = deps
  await limitSignIns(start, now)
  const door = await getDoor(start.providerId)
  const provider = await createProvider(door)
  const { APP_URL } = env()
  const course = { providerId: door.providerId, admitted: null, now: () => now }
  const options = libraryOptions({ provider, course, decide: async () => '/sign-in' })
  const answer = await runNextAuth(
    {
      action: 'signin',
      providerId: door.providerId,
      query: { ui_locales: start.locale },
      cookies: start.cookies,
      callbackUrl: APP_URL + safeReturnPath(start.returnPath),
    },
    options,
  )
  const { location } = answer
  if (location === null || location.startsWith(APP_URL)) throw new AppError('unavailable', 'university_unreachable')
  const setCookies = [...answer.setCookies, ...(await cookiesAround(start, door.university.id, now))]
  return { url: location, origin: new URL(location).origin, setCookies }
}

async function cookiesAround({ joining, cookies }: SignInStart, universityId: string, now: Date): Promise<string[]> {
  if (joining !== null) {
    const intent = { sessionId: joining.sessionId, universityId, until: now.getTime() + JOIN_SECONDS * 1000 }
    return [setCookieLine(joinIntentCookie(), sealJoinIntent(intent), { maxAgeSeconds: JOIN_SECONDS })]
  }
  const token = cookies[sessionCookieName()]
  if (token) await endSession(token, now)
  return [expireCookie(sessionCookieName()), expireCookie(joinIntentCookie())]
}

async function limitSignIns({ clientAddress, providerId }: SignInStart, now: Date): Promise<void> {
  const window = { windowSeconds: WINDOW_SECONDS, code: 'too_many_sign_ins' }
  const address = createHash('sha256').update(`${clientAddress}${env().AUTH_SECRET}`).digest('base64url').slice(0, 22)
  await limitAttempts({ ...window, key: `sign-in:address:${address}`, limit: PER_ADDRESS }, now)
  await limitAttempts({ ...window, key: `sign-in:${providerId.slice(0, 80)}`, limit: PER_UNIVERSITY }, now)
}
