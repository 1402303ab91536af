import { REFUSED_FLASH } from '@/lib/http/flash-cookie'
import { safeReturnPath } from '@/lib/http/safe-return-path'

/**
 * Where a refusal without a form to stand in is shown.
 * @param code of the refusal
 * @param path of the page that was acted on, as the proxy wrote it down
 */
export function afterRefusal(code: string, path: string | null): { redirectTo: string; flash: string | null } {
  const page = safeReturnPath(path, '/home')
  if (code === 'sign_in_required') return { redirectTo: `/sign-in?return=${encodeURIComponent(page)}`, flash: null }
  return { redirectTo: page, flash: `${REFUSED_FLASH}${code}` }
}
