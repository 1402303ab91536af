import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CalculationTable } from '@/components/claims/calculation-table'
import { CreditLeft } from '@/components/claims/credit-answer'
import { DecisionBar } from '@/components/reviews/decision-bar'
import { DecisionHistory } from '@/components/reviews/decision-history'
import { ReviewItem } from '@/components/reviews/review-item'
import { ActionForm } from '@/components/ui/action-form'
import { Credit } from '@/components/ui/credit'
import type { FormAction } from '@/components/ui/form-state'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import type { ReviewClaim } from '@/lib/reviews/view'

type Props = { claim: ReviewClaim; action: FormAction }

function Items({ claim, decides }: { claim: ReviewClaim; decides: boolean }) {
  const t = useTranslations('reviews')
  return (
    <Panel title={t('claim.items', { count: claim.items.length })} flush>
      <ul className="border-line border-t">
        {claim.items.map((item) => (
          <ReviewItem
            key={item.itemId}
            claimId={claim.claimId}
            item={item}
            timeZone={claim.timeZone}
            decides={decides}
            openEvidence={claim.items.length === 1}
          />
        ))}
      </ul>
    </Panel>
  )
}

function Side({ claim }: { claim: ReviewClaim }) {
  const t = useTranslations('reviews')
  const { calculation } = claim
  return (
    <div className="min-w-0 space-y-6">
      <Panel title={t('claim.statement')}>
        <p className="whitespace-pre-line [overflow-wrap:anywhere]">
          {claim.statement === '' ? <span className="text-ink-faint">{t('claim.noStatement')}</span> : claim.statement}
        </p>
      </Panel>
      {calculation === null ? null : (
        <Panel
          title={t('claim.calculation')}
          lead={t('claim.rules', { version: claim.policyVersion ?? 0 })}
          aside={<Credit hundredths={claim.credit?.netHundredths ?? calculation.creditHundredths} />}
          flush
        >
          <CalculationTable
            calculation={calculation}
            titles={new Map(claim.items.map(({ contributionId, title }) => [contributionId, title]))}
          />
          <CreditLeft credit={claim.credit} />
        </Panel>
      )}
      <Panel title={t('claim.history')}>
        <DecisionHistory claim={claim} />
      </Panel>
    </div>
  )
}

function Body({ claim, children }: { claim: ReviewClaim; children: ReactNode }) {
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">{children}</div>
      <Side claim={claim} />
    </div>
  )
}

/** A claim on one screen, with its decision where the reader may decide. */
export function ClaimReview({ claim, action }: Props) {
  const t = useTranslations('reviews')
  const decides = claim.actions.length > 0
  if (!decides) {
    return (
      <>
        {claim.refusal === null ? null : (
          <Notice kind="attention" title={t('claim.notYours')} className="mb-5">
            {t.has(`refusal.${claim.refusal}`) ? t(`refusal.${claim.refusal}`) : t('refusal.other_stage')}
          </Notice>
        )}
        <Body claim={claim}>
          <Items claim={claim} decides={false} />
        </Body>
      </>
    )
  }
  return (
    <ActionForm action={action}>
      {/* The form's default button: Enter in a field decides nothing. */}
      <button type="submit" disabled hidden />
      <input type="hidden" name="claimId" value={claim.claimId} />
      <input type="hidden" name="version" value={claim.version} />
      <input type="hidden" name="warningCount" value={claim.warningCount} />
      <Body claim={claim}>
        <Items claim={claim} decides />
      </Body>
      <DecisionBar actions={claim.actions} />
    </ActionForm>
  )
}
