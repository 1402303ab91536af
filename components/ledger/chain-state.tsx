import { useLocale, useTranslations } from 'next-intl'
import { AutoRefresh } from '@/components/claims/auto-refresh'
import { ActionForm } from '@/components/ui/action-form'
import { LinkButton } from '@/components/ui/button'
import { ShortHash } from '@/components/ui/copyable'
import { DateTime } from '@/components/ui/date-time'
import type { FormAction } from '@/components/ui/form-state'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatCount } from '@/lib/i18n/format'
import type { LedgerPage } from '@/lib/ledger/view'

type Props = { page: Pick<LedgerPage, 'head' | 'check' | 'timeZone'>; verifyAction: FormAction }

/** Whether the ledger held when it was last checked, how long it is, and the button to check it; while that runs, how far. */
export function ChainState({ page, verifyAction }: Props) {
  const t = useTranslations('ledger')
  const { head, check, timeZone } = page
  const { result, runState } = check
  const kind = result === null ? 'info' : result.ok ? 'success' : 'danger'
  const runs = runState === 'queued' || runState === 'running'
  return (
    <Notice
      kind={kind}
      className="mb-5"
      title={t(`check.${result === null ? 'never' : result.ok ? 'holds' : 'broken'}`, { lines: result?.lines ?? 0 })}
      action={runs ? <ReloadLink /> : <CheckButton verifyAction={verifyAction} />}
    >
      <div className="text-sm">
        {result === null ? null : <Result result={result} timeZone={timeZone} />}
        {t('check.head', { sequence: head.sequence })}{' '}
        <ShortHash value={head.hash} digits={16} className="inline-block align-top" />
      </div>
      {runState === 'failed' ? <p className="text-sm">{t('check.failed')}</p> : null}
      {runs ? <Running check={check} /> : null}
    </Notice>
  )
}

function CheckButton({ verifyAction }: Pick<Props, 'verifyAction'>) {
  const t = useTranslations('ledger')
  return (
    <ActionForm action={verifyAction} className="">
      <SubmitButton variant="secondary" size="sm" pendingLabel={t('check.pending')}>
        {t('check.now')}
      </SubmitButton>
    </ActionForm>
  )
}

/** For who reads without script; with it the page looks by itself. */
function ReloadLink() {
  const t = useTranslations('ledger')
  return (
    <>
      <LinkButton href="/admin/ledger" size="sm">
        {t('check.reload')}
      </LinkButton>
      <AutoRefresh seconds={2} />
    </>
  )
}

type Checked = NonNullable<LedgerPage['check']['result']>

function Result({ result, timeZone }: { result: Checked; timeZone: string }) {
  const t = useTranslations('ledger')
  const fault = `fault.${result.fault ?? ''}`
  return (
    <>
      {t('check.at')} <DateTime value={result.checkedAt} timeZone={timeZone} />
      {result.ok ? null : (
        <>
          {' · '}
          {result.sequence === null ? null : `${t('line', { sequence: result.sequence })} · `}
          {result.filing === null ? null : `${t('filing', { filing: result.filing })} · `}
          {t.has(fault) ? t(fault) : t('fault.other')}
        </>
      )}
      {' · '}
    </>
  )
}

function Running({ check }: { check: LedgerPage['check'] }) {
  const t = useTranslations('ledger')
  const locale = useLocale()
  const { runState, checkedLines, totalLines } = check
  const known = runState === 'running' && totalLines > 0
  const note = t('check.progress', {
    checked: formatCount(checkedLines, locale),
    total: formatCount(totalLines, locale),
  })
  return (
    <div className="mt-2">
      <Progress
        label={t(`check.${runState === 'queued' ? 'queued' : 'running'}`)}
        value={known ? checkedLines : null}
        max={Math.max(totalLines, 1)}
        {...(known ? { note } : {})}
      />
    </div>
  )
}
