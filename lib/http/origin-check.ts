const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Where the request was sent to and the address the app is known by (`APP_URL`), if that is set. */
export type OriginContext = { method: string; headers: Headers; appUrl: string | undefined }

/**
 * Whether a request that changes something comes from a page of this app. Browsers send `Origin` with
 * every POST; one that lacks it must say `Sec-Fetch-Site: same-origin`. A request with neither is refused.
 */
export function isTrustedOrigin({ method, headers, appUrl }: OriginContext): boolean {
  if (SAFE_METHODS.has(method.toUpperCase())) return true
  const origin = headers.get('origin')
  if (origin === null) return headers.get('sec-fetch-site') === 'same-origin'
  if (!URL.canParse(origin)) return false
  if (appUrl !== undefined && URL.canParse(appUrl)) return new URL(origin).origin === new URL(appUrl).origin
  const host = headers.get('host')
  return host !== null && new URL(origin).host === host
}
