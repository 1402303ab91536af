import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { Checkbox } from '@/components/ui/choice-fields'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextareaField, TextField } from '@/components/ui/fields'
import type { FormAction } from '@/components/ui/form-state'
import { Panel } from '@/components/ui/panel'
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
export function AmendPanel({ line, correctAction, revokeAction }: Props) {
  const t = useTranslations('ledger')
  const reason = (
    <TextareaField name="reason" label={t('amend.reason')} rows={3} maxLength={LEDGER_LIMITS.reasonLength} required />
  )
  return (
    <Panel title={t('amendTitle')}>
      <div className="flex flex-wrap gap-3">
        <ConfirmDialog
          trigger={t('amend.correct')}
          title={t('amend.correctTitle', { sequence: line.sequence })}
          cancelLabel={t('amend.cancel')}
          variant="decide"
        >
          <p className="mb-4 text-ink-soft">{t('amend.correctText')}</p>
          <ActionForm action={correctAction}>
            <Seen line={line} />
            <TextField
              name="newCredit"
              label={t('amend.newCredit')}
              hint={`${t('amend.now', { credit: formatHundredths(line.netHundredths) })} · ${t('amend.newCreditHint')}`}
              inputMode="decimal"
              autoComplete="off"
              frameClassName="max-w-60"
              required
            />
            <Checkbox name="aboveCaps" value="on" label={t('amend.aboveCaps')} />
            {reason}
            <SubmitButton variant="decide">{t('amend.correctConfirm')}</SubmitButton>
          </ActionForm>
        </ConfirmDialog>
        <ConfirmDialog
          trigger={t('amend.revoke')}
          title={t('amend.revokeTitle', { sequence: line.sequence })}
          cancelLabel={t('amend.cancel')}
          variant="danger"
        >
          <p className="mb-4 text-ink-soft">{t('amend.revokeText')}</p>
          <ActionForm action={revokeAction}>
            <Seen line={line} />
            {reason}
            <SubmitButton variant="danger">{t('amend.revokeConfirm')}</SubmitButton>
          </ActionForm>
        </ConfirmDialog>
      </div>
    </Panel>
  )
}
