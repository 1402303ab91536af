import { useLocale, useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { Tone } from '@/components/ui/tone'
import { platformName } from '@/lib/domain/platform'
import { formatMoment } from '@/lib/i18n/format'
import type { Freshness, SyncStatus } from '@/lib/sync/view'

const TONES: Record<Freshness, Tone> = {
  never: 'neutral',
  syncing: 'indigo',
  fresh: 'jade',
  stale: 'amber',
  failed: 'amber',
}

function Account({ status, timeZone }: { status: SyncStatus; timeZone: string }) {
  const t = useTranslations('contributions')
  const locale = useLocale()
  const { syncedAt, latestRun } = status
  // A catalogued repository that is gone is no failure of this account.
  const unread = status.failedSources.filter(({ failureKind }) => failureKind !== 'not_found')
  const details = [
    syncedAt && t('freshness.syncedAt', { date: formatMoment(syncedAt, { locale, timeZone, style: 'datetime' }) }),
    latestRun && latestRun.skipped > 0 ? t('freshness.skipped', { count: latestRun.skipped }) : null,
    unread.length > 0 ? t('freshness.sourceFailed', { count: unread.length }) : null,
  ].filter((detail) => detail !== null)
  const failureKind = latestRun?.failureKind ?? unread[0]?.failureKind ?? null
  const failure = `freshness.failure.${failureKind}`
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <span>
          {platformName(status.platform)} <span className="font-mono">@{status.login}</span>
        </span>
        {status.unlinkedAt === null ? (
          <Badge tone={TONES[status.freshness]}>{t(`freshness.${status.freshness}`)}</Badge>
        ) : null}
      </p>
      {details.length > 0 ? <p className="text-ink-faint">{details.join(' · ')}</p> : null}
      {status.unlinkedAt === null ? null : <p className="text-ink-soft">{t('freshness.unlinked')}</p>}
      {failureKind !== null && t.has(failure) ? <p className="text-amber">{t(failure)}</p> : null}
    </li>
  )
}

/** How fresh each account's contributions are, and what failed. */
export function AccountFreshness({ statuses, timeZone }: { statuses: readonly SyncStatus[]; timeZone: string }) {
  return (
    <ul className="space-y-2.5 text-sm">
      {statuses.map((status) => (
        <Account key={status.accountId} status={status} timeZone={timeZone} />
      ))}
    </ul>
  )
}
