import { useTranslations } from 'next-intl'
import { StateBadge } from '@/components/ui/badge'
import type { Tone } from '@/components/ui/tone'
import type { ClaimStanding } from '@/lib/domain/claim-credit'

export const CLAIM_TONES: Record<ClaimStanding, Tone> = {
  draft: 'neutral',
  submitted: 'indigo',
  in_review: 'indigo',
  changes_requested: 'amber',
  endorsed: 'indigo',
  approved: 'jade',
  rejected: 'cinnabar',
  withdrawn: 'neutral',
  corrected: 'amber',
  revoked: 'cinnabar',
}

/** Where a claim stands, in a word: its state, or what the ledger made of it since. */
export function ClaimStateBadge({ state }: { state: ClaimStanding }) {
  const t = useTranslations('claims.state')
  return (
    <StateBadge tone={CLAIM_TONES[state]} {...(state === 'withdrawn' ? { icon: 'undo' as const } : {})}>
      {t(state)}
    </StateBadge>
  )
}
