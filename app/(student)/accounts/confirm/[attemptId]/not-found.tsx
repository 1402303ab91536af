import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** Ended, late, or never this person's: one answer for all. */
export default async function LinkEnded() {
  const t = await getTranslations('accounts.confirm.gone')
  return (
    <>
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState
        icon="clock"
        title={t('title')}
        action={
          <LinkButton href="/accounts" variant="primary">
            {t('back')}
          </LinkButton>
        }
      >
        {t('text')}
      </EmptyState>
    </>
  )
}
