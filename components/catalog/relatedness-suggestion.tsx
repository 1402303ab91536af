import { useTranslations } from 'next-intl'
import { StateBadge } from '@/components/ui/badge'
import type { IconName } from '@/components/ui/icon'
import type { Tone } from '@/components/ui/tone'
import type { Relatedness, RelatednessSuggestion } from '@/lib/domain/ai-relatedness'

const LOOKS: Readonly<Record<Relatedness, { tone: Tone; icon: IconName }>> = {
  likely: { tone: 'jade', icon: 'check' },
  possible: { tone: 'amber', icon: 'help' },
  unlikely: { tone: 'neutral', icon: 'ban' },
  unknown: { tone: 'neutral', icon: 'help' },
}

/** The suggestion in a word. */
export function RelatednessBadge({ relatedness }: { relatedness: Relatedness }) {
  const t = useTranslations('nominations.suggestion')
  return <StateBadge {...LOOKS[relatedness]}>{t(relatedness)}</StateBadge>
}

/** What it goes by, one line a sign. */
export function RelatednessReasons({ reasons }: Pick<RelatednessSuggestion, 'reasons'>) {
  const t = useTranslations('nominations.suggestion')
  return (
    <ul className="mt-2 list-disc space-y-1 ps-5 text-sm">
      {reasons.map(({ code, value, file }) => (
        <li key={`${code} ${value}`} className="[overflow-wrap:anywhere]">
          {t(`reason.${code}`, { value: value ?? '', file: file ?? '' })}
        </li>
      ))}
    </ul>
  )
}
