import { useTranslations } from 'next-intl'
import { StateBadge } from '@/components/ui/badge'
import type { IconName } from '@/components/ui/icon'
import type { Tone } from '@/components/ui/tone'
import type { NominationState as State } from '@/lib/domain/nomination'

const LOOKS: Readonly<Record<State, { tone: Tone; icon: IconName }>> = {
  open: { tone: 'indigo', icon: 'clock' },
  accepted: { tone: 'jade', icon: 'check' },
  refused: { tone: 'cinnabar', icon: 'ban' },
  duplicate: { tone: 'neutral', icon: 'copy' },
}

/** Where a nomination stands. */
export function NominationState({ state }: { state: State }) {
  const t = useTranslations('nominations')
  return <StateBadge {...LOOKS[state]}>{t(`state.${state}`)}</StateBadge>
}

const DAY_MS = 86_400_000
/** A week is worth a look, two are late: as with claims. */
const OLD_DAYS = 7
const LATE_DAYS = 14

/** How long somebody has waited, in days; what is late is marked, and said. */
export function WaitingDays({ since, now }: { since: Date; now: Date }) {
  const t = useTranslations('nominations')
  const days = Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS))
  const tone: Tone | null = days >= LATE_DAYS ? 'cinnabar' : days >= OLD_DAYS ? 'amber' : null
  const words = t('days', { count: days })
  return (
    <time dateTime={since.toISOString()} className="whitespace-nowrap">
      {tone === null ? (
        words
      ) : (
        <StateBadge tone={tone} icon="warning">
          {words}
        </StateBadge>
      )}
    </time>
  )
}
