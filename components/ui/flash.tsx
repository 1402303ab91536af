import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'

/** The proxy hands the code over here, from the cookie that the action set (lib/http/flash-cookie.ts). */
const FLASH_HEADER = 'x-flash'

/** The word after an act that led to another page (“Claim submitted.”); a key of the namespace `flash`. */
export async function Flash() {
  const code = (await headers()).get(FLASH_HEADER)
  if (code === null) return null
  const t = await getTranslations('flash')
  if (!t.has(code)) return null
  return (
    <Notice kind="success" live className="mb-5">
      {t(code)}
    </Notice>
  )
}
