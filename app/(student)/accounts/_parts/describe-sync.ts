import type { getTranslations } from 'next-intl/server'
import { platformName } from '@/lib/domain/platform'
import { formatCount, formatMoment } from '@/lib/i18n/format'
import type { Locale } from '@/lib/i18n/locales'
import type { SyncStatus } from '@/lib/sync/view'

export type AccountWords = Awaited<ReturnType<typeof getTranslations<'accounts'>>>
export type Reader = { t: AccountWords; locale: Locale; timeZone: string }

/** A sync under way, in the reader's words; the page asks for it again while it runs. */
export type SyncProgress = { label: string; note: string; value: number | null; max: number }

/** Null when nothing is under way. */
export function describeProgress(status: SyncStatus, { t, locale, timeZone }: Reader): SyncProgress | null {
  const run = status.latestRun
  // What a pause holds back does not move: the card says so instead.
  if (status.unlinkedAt !== null || status.freshness !== 'syncing' || run === null || status.pause !== null) return null
  const platform = platformName(status.platform)
  const still = { value: null, max: 1 }
  if (run.state === 'waiting') {
    const time = run.retryAt === null ? '' : formatMoment(run.retryAt, { locale, timeZone, style: 'time' })
    return { label: t('status.waiting', { platform }), note: time && t('status.waitingNote', { time }), ...still }
  }
  if (run.state === 'queued') return { label: t('status.queued'), note: '', ...still }
  const counts = { seen: formatCount(run.seen, locale), inserted: formatCount(run.inserted, locale) }
  const known = run.sourcesTotal > 1
  return {
    label: t('status.running', { platform }),
    note: t('status.runningNote', counts),
    value: known ? run.sourcesDone : null,
    max: known ? run.sourcesTotal : 1,
  }
}

/** Where an account stands when nothing is under way: one or two sentences. */
export function describeStanding(status: SyncStatus, { t, locale, timeZone }: Reader): string[] {
  const at = status.syncedAt && formatMoment(status.syncedAt, { locale, timeZone, style: 'datetime' })
  if (status.freshness !== 'failed') {
    return at === null || status.freshness === 'never' ? [t('status.never')] : [sentenceOf(status, at, t)]
  }
  const kind = status.latestRun?.failureKind ?? 'unknown'
  const failure = t(`failure.${kind}`, { platform: platformName(status.platform) })
  return at === null ? [failure] : [failure, t('status.failedBefore', { time: at })]
}

function sentenceOf(status: SyncStatus, time: string, t: AccountWords): string {
  return status.freshness === 'fresh' ? t('status.fresh', { time }) : t('status.stale', { time })
}
