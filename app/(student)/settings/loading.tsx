import { getTranslations } from 'next-intl/server'
import { PageSkeleton } from '@/components/ui/skeleton'

export default async function Loading() {
  const t = await getTranslations('common')
  // As tall as the window, so that the foot of the page is not seen to move.
  return (
    <div className="min-h-dvh">
      <PageSkeleton label={t('loading')} />
    </div>
  )
}
