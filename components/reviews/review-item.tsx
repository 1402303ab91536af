import { useTranslations } from 'next-intl'
import { WarningList } from '@/components/claims/warning-list'
import { ContributionLine } from '@/components/contributions/contribution-line'
import { ReasonList } from '@/components/contributions/reason-list'
import { Verdict } from '@/components/contributions/verdict'
import { EvidenceDetails } from '@/components/reviews/evidence-details'
import { StateBadge } from '@/components/ui/badge'
import { RadioGroup } from '@/components/ui/choice-fields'
import { Credit } from '@/components/ui/credit'
import { Details } from '@/components/ui/details'
import { SelectField, TextareaField } from '@/components/ui/fields'
import { TextLink } from '@/components/ui/text-link'
import { needsAcceptance } from '@/lib/domain/contribution'
import { REVIEW_REASONS } from '@/lib/domain/review-reasons'
import { REVIEW_LIMITS } from '@/lib/reviews/schema'
import type { ReviewItem as Item } from '@/lib/reviews/view'

type Props = {
  claimId: string
  item: Item
  timeZone: string
  /** Whether the reader decides on it; else only what was decided stands here. */
  decides: boolean
  openEvidence: boolean
}

function Decision({ item }: { item: Item }) {
  const t = useTranslations('reviews')
  const { itemId } = item
  return (
    <div className="rounded-md border border-line bg-paper px-3 py-2">
      <RadioGroup
        name={`outcome.${itemId}`}
        label={<span className="sr-only">{t('item.decide', { number: item.ordinal })}</span>}
        // What no rule can weigh has no answer until the reviewer gives one.
        {...(needsAcceptance(item.kind) ? {} : { defaultValue: 'accepted' })}
        choices={[
          { value: 'accepted', label: t('item.accept') },
          { value: 'refused', label: t('item.refuse') },
        ]}
      />
      <Details summary={t('item.reasonOfRefusal')} className="mt-1 text-sm">
        <div className="grid gap-3 sm:grid-cols-[minmax(11rem,14rem)_1fr]">
          <SelectField
            name={`itemReason.${itemId}`}
            label={t('bar.reason')}
            placeholder={t('bar.noReason')}
            choices={REVIEW_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
          />
          <TextareaField
            name={`itemComment.${itemId}`}
            label={t('item.comment')}
            rows={1}
            maxLength={REVIEW_LIMITS.itemCommentLength}
          />
        </div>
      </Details>
    </div>
  )
}

function Outcome({ item }: { item: Item }) {
  const t = useTranslations('reviews')
  if (item.outcome === null && item.outcomeComment === '') return null
  const reason = item.outcomeReason
  return (
    <div className="space-y-1 text-sm">
      {item.outcome === 'refused' ? <StateBadge tone="cinnabar">{t('item.refused')}</StateBadge> : null}
      {item.outcome === 'accepted' ? <StateBadge tone="jade">{t('item.accepted')}</StateBadge> : null}
      {reason !== null && t.has(`reason.${reason}`) ? <span className="ms-2">{t(`reason.${reason}`)}</span> : null}
      {item.outcomeComment === '' ? null : <q className="block text-ink-soft">{item.outcomeComment}</q>}
    </div>
  )
}

/** One claimed contribution as a reviewer weighs it: the rules' word, declaration, warnings, evidence, decision. */
export function ReviewItem({ claimId, item, timeZone, decides, openEvidence }: Props) {
  const t = useTranslations('reviews')
  const tc = useTranslations('claims')
  const { evidence } = item
  const line = {
    ...item,
    tier: item.tier ?? ('standard' as const),
    additions: evidence?.additions ?? null,
    deletions: evidence?.deletions ?? null,
  }
  return (
    <li className="space-y-3 border-line border-b px-5 py-4 last:border-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
        <div className="min-w-0 flex-1 basis-72">
          <ContributionLine contribution={line} timeZone={timeZone} />
        </div>
        <div className="flex items-baseline gap-3 sm:flex-col sm:items-end sm:gap-1">
          <Verdict counts={item.counts} reasons={item.reasons} />
          {item.hundredths === null ? null : <Credit hundredths={item.hundredths} />}
        </div>
      </div>
      <ReasonList reasons={item.reasons} timeZone={timeZone} />
      {item.warnings.length > 0 ? (
        <div className="rounded-md border border-amber/40 bg-amber-wash px-3 py-2">
          <WarningList warnings={item.warnings} timeZone={timeZone} />
          <p className="mt-1 text-sm">
            <TextLink href={item.url}>{t('item.onPlatform')}</TextLink>
          </p>
        </div>
      ) : null}
      <p className="text-sm">
        <span className="text-ink-faint">{t('item.aiUse')}</span> {tc(`form.ai.${item.aiUse}`)}
        {item.aiUseNote === '' ? '' : ` · ${item.aiUseNote}`}
      </p>
      {evidence === null ? (
        <p className="text-ink-faint text-sm">{t('evidence.waiting')}</p>
      ) : (
        <EvidenceDetails
          claimId={claimId}
          platform={item.platform}
          evidence={evidence}
          timeZone={timeZone}
          open={openEvidence}
        />
      )}
      {decides && item.outcome !== 'refused' ? <Decision item={item} /> : <Outcome item={item} />}
    </li>
  )
}
