import { cookieName } from '@/lib/auth/session-cookie'

/** Names the universities at which somebody who signed out here may still be signed in; for some minutes. */
export const stillSignedInCookie = () => cookieName('yuanfen-still')
export const STILL_SIGNED_IN_SECONDS = 10 * 60

const PROVIDER_ID = /^oidc-[a-z0-9-]{1,63}$/

/** The provider ids in the cookie. */
export function readStillSignedIn(value: string | undefined): string[] {
  return (value ?? '').split('.').filter((part) => PROVIDER_ID.test(part))
}

export function writeStillSignedIn(providerIds: readonly string[]): string {
  return providerIds.join('.')
}
