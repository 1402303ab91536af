import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'

/**
 * The word after an act that led to another page (“Claim submitted.”). `code` is a key of the
 * namespace `flash`; an unknown one says nothing.
 */
export async function Flash({ code }: { code: string | null }) {
  if (code === null) return null
  const t = await getTranslations('flash')
  if (!t.has(code)) return null
  return (
    <Notice kind="success" live className="mb-5">
      {t(code)}
    </Notice>
  )
}
