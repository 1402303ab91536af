import { getLocale, getTranslations } from 'next-intl/server'
import { ConsentText } from '@/app/(student)/accounts/_parts/consent-text'
import { withdraw } from '@/app/(student)/settings/actions'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Details } from '@/components/ui/details'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import type { ConsentView } from '@/lib/accounts/view'
import { formatMoment } from '@/lib/i18n/format'

type Props = { consents: readonly ConsentView[]; timeZone: string; canLink: boolean }

/** What was agreed to about linking, and the way to take it back, with what that means. */
export async function ConsentPanel({ consents, timeZone, canLink }: Props) {
  const [t, linking, locale] = await Promise.all([
    getTranslations('settings.consent'),
    getTranslations('accounts.consent'),
    getLocale(),
  ])
  const held = consents.some(({ withdrawnAt }) => withdrawnAt === null)
  const momentOf = (moment: Date) => formatMoment(moment, { locale, timeZone, style: 'datetime' })
  return (
    <Panel title={t('title')} aside={canLink ? <TextLink href="/accounts">{t('toAccounts')}</TextLink> : undefined}>
      {consents.length === 0 ? <p>{t('none')}</p> : null}
      <ul className="space-y-1">
        {consents.map(({ version, grantedAt, withdrawnAt }) => (
          <li key={grantedAt.toISOString()}>
            {withdrawnAt === null
              ? t('held', { version, time: momentOf(grantedAt) })
              : t('withdrawn', { version, time: momentOf(withdrawnAt) })}
          </li>
        ))}
      </ul>
      <Details summary={consents.length === 0 ? linking('title') : t('read')} className="mt-3">
        <ConsentText />
      </Details>
      {held ? <div className="mt-4">{await withdrawDialog()}</div> : null}
    </Panel>
  )
}

async function withdrawDialog() {
  const t = await getTranslations('settings.consent.withdraw')
  return (
    <ConfirmDialog trigger={t('button')} title={t('title')} cancelLabel={t('keep')} variant="danger">
      <ul className="mb-4 list-disc space-y-1.5 ps-5 text-[0.9375rem]">
        <li>{t('meaning')}</li>
        <li>{t('stays')}</li>
        <li>{t('again')}</li>
      </ul>
      <ActionForm action={withdraw} className="space-y-3">
        <SubmitButton variant="danger" className="w-full" pendingLabel={t('pending')}>
          {t('confirm')}
        </SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}
