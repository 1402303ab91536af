import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { DateTime } from '@/components/ui/date-time'
import type { FormAction } from '@/components/ui/form-state'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { ClaimView } from '@/lib/claims/view'

type Claim = Pick<ClaimView, 'claimId' | 'state' | 'evidenceState' | 'evidenceFailure' | 'evidenceRetryAt' | 'timeZone'>
type Props = { claim: Claim; retryAction: FormAction; className: string }

/** Why the evidence of a claim is not there: until when it waits, or the button to try again. Nothing where all is well. */
export function EvidenceTrouble({ claim, retryAction, className }: Props) {
  const t = useTranslations('claims.evidence')
  const { evidenceState, evidenceFailure, evidenceRetryAt, timeZone } = claim
  if (claim.state !== 'submitted' || evidenceFailure === null) return null
  if (evidenceState !== 'failed') {
    return (
      <Notice kind="info" title={t('delayed')} className={className}>
        {t(`why.${evidenceFailure}`)}
        {evidenceRetryAt === null ? null : (
          <span className="block">
            {t('nextTry')} <DateTime value={evidenceRetryAt} timeZone={timeZone} />
          </span>
        )}
      </Notice>
    )
  }
  return (
    <Notice
      kind="attention"
      title={t('failed')}
      className={className}
      action={
        <ActionForm action={retryAction} className="">
          <input type="hidden" name="claimId" value={claim.claimId} />
          <SubmitButton variant="secondary" size="sm" pendingLabel={t('retrying')}>
            {t('retry')}
          </SubmitButton>
        </ActionForm>
      }
    >
      {t(`why.${evidenceFailure}`)}
      <span className="block">{t(`then.${evidenceFailure === 'not_found' ? 'not_found' : 'other'}`)}</span>
    </Notice>
  )
}
