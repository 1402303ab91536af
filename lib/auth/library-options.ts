import type { NextAuthOptions } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { createAdapter, type SignInCourse } from '@/lib/auth/adapter'
import {
  cookieName,
  cookieOptions,
  newSessionToken,
  SESSION_SECONDS,
  sessionCookieName,
} from '@/lib/auth/session-cookie'
import { env } from '@/lib/config/env'
import { safeReturnPath } from '@/lib/http/safe-return-path'
import { log } from '@/lib/log/log'

/** The cookie that keeps the page to come back to, while somebody is at the university's. */
export const returnCookie = () => cookieName('yuanfen-return')

/** How long somebody may take at the university's page. */
const COURSE_SECONDS = 15 * 60

type Claims = Record<string, unknown>

export type LibraryHooks = {
  provider: OAuthConfig<Claims>
  course: SignInCourse
  /** Decides about the proven claims: true lets in whom `course.admitted` names, a path sends them there without a session. */
  decide: (claims: Claims) => Promise<true | string>
}

/** The options of next-auth for one sign-in. */
export function libraryOptions({ provider, course, decide }: LibraryHooks): NextAuthOptions & { secret: string } {
  const { APP_URL, AUTH_SECRET } = env()
  // The library knows its own address by this variable only.
  process.env.NEXTAUTH_URL = APP_URL
  const ofCourse = (name: string) => ({
    name: cookieName(`yuanfen-${name}`),
    options: { ...cookieOptions(), maxAge: COURSE_SECONDS },
  })
  return {
    secret: AUTH_SECRET,
    providers: [provider],
    adapter: createAdapter(course),
    session: { strategy: 'database', maxAge: SESSION_SECONDS, generateSessionToken: newSessionToken },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookieOptions() },
      callbackUrl: ofCourse('return'),
      csrfToken: ofCourse('csrf'),
      pkceCodeVerifier: ofCourse('pkce'),
      state: ofCourse('state'),
      nonce: ofCourse('nonce'),
    },
    callbacks: {
      signIn: async ({ profile }) => decide({ ...profile }),
      redirect: async ({ url, baseUrl }) =>
        baseUrl + safeReturnPath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
    },
    logger: {
      error: (code, metadata) =>
        log.warn('sign_in_failed', { failure: code, providerId: provider.id, message: messageOf(metadata) }),
      warn: () => {},
      debug: () => {},
    },
  }
}

/** Only the message: what else the library hands over may hold tokens and claims. */
function messageOf(metadata: unknown): string {
  // Some of the words quote what was sent: those end at the first comma.
  if (metadata instanceof Error) return metadata.message.split(',')[0] ?? ''
  if (typeof metadata === 'object' && metadata !== null && 'error' in metadata) return messageOf(metadata.error)
  return ''
}
