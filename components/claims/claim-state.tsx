import { useTranslations } from 'next-intl'
import { StateBadge } from '@/components/ui/badge'
import type { Tone } from '@/components/ui/tone'
import type { ClaimState } from '@/lib/domain/claim-states'

export const CLAIM_TONES: Record<ClaimState, Tone> = {
  draft: 'neutral',
  submitted: 'indigo',
  in_review: 'indigo',
  changes_requested: 'amber',
  endorsed: 'indigo',
  approved: 'jade',
  rejected: 'cinnabar',
  withdrawn: 'neutral',
}

/** Where a claim stands, in a word. */
export function ClaimStateBadge({ state }: { state: ClaimState }) {
  const t = useTranslations('claims.state')
  return (
    <StateBadge tone={CLAIM_TONES[state]} {...(state === 'withdrawn' ? { icon: 'undo' as const } : {})}>
      {t(state)}
    </StateBadge>
  )
}
