import { useTranslations } from 'next-intl'
import { StateBadge } from '@/components/ui/badge'
import type { Reason } from '@/lib/domain/eligibility'

type Props = { counts: boolean; reasons: readonly Reason[] }

/** Whether a contribution counts, in a word; one that is in a claim already is neither refused nor free. */
export function Verdict({ counts, reasons }: Props) {
  const t = useTranslations('contributions')
  if (counts) return <StateBadge tone="jade">{t('counts')}</StateBadge>
  const used = reasons.find(({ code }) => code === 'already_claimed' || code === 'already_credited')
  const blocking = reasons.filter(({ blocks }) => blocks)
  if (used && blocking.length === 1) return <StateBadge tone="indigo">{t('inClaim')}</StateBadge>
  return (
    <StateBadge tone="neutral" icon="ban">
      {t('doesNotCount')}
    </StateBadge>
  )
}
