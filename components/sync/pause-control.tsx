import { getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DateTime } from '@/components/ui/date-time'
import { TextareaField } from '@/components/ui/fields'
import type { FormAction } from '@/components/ui/form-state'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { platformName } from '@/lib/domain/platform'
import type { PlatformHealth } from '@/lib/sync/view'

type Props = { health: PlatformHealth; timeZone: string; actions: { pause: FormAction; resume: FormAction } }

/** Stops the reading of a platform, or says since when and why it is stopped, with the way to go on. */
export async function PauseControl({ health: { platform, pause }, timeZone, actions }: Props) {
  const t = await getTranslations('syncHealth')
  const name = platformName(platform)
  if (pause !== null) {
    return (
      <Notice
        kind="attention"
        title={t('pause.since', { platform: name })}
        action={
          <ActionForm action={actions.resume} className="">
            <input type="hidden" name="platform" value={platform} />
            <SubmitButton variant="primary" size="sm" pendingLabel={t('pause.resumePending')}>
              {t('pause.resume')}
            </SubmitButton>
          </ActionForm>
        }
      >
        <span className="[overflow-wrap:anywhere]">{pause.reason}</span>
        <span className="block text-ink-soft text-sm">
          {t('pause.by', { operator: String(pause.byOperator) })}{' '}
          <DateTime value={pause.pausedAt} timeZone={timeZone} />
        </span>
      </Notice>
    )
  }
  return (
    <ConfirmDialog
      trigger={t('pause.trigger')}
      title={t('pause.title', { platform: name })}
      cancelLabel={t('pause.cancel')}
      size="sm"
    >
      <p className="mb-4 text-ink-soft">{t('pause.text')}</p>
      <ActionForm action={actions.pause}>
        <input type="hidden" name="platform" value={platform} />
        <TextareaField name="reason" label={t('pause.reason')} rows={3} maxLength={300} required />
        <SubmitButton variant="danger" pendingLabel={t('pause.pending')}>
          {t('pause.confirm')}
        </SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}
