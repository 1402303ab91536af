import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { DateTime } from '@/components/ui/date-time'
import type { FormAction } from '@/components/ui/form-state'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { LedgerPage } from '@/lib/ledger/view'

type Props = { page: Pick<LedgerPage, 'head' | 'lastCheck' | 'timeZone'>; verifyAction: FormAction }

/** Whether the ledger held when it was last checked, how long it is, and the button to check it now. */
export function ChainState({ page, verifyAction }: Props) {
  const t = useTranslations('ledger')
  const { head, lastCheck, timeZone } = page
  const kind = lastCheck === null ? 'info' : lastCheck.ok ? 'success' : 'danger'
  const fault = `fault.${lastCheck?.fault ?? ''}`
  return (
    <Notice
      kind={kind}
      className="mb-5"
      title={t(`check.${lastCheck === null ? 'never' : lastCheck.ok ? 'holds' : 'broken'}`, {
        lines: lastCheck?.lines ?? 0,
      })}
      action={
        <ActionForm action={verifyAction} className="">
          <SubmitButton variant="secondary" size="sm" pendingLabel={t('check.pending')}>
            {t('check.now')}
          </SubmitButton>
        </ActionForm>
      }
    >
      <span className="text-sm">
        {lastCheck === null ? null : (
          <>
            {t('check.at')} <DateTime value={lastCheck.checkedAt} timeZone={timeZone} />
            {lastCheck.ok ? null : <> · {t.has(fault) ? t(fault) : t('fault.other')}</>}
            {' · '}
          </>
        )}
        {t('check.head', { sequence: head.sequence })}{' '}
        <code className="break-all text-ink-faint text-xs">{head.hash.slice(0, 16)}…</code>
      </span>
    </Notice>
  )
}
