import { useLocale, useTranslations } from 'next-intl'
import { wordValues } from '@/components/contributions/word-values'
import { Details } from '@/components/ui/details'
import type { LandingProof as Proof } from '@/lib/domain/contribution'
import type { LandingRuleName } from '@/lib/domain/landing-rule'
import type { Platform } from '@/lib/domain/platform'
import { writtenAt } from '@/lib/domain/revert-chain'

type Props = { platform: Platform; rule: LandingRuleName | null; proof: Proof; timeZone: string }

/** By which of the repository's rules a change landed, and each fact that shows it, on demand. Nothing where nothing is known. */
export function LandingProof({ platform, rule, proof, timeZone }: Props) {
  const t = useTranslations('landed')
  const locale = useLocale()
  if (rule === null && proof.length === 0) return null
  return (
    <Details className="text-sm" summary={rule === null ? t('title') : t(`rule.${rule}`)}>
      <ul className="space-y-0.5 text-ink-soft">
        {proof.map(({ fact, value }) => (
          <li key={fact} className="[overflow-wrap:anywhere]">
            {t.has(`fact.${fact}`)
              ? t(`fact.${fact}`, wordValues({ value: writtenAt(platform, value) }, { locale, timeZone }))
              : `${fact}: ${value}`}
          </li>
        ))}
      </ul>
    </Details>
  )
}
