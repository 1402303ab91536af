/** Carries the code of a word for the next page (namespace `flash`); the proxy takes it away once a page had it. */
export const FLASH_COOKIE = 'flash'

/**
 * How the page gets it: a cookie that the proxy takes away is gone for the page too, so the proxy hands its
 * value on in the request. Whatever a browser sends under this name is dropped.
 */
export const FLASH_HEADER = 'x-flash'

/** Before the code of a refusal, whose words are in the namespace `errors`; `refused_reports__code` in `reports.errors` first. */
export const REFUSED_FLASH = 'refused_'

/** Long enough for a redirect, too short to be seen twice. */
export const FLASH_MAX_AGE_SECONDS = 5

/** The cookie that has the next page say `flash`, as a `Set-Cookie` header. */
export function flashCookie(flash: string, appUrl: string | undefined): string {
  const secure = appUrl?.startsWith('https://') ? '; Secure' : ''
  return `${FLASH_COOKIE}=${flash}; Path=/; Max-Age=${FLASH_MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${secure}`
}
