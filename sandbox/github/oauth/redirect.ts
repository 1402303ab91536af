import type { OAuthClient } from '../../http/types'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** GitHub's rule: host as registered, path at or below it; on loopback any port. */
export function redirectIsAllowed({ callbackUrls }: OAuthClient, redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false
  const asked = new URL(redirectUri)
  return callbackUrls.some((callback) => {
    const registered = new URL(callback)
    if (asked.protocol !== registered.protocol || asked.hostname !== registered.hostname) return false
    if (!LOOPBACK.includes(asked.hostname) && asked.port !== registered.port) return false
    const folder = registered.pathname.endsWith('/') ? registered.pathname : `${registered.pathname}/`
    return asked.pathname === registered.pathname || asked.pathname.startsWith(folder)
  })
}
