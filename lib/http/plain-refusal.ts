import { REFUSED_FLASH } from '@/lib/http/flash-cookie'
import { safeReturnPath } from '@/lib/http/safe-return-path'

/**
 * Where a refusal without a form to stand in is shown.
 * @param code of the refusal
 * @param path of the page that was acted on, as the proxy wrote it down
 * @param namespace whose group `errors` has words for the area's own codes, before the common ones
 */
export function afterRefusal(
  code: string,
  path: string | null,
  namespace?: string,
): { redirectTo: `/${string}`; flash: string | null } {
  const page = safeReturnPath(path, '/home')
  if (code === 'sign_in_required') return { redirectTo: `/sign-in?return=${encodeURIComponent(page)}`, flash: null }
  const own = namespace === undefined ? '' : `${namespace}__`
  return { redirectTo: page, flash: `${REFUSED_FLASH}${own}${code}` }
}
