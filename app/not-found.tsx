import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/components/shell/public-shell'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** “Not yours” looks like “not there”. */
export default async function NotFound() {
  const t = await getTranslations('errors.missing')
  return (
    <PublicShell>
      <div className="mx-auto max-w-xl py-16">
        <h1 className="sr-only">{t('title')}</h1>
        <EmptyState icon="search" title={t('title')} action={<LinkButton href="/">{t('home')}</LinkButton>}>
          <p>{t('text')}</p>
        </EmptyState>
      </div>
    </PublicShell>
  )
}
