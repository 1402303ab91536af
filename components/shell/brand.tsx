import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Wordmark } from '@/components/figures/wordmark'

/** The name, and the way home. */
export async function Brand({ href = '/' }: { href?: string }) {
  const t = await getTranslations('shell')
  return (
    <Link href={href} prefetch={false} className="inline-flex items-center gap-2.5 rounded-sm py-1">
      <Wordmark />
      <span className="sr-only">{t('home')}</span>
      <span className="mt-0.5 font-serif text-[0.9375rem] text-ink-soft max-sm:hidden">Yuanfen</span>
    </Link>
  )
}
