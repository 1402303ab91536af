import { getTranslations } from 'next-intl/server'
import type { Reader } from '@/app/(student)/accounts/_parts/describe-sync'
import { DateTime } from '@/components/ui/date-time'
import { DescriptionList } from '@/components/ui/description-list'
import { Details } from '@/components/ui/details'
import { platformName } from '@/lib/domain/platform'
import { formatCount } from '@/lib/i18n/format'
import type { SyncStatus } from '@/lib/sync/view'

const COUNTS = ['seen', 'inserted', 'refreshed', 'unchanged', 'skipped'] as const

/** What the last update found, what it skipped and why, and what it could not read. */
export async function SyncReport({ status, reader }: { status: SyncStatus; reader: Reader }) {
  const t = await getTranslations('accounts')
  const { latestRun: run, skips, failedSources } = status
  if (run === null) return null
  const { locale, timeZone } = reader
  const items = [
    { term: t('report.trigger'), value: t(`report.triggers.${run.trigger}`) },
    { term: t('report.requested'), value: <DateTime value={run.requestedAt} timeZone={timeZone} /> },
    ...(run.finishedAt === null
      ? []
      : [{ term: t('report.finished'), value: <DateTime value={run.finishedAt} timeZone={timeZone} /> }]),
    ...COUNTS.map((count) => ({ term: t(`report.${count}`), value: formatCount(run[count], locale) })),
  ]
  const platform = platformName(status.platform)
  // A catalogued repository that is gone is no fault of this account: it is told apart from what could not be read.
  const gone = failedSources.filter(({ failureKind }) => failureKind === 'not_found')
  const unread = failedSources.filter(({ failureKind }) => failureKind !== 'not_found')
  return (
    <div className="mt-4 space-y-2 border-line border-t pt-3 text-sm">
      <Details summary={t('card.report')}>
        <DescriptionList items={items} />
      </Details>
      {skips.length > 0 ? (
        <Details summary={t('skips.summary', { count: run.skipped })}>
          <ul className="space-y-1">
            {skips.map(({ reference, reason }) => (
              <li key={`${reference} ${reason}`}>
                <span className="break-all font-mono">{reference}</span>
                <span className="text-ink-soft"> · {reasonOf(t, reason)}</span>
              </li>
            ))}
          </ul>
          {skips.length < run.skipped ? <p className="mt-2">{t('skips.more', { shown: skips.length })}</p> : null}
        </Details>
      ) : null}
      {unread.length > 0 ? (
        <Details summary={t('sources.summary', { count: unread.length })}>
          <ul className="space-y-1">
            {unread.map(({ source, failureKind }) => (
              <li key={source}>
                <span className="break-all font-mono">{source}</span>
                <span className="text-ink-soft"> · {failureOf(t, failureKind, platform)}</span>
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
      {gone.length > 0 ? (
        <Details summary={t('sources.gone', { count: gone.length, platform })}>
          <ul className="columns-1 gap-6 sm:columns-2">
            {gone.map(({ source }) => (
              <li key={source} className="break-all font-mono">
                {source}
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </div>
  )
}

function reasonOf(t: Reader['t'], reason: string): string {
  return t.has(`skips.reasons.${reason}`) ? t(`skips.reasons.${reason}`) : t('skips.reasons.other')
}

function failureOf(t: Reader['t'], kind: string, platform: string): string {
  return t.has(`failure.${kind}`) ? t(`failure.${kind}`, { platform }) : t('failure.unknown')
}
