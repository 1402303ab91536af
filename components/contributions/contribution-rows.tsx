import { useTranslations } from 'next-intl'
import { ContributionLine } from '@/components/contributions/contribution-line'
import { LandingProof } from '@/components/contributions/landing-proof'
import { ReasonList } from '@/components/contributions/reason-list'
import { Verdict } from '@/components/contributions/verdict'
import { Credit } from '@/components/ui/credit'
import { TextLink } from '@/components/ui/text-link'
import type { ContributionView } from '@/lib/contributions/view'

type Props = { contributions: readonly ContributionView[]; timeZone: string }

/** Contributions with the rules' word on each, and what it would give alone. */
export function ContributionRows({ contributions, timeZone }: Props) {
  const t = useTranslations('contributions')
  return (
    <ul aria-label={t('caption')}>
      {contributions.map((contribution) => (
        <li key={contribution.contributionId} className="border-line border-b px-5 py-4 last:border-0">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <div className="min-w-0 flex-1 basis-72">
              <ContributionLine contribution={contribution} timeZone={timeZone} />
            </div>
            <div className="flex items-baseline gap-3 sm:flex-col sm:items-end sm:gap-1">
              <Verdict counts={contribution.counts} reasons={contribution.reasons} />
              {contribution.previewHundredths === null ? null : (
                <span title={t('aloneHint')} className="text-sm">
                  <Credit hundredths={contribution.previewHundredths} />
                </span>
              )}
              {contribution.joint ? (
                <TextLink href="/contributions/shares" className="text-sm">
                  {t('shares.link')}
                </TextLink>
              ) : null}
              {contribution.claimId === null ? null : (
                <TextLink href={`/claims/${contribution.claimId}`} className="text-sm">
                  {t('openClaim')}
                </TextLink>
              )}
            </div>
          </div>
          {contribution.reasons.length > 0 ? (
            <div className="mt-2">
              <ReasonList reasons={contribution.reasons} timeZone={timeZone} />
            </div>
          ) : null}
          {contribution.landedBy === null ? null : (
            <div className="mt-1.5">
              <LandingProof platform={contribution.platform} {...contribution.landedBy} timeZone={timeZone} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
