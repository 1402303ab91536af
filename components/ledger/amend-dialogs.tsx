import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextareaField, TextField } from '@/components/ui/fields'
import type { FormAction } from '@/components/ui/form-state'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatHundredths } from '@/lib/domain/hundredths'
import { LEDGER_LIMITS } from '@/lib/ledger/schema'
import type { LedgerLineView } from '@/lib/ledger/view'

type Props = { line: LedgerLineView; correctAction: FormAction; revokeAction: FormAction }

function Seen({ line }: { line: LedgerLineView }) {
  return (
    <>
      <input type="hidden" name="entryId" value={line.entryId} />
      <input type="hidden" name="netHundredths" value={line.netHundredths} />
    </>
  )
}

/** Corrects an award to another figure, or takes it back: both add a line and change none. */
export function AmendDialogs({ line, correctAction, revokeAction }: Props) {
  const t = useTranslations('ledger')
  const reason = (
    <TextareaField name="reason" label={t('amend.reason')} rows={3} maxLength={LEDGER_LIMITS.reasonLength} required />
  )
  return (
    <span className="inline-flex flex-wrap justify-end gap-1">
      <ConfirmDialog
        trigger={t('amend.correct')}
        title={t('amend.correctTitle', { sequence: line.sequence })}
        cancelLabel={t('amend.cancel')}
        variant="quiet"
        size="sm"
      >
        <p className="mb-4 text-ink-soft">{t('amend.correctText')}</p>
        <ActionForm action={correctAction}>
          <Seen line={line} />
          <TextField
            name="newCredit"
            label={t('amend.newCredit')}
            hint={t('amend.newCreditHint')}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={formatHundredths(line.netHundredths)}
            required
          />
          {reason}
          <SubmitButton variant="decide">{t('amend.correctConfirm')}</SubmitButton>
        </ActionForm>
      </ConfirmDialog>
      <ConfirmDialog
        trigger={t('amend.revoke')}
        title={t('amend.revokeTitle', { sequence: line.sequence })}
        cancelLabel={t('amend.cancel')}
        variant="quiet"
        size="sm"
      >
        <p className="mb-4 text-ink-soft">{t('amend.revokeText')}</p>
        <ActionForm action={revokeAction}>
          <Seen line={line} />
          {reason}
          <SubmitButton variant="danger">{t('amend.revokeConfirm')}</SubmitButton>
        </ActionForm>
      </ConfirmDialog>
    </span>
  )
}
