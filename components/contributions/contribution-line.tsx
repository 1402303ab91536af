import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import { TextLink } from '@/components/ui/text-link'
import type { CatalogTier } from '@/lib/domain/catalog'
import { type ContributionKind, isChange } from '@/lib/domain/contribution'
import { contributionReference, type Platform, platformName } from '@/lib/domain/platform'

/** What a line about a contribution needs: a contribution's view and an item of a claim have it both. */
export type LinedContribution = {
  platform: Platform
  repository: string
  kind?: ContributionKind
  number: number
  ref?: string
  title: string
  url: string
  landedAt: Date | null
  additions: number | null
  deletions: number | null
  tier: CatalogTier
}

type Props = {
  contribution: LinedContribution
  timeZone: string
  /** Leaves the title without a link, where it is the label of a box. */
  plain?: boolean
  /** Stands under the line: reasons, evidence. */
  children?: ReactNode
}

/** Added and deleted lines; a figure where known, words where not. */
export function ChangedLines({ additions, deletions }: Pick<LinedContribution, 'additions' | 'deletions'>) {
  const t = useTranslations('contributions')
  if (additions === null || deletions === null) return <span className="text-ink-faint">{t('sizeUnknown')}</span>
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className="text-jade">+{additions}</span> <span className="text-cinnabar">−{deletions}</span>
    </span>
  )
}

/** One contribution in two lines: its title, then where, how big and when it landed. */
export function ContributionLine({ contribution, timeZone, plain, children }: Props) {
  const t = useTranslations('contributions')
  const { platform, title, url, landedAt, tier, additions, deletions, kind = 'pull_request' } = contribution
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <p className="font-medium leading-snug">{plain ? title : <TextLink href={url}>{title}</TextLink>}</p>
      <p className="mt-0.5 flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-ink-soft text-sm">
        <span>
          <Badge className="me-1.5">{platformName(platform)}</Badge>
          <span className="font-mono text-[0.9375em]">{contributionReference(contribution)}</span>
        </span>
        {kind === 'pull_request' ? null : <span>{t(`kind.${kind}`)}</span>}
        {tier === 'standard' ? null : <span>{t(`tier.${tier}`)}</span>}
        {isChange(kind) ? <ChangedLines additions={additions} deletions={deletions} /> : null}
        {landedAt === null ? (
          <span className="text-ink-faint">{t('notLanded')}</span>
        ) : (
          <DateTime value={landedAt} timeZone={timeZone} style="date" />
        )}
      </p>
      {children}
    </div>
  )
}
