const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Decides which addresses a client may be sent back to: the app's own origins and any loopback port (tests use random ones). */
export type RedirectRules = { appOrigins: readonly string[]; callbackPath: string }

/** The app's origins from APP_URL and the comma-separated SANDBOX_APP_URLS. */
export function appOriginsFrom(env: Readonly<Record<string, string | undefined>>): string[] {
  const listed = [env.APP_URL ?? 'http://localhost:3000', ...(env.SANDBOX_APP_URLS ?? '').split(',')]
  const origins = listed.map((text) => URL.parse(text.trim())?.origin).filter((origin) => origin !== undefined)
  return [...new Set(origins)]
}

/** True for the exact callback path at one of the app's origins. */
export function isAllowedRedirect(rules: RedirectRules, address: string): boolean {
  const url = URL.parse(address)
  return url !== null && isAppOrigin(rules, url) && url.pathname === rules.callbackPath && url.search === ''
}

/** After sign-out any page of the app will do. */
export function isAllowedLogoutRedirect(rules: RedirectRules, address: string): boolean {
  const url = URL.parse(address)
  return url !== null && isAppOrigin(rules, url)
}

function isAppOrigin(rules: RedirectRules, url: URL): boolean {
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false
  if (rules.appOrigins.includes(url.origin)) return true
  return url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname)
}
