import { type Admitted, admitMember } from '@/lib/auth/admit-member'
import { endSession } from '@/lib/auth/end-session'
import { homePathFor } from '@/lib/auth/home-path'
import { JOIN_SECONDS, joinIntentCookie, joinProofCookie, openJoinIntent, sealJoinProof } from '@/lib/auth/join-intent'
import { libraryOptions, returnCookie } from '@/lib/auth/library-options'
import { createProvider } from '@/lib/auth/provider'
import { readClaims, type SignInClaims } from '@/lib/auth/read-claims'
import { recordRefusal } from '@/lib/auth/record-refusal'
import { runNextAuth } from '@/lib/auth/run-next-auth'
import { cookieName, sessionCookieName } from '@/lib/auth/session-cookie'
import { expireCookie, setCookieLine } from '@/lib/auth/set-cookie'
import type { Viewer } from '@/lib/auth/types'
import { getDoor, type UniversityDoor } from '@/lib/auth/university-door'
import { env } from '@/lib/config/env'
import { findPersonLocale, findPersonTheme } from '@/lib/db/persons'
import { withScope } from '@/lib/db/scope'
import { AppError, isAppError } from '@/lib/domain/errors'
import { isLocale, isTheme, LOCALE_COOKIE, THEME_COOKIE } from '@/lib/i18n/locales'

export type SignInReturn = {
  providerId: string
  query: Readonly<Record<string, string>>
  cookies: Readonly<Record<string, string>>
  /** Who is signed in already; matters only to who adds another university. */
  viewer: Viewer | null
}

/** A path of this app, and the `Set-Cookie` lines on the way there. */
export type Arrival = { path: `/${string}`; setCookies: string[] }

const CONFIRM_PATH = '/universities/confirm'

/** Takes in who comes back from a university's sign-in: checks state, PKCE and nonce, lets in, starts the session. */
export async function finishSignIn(back: SignInReturn, deps: { now: Date }): Promise<Arrival> {
  const { now } = deps
  const slug = back.providerId.replace(/^oidc-/, '')
  const { viewer } = back
  const intent = openJoinIntent(back.cookies[joinIntentCookie()], viewer?.sessionId, now)
  try {
    if (back.query.error !== undefined) {
      throw new AppError('forbidden', back.query.error === 'access_denied' ? 'cancelled' : 'university_error')
    }
    const door = await getDoor(back.providerId)
    if (intent?.universityId === door.university.id && viewer !== null) {
      return await proveOther({ ...back, viewer }, door, now)
    }
    return await enter(back, door, now)
  } catch (error) {
    if (!isAppError(error)) throw error
    if (intent !== null)
      return { path: `/universities?error=${error.code}`, setCookies: [expireCookie(joinIntentCookie())] }
    return refusedAt(slug, error.code, [])
  }
}

async function enter(back: SignInReturn, door: UniversityDoor, now: Date): Promise<Arrival> {
  const { slug, id: universityId } = door.university
  const course: Course = { providerId: door.providerId, admitted: null, now: () => now }
  const refusal = { code: 'sign_in_failed' }
  const answer = await callBack(back, door, {
    course,
    decide: async (claims) => {
      // Only now is it sure that this browser began this sign-in: a link from elsewhere must not end its session.
      await endOldSession(back, now)
      try {
        course.admitted = await admitMember({ universityId, claims }, { now })
        return true
      } catch (error) {
        if (!isAppError(error)) throw error
        refusal.code = error.code
        await recordRefusal({ universityId, providerId: door.providerId, code: error.code }, now)
        return '/sign-in'
      }
    },
  })
  const isIn = answer.setCookies.some((line) => line.startsWith(`${sessionCookieName()}=`))
  if (course.admitted === null || !isIn) return refusedAt(slug, refusal.code, endedCookies(answer.setCookies))
  const wanted = answer.location?.slice(env().APP_URL.length) ?? '/'
  const path = wanted.length > 1 ? wanted : homePathFor(course.admitted.roles)
  return {
    path: toPath(path),
    setCookies: [
      ...answer.setCookies,
      expireCookie(returnCookie()),
      ...(await preferenceCookies(course.admitted.personId)),
    ],
  }
}

/** A session begun in another window meanwhile: never two of one browser. */
async function endOldSession({ cookies }: SignInReturn, now: Date): Promise<void> {
  const token = cookies[sessionCookieName()]
  if (token) await endSession(token, now)
}

/** Who is signed in proves to be at another university too; nothing is changed until they say yes to it in words. */
async function proveOther(back: JoinReturn, door: UniversityDoor, now: Date): Promise<Arrival> {
  const proven: { claims: SignInClaims | null } = { claims: null }
  const answer = await callBack(back, door, {
    course: { providerId: door.providerId, admitted: null, now: () => now },
    decide: async (claims) => {
      proven.claims = claims
      return CONFIRM_PATH
    },
  })
  const { claims } = proven
  const setCookies = [...answer.setCookies, expireCookie(joinIntentCookie()), expireCookie(returnCookie())]
  if (claims === null) return { path: '/universities?error=sign_in_failed', setCookies }
  const until = now.getTime() + JOIN_SECONDS * 1000
  const proof = { sessionId: back.viewer.sessionId, universityId: door.university.id, until, claims }
  setCookies.push(setCookieLine(joinProofCookie(), sealJoinProof(proof), { maxAgeSeconds: JOIN_SECONDS }))
  return { path: CONFIRM_PATH, setCookies }
}

type Course = { providerId: string; admitted: Admitted | null; now: () => Date }
type JoinReturn = SignInReturn & { viewer: Viewer }
type Hooks = {
  course: Course
  decide: (claims: SignInClaims) => Promise<true | string>
}

async function callBack(back: SignInReturn, door: UniversityDoor, { course, decide }: Hooks) {
  const provider = await createProvider(door)
  const options = libraryOptions({
    provider,
    course,
    decide: async (raw) => {
      const claims = readClaims(raw, door.settings)
      return claims === null ? '/sign-in' : decide(claims)
    },
  })
  const { query, cookies } = back
  return runNextAuth({ action: 'callback', providerId: door.providerId, query, cookies }, options)
}

async function preferenceCookies(personId: string): Promise<string[]> {
  const { locale, theme } = await withScope({ personId }, async (tx) => ({
    locale: await findPersonLocale(tx, personId),
    theme: await findPersonTheme(tx, personId),
  }))
  const line = (name: string, value: string) => `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`
  return [
    ...(isLocale(locale) ? [line(LOCALE_COOKIE, locale)] : []),
    ...(isTheme(theme) ? [line(THEME_COOKIE, theme)] : []),
  ]
}

function refusedAt(slug: string, code: string, setCookies: string[]): Arrival {
  return { path: `/sign-in?${new URLSearchParams({ error: code, university: slug })}`, setCookies }
}

/** What the library set, and the end of a session that this browser may have had. */
function endedCookies(setCookies: string[]): string[] {
  return setCookies.some((line) => line.startsWith(`${cookieName('yuanfen-state')}=`))
    ? [...setCookies, expireCookie(sessionCookieName())]
    : setCookies
}

function toPath(path: string): `/${string}` {
  return path.startsWith('/') ? `/${path.slice(1)}` : '/'
}
