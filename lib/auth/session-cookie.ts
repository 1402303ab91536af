import { createHash, randomBytes } from 'node:crypto'
import { env } from '@/lib/config/env'

/** A session ends eight hours after sign-in, whatever is done meanwhile. */
export const SESSION_SECONDS = 8 * 60 * 60

export type CookieOptions = { httpOnly: true; sameSite: 'lax'; path: '/'; secure: boolean }

/** Whether the app is reached by https; then cookies carry the strictest prefix: this host only, all paths, never plain. */
export function isHttps(): boolean {
  return env().APP_URL.startsWith('https://')
}

/** The name that a cookie of sign-in has at this address. */
export function cookieName(name: string): string {
  return isHttps() ? `__Host-${name}` : name
}

/** Out of reach of scripts, and not sent along with what other sites post here. */
export function cookieOptions(): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() }
}

export function sessionCookieName(): string {
  return cookieName('yuanfen-session')
}

/** 256 bits that nobody can guess; only the browser keeps them. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a token: who reads the table cannot sign in with it. */
export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
