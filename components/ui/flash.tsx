import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'

/** The proxy hands the code over here, from the cookie that the action set (lib/http/flash-cookie.ts). */
const FLASH_HEADER = 'x-flash'
const REFUSED = 'refused_'

/**
 * The word after an act that led to another page (“Claim submitted.”); a key of the namespace `flash`. A refusal that had
 * no form to stand in is a code of the namespace `errors`.
 */
export async function Flash() {
  const code = (await headers()).get(FLASH_HEADER)
  if (code === null) return null
  if (code.startsWith(REFUSED)) return <Refusal code={code.slice(REFUSED.length)} />
  const t = await getTranslations('flash')
  if (!t.has(code)) return null
  return (
    <Notice kind="success" live className="mb-5">
      {t(code)}
    </Notice>
  )
}

/** An area's own code is `reports__export_running`: its words come before the common ones. */
async function Refusal({ code }: { code: string }) {
  const t = await getTranslations()
  const [own, area] = code.split('__').toReversed()
  const keys = [...(area === undefined ? [] : [`${area}.errors.${own}`]), `errors.${own}`]
  // A group of words is none, and what wants values has none here.
  const word = keys.find((key) => t.has(key) && /^[^{]+$/.test(String(t.raw(key))) && typeof t.raw(key) === 'string')
  return (
    <Notice kind="danger" live className="mb-5">
      {t(own === 'unexpected' ? 'errors.failed' : (word ?? 'errors.refused'))}
    </Notice>
  )
}
