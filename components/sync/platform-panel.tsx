import { getTranslations } from 'next-intl/server'
import { FailedAccounts } from '@/components/sync/failed-accounts'
import { FailureTable } from '@/components/sync/failure-table'
import { HealthFacts } from '@/components/sync/health-facts'
import { PauseControl } from '@/components/sync/pause-control'
import { StateBadge } from '@/components/ui/badge'
import type { FormAction } from '@/components/ui/form-state'
import { Panel } from '@/components/ui/panel'
import type { Tone } from '@/components/ui/tone'
import { platformName } from '@/lib/domain/platform'
import type { PlatformHealth } from '@/lib/sync/view'

export type HealthActions = { pause: FormAction; resume: FormAction; retry: FormAction }

type Props = {
  health: PlatformHealth
  days: number
  timeZone: string
  retriedAtOnce: number
  now: Date
  actions: HealthActions
}

const TONES = {
  paused: 'amber',
  limited: 'indigo',
  failing: 'cinnabar',
  fine: 'jade',
  idle: 'neutral',
  notConnected: 'neutral',
} as const satisfies Record<string, Tone>
type State = keyof typeof TONES

/** What matters most of a platform, in one word. */
export function stateOf(
  { pause, isConnected, allowances, failedAccounts, accounts }: PlatformHealth,
  now: Date,
): State {
  if (pause !== null) return 'paused'
  if (!isConnected) return 'notConnected'
  if (allowances.some(({ remaining, resetsAt }) => remaining === 0 && resetsAt !== null && resetsAt > now))
    return 'limited'
  if (failedAccounts.length > 0) return 'failing'
  return accounts.linked === 0 ? 'idle' : 'fine'
}

/** One platform: how it stands, and the two things that can be done. */
export async function PlatformPanel({ health, days, timeZone, retriedAtOnce, now, actions }: Props) {
  const t = await getTranslations('syncHealth')
  const { platform } = health
  const state = stateOf(health, now)
  return (
    <Panel
      id={platform}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {platformName(platform)}
          <StateBadge tone={TONES[state]} {...(TONES[state] === 'neutral' ? { icon: 'info' as const } : {})}>
            {t(`state.${state}`)}
          </StateBadge>
        </span>
      }
    >
      <div className="space-y-5">
        <PauseControl health={health} timeZone={timeZone} actions={actions} />
        {health.isConnected ? null : <p className="text-ink-soft">{t('notConnected')}</p>}
        <HealthFacts health={health} days={days} timeZone={timeZone} />
        <FailureTable health={health} days={days} timeZone={timeZone} />
        <FailedAccounts health={health} timeZone={timeZone} retriedAtOnce={retriedAtOnce} retry={actions.retry} />
      </div>
    </Panel>
  )
}
