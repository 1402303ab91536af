import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'

/** Set by the action that led here (lib/http/flash-cookie.ts). */
const FLASH_COOKIE = 'flash'

/** The word after an act that led to another page (“Claim submitted.”); a key of the namespace `flash`. */
export async function Flash() {
  const code = (await cookies()).get(FLASH_COOKIE)?.value
  if (code === undefined) return null
  const t = await getTranslations('flash')
  if (!t.has(code)) return null
  return (
    <Notice kind="success" live className="mb-5">
      {t(code)}
    </Notice>
  )
}
