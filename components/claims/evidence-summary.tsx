import { useTranslations } from 'next-intl'
import { LandingProof } from '@/components/contributions/landing-proof'
import { Copyable } from '@/components/ui/copyable'
import { DateTime } from '@/components/ui/date-time'
import { Details } from '@/components/ui/details'
import { Icon } from '@/components/ui/icon'
import type { EvidenceSummaryView } from '@/lib/claims/view'
import type { Platform } from '@/lib/domain/platform'

type Props = { platform: Platform; evidence: EvidenceSummaryView | null; timeZone: string }

/** What of an item is frozen, in a line; the hash on demand. */
export function EvidenceSummary({ platform, evidence, timeZone }: Props) {
  const t = useTranslations('claims.evidence')
  if (evidence === null) {
    return (
      <p className="flex items-center gap-2 text-ink-faint text-sm">
        <Icon name="clock" className="size-3.5" />
        {t('waiting')}
      </p>
    )
  }
  const { files, filesTruncated, commits, reviews, approvals, mergedBy, commitSha, contentSha256 } = evidence
  return (
    <Details
      className="text-sm"
      summary={
        <span className="inline-flex flex-wrap gap-x-2.5">
          <span>{t('title')}</span>
          <span className="text-ink-faint">
            {t('files', { count: files })}
            {filesTruncated ? ` ${t('filesCut')}` : ''} · {t('commits', { count: commits })} ·{' '}
            {t('reviews', { count: reviews })}
            {approvals > 0 ? ` · ${t('approvals', { count: approvals })}` : ''}
          </span>
        </span>
      }
    >
      <dl className="space-y-1 text-ink-soft">
        <div>
          <DateTime value={evidence.capturedAt} timeZone={timeZone} />
          {mergedBy === null ? null : <span className="ms-3">{t('mergedBy', { login: mergedBy })}</span>}
        </div>
        <LandingProof
          platform={platform}
          rule={evidence.landingRule}
          proof={evidence.landingProof}
          timeZone={timeZone}
        />
        {commitSha === null ? null : (
          <div>
            <dt className="text-ink-faint">{t('commit')}</dt>
            <dd>
              <Copyable value={commitSha} />
            </dd>
          </div>
        )}
        <div>
          <dt className="text-ink-faint">{t('hash')}</dt>
          <dd>
            <Copyable value={contentSha256} />
          </dd>
        </div>
      </dl>
    </Details>
  )
}
