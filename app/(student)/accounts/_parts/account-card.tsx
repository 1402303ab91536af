import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { describeProgress, describeStanding, type Reader } from '@/app/(student)/accounts/_parts/describe-sync'
import { LiveSync } from '@/app/(student)/accounts/_parts/live-sync'
import { SyncReport } from '@/app/(student)/accounts/_parts/sync-report'
import { UnlinkDialog } from '@/app/(student)/accounts/_parts/unlink-dialog'
import { Badge, StateBadge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import type { Tone } from '@/components/ui/tone'
import type { AccountView } from '@/lib/accounts/view'
import { platformName } from '@/lib/domain/platform'
import { formatMoment } from '@/lib/i18n/format'
import type { Freshness, SyncPauseView, SyncStatus } from '@/lib/sync/view'

const TONES: Record<Freshness, Tone> = {
  never: 'amber',
  syncing: 'indigo',
  fresh: 'jade',
  stale: 'amber',
  failed: 'cinnabar',
}

type Props = { account: AccountView; status: SyncStatus; reader: Reader }

/** One account in use: who, how fresh, what to do next, and everything about the last update on demand. */
export async function AccountCard({ account, status, reader }: Props) {
  const t = await getTranslations('accounts')
  const { accountId, platform, login, platformUserId, linkedAt } = account
  const progress = describeProgress(status, reader)
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge>{platformName(platform)}</Badge>
          <span className="break-all">@{login}</span>
          <StateBadge tone={TONES[status.freshness]}>{t(`freshness.${status.freshness}`)}</StateBadge>
        </span>
      }
      lead={
        <>
          <span className="tabular-nums">{t('card.id', { id: platformUserId })}</span>
          {' · '}
          {t('card.linkedAt')} <DateTime value={linkedAt} timeZone={reader.timeZone} style="date" />
        </>
      }
    >
      {status.pause === null ? null : <Paused pause={status.pause} account={account} reader={reader} />}
      <div className="min-h-14">
        {progress === null ? (
          describeStanding(status, reader).map((sentence) => <p key={sentence}>{sentence}</p>)
        ) : (
          <LiveSync accountId={accountId} initial={progress} />
        )}
      </div>
      <p className="mt-1 text-sm">
        {t('card.contributions', { count: account.contributions })}
        {' · '}
        <TextLink href="/contributions">{t('card.seeContributions')}</TextLink>
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <RefreshForm account={account} freshness={status.freshness} isPaused={status.pause !== null} />
        <UnlinkDialog account={account} />
      </div>
      <SyncReport status={status} reader={reader} />
    </Panel>
  )
}

type PausedProps = { pause: SyncPauseView; account: AccountView; reader: Reader }

/** Not the student's fault, and nothing to be done while it lasts: why, since when, and that nothing is lost. */
async function Paused({ pause, account, reader }: PausedProps): Promise<ReactNode> {
  const t = await getTranslations('accounts')
  const { locale, timeZone } = reader
  const time = formatMoment(pause.pausedAt, { locale, timeZone, style: 'datetime' })
  const platform = platformName(account.platform)
  return (
    <Notice
      kind="attention"
      className="mb-3"
      title={pause.byOperator ? t('paused.titleOperator', { platform }) : t('paused.title', { platform })}
    >
      <p className="[overflow-wrap:anywhere]">{t('paused.reason', { reason: pause.reason })}</p>
      <p>{t(account.refreshWay === 'sign_in' ? 'paused.textBySignIn' : 'paused.text', { time })}</p>
    </Notice>
  )
}

type RefreshProps = { account: AccountView; freshness: Freshness; isPaused: boolean }

async function RefreshForm({ account, freshness, isPaused }: RefreshProps): Promise<ReactNode> {
  const t = await getTranslations('accounts')
  const bySignIn = account.refreshWay === 'sign_in'
  // It keeps its place while an update runs, so that nothing moves when the update ends.
  const isUrgent = freshness !== 'fresh' && freshness !== 'syncing' && !isPaused
  const hintId = `refresh-${account.accountId}`
  return (
    <form action="/api/link/refresh" method="post" className="contents">
      <input type="hidden" name="accountId" value={account.accountId} />
      <SubmitButton
        variant={isUrgent ? 'primary' : 'secondary'}
        disabled={freshness === 'syncing' || isPaused}
        pendingLabel={t('card.refreshing')}
        aria-describedby={bySignIn ? hintId : undefined}
      >
        {bySignIn ? t('card.refreshAt', { platform: platformName(account.platform) }) : t('card.refresh')}
      </SubmitButton>
      {bySignIn ? (
        <span id={hintId} className="order-last basis-full text-ink-faint text-sm">
          {t('card.refreshAtHint', { platform: platformName(account.platform) })}
        </span>
      ) : null}
    </form>
  )
}
