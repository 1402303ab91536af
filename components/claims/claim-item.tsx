import { useTranslations } from 'next-intl'
import { EvidenceSummary } from '@/components/claims/evidence-summary'
import { WarningList } from '@/components/claims/warning-list'
import { ContributionLine } from '@/components/contributions/contribution-line'
import { ReasonList } from '@/components/contributions/reason-list'
import { Verdict } from '@/components/contributions/verdict'
import { StateBadge } from '@/components/ui/badge'
import { Credit } from '@/components/ui/credit'
import type { ClaimItemView } from '@/lib/claims/view'

type Props = {
  item: ClaimItemView
  timeZone: string
  /** A draft has no evidence and nothing was declared final. */
  draft: boolean
}

/** One contribution of a claim: the line, the rules' word, the declaration, the evidence, what stands out. */
export function ClaimItem({ item, timeZone, draft }: Props) {
  const t = useTranslations('claims')
  return (
    <li className="border-line border-b px-5 py-4 last:border-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <ContributionLine contribution={item} timeZone={timeZone} />
        </div>
        <div className="flex items-baseline gap-3 sm:flex-col sm:items-end sm:gap-1">
          {item.outcome === 'refused' ? (
            <StateBadge tone="cinnabar">{t('detail.outcome.refused')}</StateBadge>
          ) : (
            <Verdict counts={item.counts} reasons={item.reasons} />
          )}
          {item.hundredths === null ? null : <Credit hundredths={item.hundredths} />}
        </div>
      </div>
      <div className="mt-2 space-y-2">
        <ReasonList reasons={item.reasons} timeZone={timeZone} />
        {item.outcomeComment === '' ? null : <q className="block text-sm">{item.outcomeComment}</q>}
        <p className="text-ink-soft text-sm">
          {t('detail.aiUse', { use: t(`form.ai.${item.aiUse}`) })}
          {item.aiUseNote === '' ? '' : ` · ${item.aiUseNote}`}
        </p>
        {draft ? null : <EvidenceSummary platform={item.platform} evidence={item.evidence} timeZone={timeZone} />}
        <WarningList warnings={item.warnings} timeZone={timeZone} />
      </div>
    </li>
  )
}
