import type { OAuthClient } from '../http/types'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** True where the address is at or below a registered callback; on loopback any port will do, tests take free ones. */
export function isCallback(client: OAuthClient, address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  return client.callbackUrls.some((registered) => {
    const allowed = URL.parse(registered)
    if (allowed === null || allowed.protocol !== url.protocol) return false
    const isSameHost = LOOPBACK_HOSTS.has(allowed.hostname)
      ? LOOPBACK_HOSTS.has(url.hostname)
      : allowed.host === url.host
    return isSameHost && `${url.pathname}/`.startsWith(allowed.pathname.replace(/\/?$/, '/'))
  })
}
