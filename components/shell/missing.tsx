import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** “Not yours” looks like “not there”; the way on is to the reader's own first page. */
export async function Missing({ homeHref }: { homeHref: string }) {
  const t = await getTranslations('errors.missing')
  return (
    <div className="mx-auto max-w-xl py-16">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState icon="search" title={t('title')} action={<LinkButton href={homeHref}>{t('home')}</LinkButton>}>
        <p>{t('text')}</p>
      </EmptyState>
    </div>
  )
}
