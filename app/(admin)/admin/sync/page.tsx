import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlatformPanel } from '@/components/sync/platform-panel'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/auth/session'
import { getSyncHealth } from '@/lib/sync/get-sync-health'
import { RETRIED_AT_ONCE } from '@/lib/sync/retry-failed-syncs'
import { pauseSyncAction, resumeSyncAction, retryFailedAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('syncHealth')
  return { title: t('title') }
}

/** How each platform is being read for this university: what is left, what waits, what failed, and what to do. */
export default async function SyncHealthPage() {
  const actor = await requireActor('admin')
  const now = new Date()
  const [t, health] = await Promise.all([getTranslations('syncHealth'), getSyncHealth(actor, { now })])
  const actions = { pause: pauseSyncAction, resume: resumeSyncAction, retry: retryFailedAction }
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="grid gap-6">
        {health.platforms.map((one) => (
          <PlatformPanel
            key={one.platform}
            health={one}
            days={health.days}
            timeZone={health.timeZone}
            retriedAtOnce={RETRIED_AT_ONCE}
            now={now}
            actions={actions}
          />
        ))}
      </div>
    </>
  )
}
