import { useTranslations } from 'next-intl'
import type { ButtonVariant } from '@/components/ui/button-style'
import { SelectField, TextareaField } from '@/components/ui/fields'
import { SubmitButton } from '@/components/ui/submit-button'
import { type DecisionAction, REVIEW_REASONS } from '@/lib/domain/review-reasons'
import { REVIEW_LIMITS } from '@/lib/reviews/schema'

const VARIANTS: Record<DecisionAction, ButtonVariant> = {
  endorse: 'decide',
  approve: 'decide',
  request_changes: 'secondary',
  reject: 'danger',
}

/** In the order of the keyboard: what is meant most often comes first. */
const ORDER: readonly DecisionAction[] = ['endorse', 'approve', 'request_changes', 'reject']

/** Decides the claim as a whole; stays in sight while the claim is read. */
export function DecisionBar({ actions }: { actions: readonly DecisionAction[] }) {
  const t = useTranslations('reviews')
  return (
    <section
      id="decision"
      aria-label={t('bar.title')}
      className="bottom-0 z-10 -mx-4 flex flex-wrap items-end gap-3 border-line-strong border-t bg-paper px-4 py-3 sm:sticky sm:-mx-2 sm:px-2"
    >
      <SelectField
        name="reasonCode"
        label={t('bar.reason')}
        placeholder={t('bar.noReason')}
        choices={REVIEW_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
        frameClassName="w-full sm:w-44"
      />
      <TextareaField
        name="comment"
        label={t('bar.comment')}
        rows={1}
        maxLength={REVIEW_LIMITS.commentLength}
        frameClassName="min-w-0 flex-1 basis-52"
      />
      <div className="flex flex-wrap gap-2">
        {ORDER.filter((action) => actions.includes(action)).map((action) => (
          <SubmitButton
            key={action}
            name="decision"
            value={action}
            variant={VARIANTS[action]}
            pendingLabel={t('bar.pending')}
          >
            {t(`action.${action}`)}
          </SubmitButton>
        ))}
      </div>
    </section>
  )
}
