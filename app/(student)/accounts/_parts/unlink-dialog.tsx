import { getTranslations } from 'next-intl/server'
import { unlink } from '@/app/(student)/accounts/actions'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AccountView } from '@/lib/accounts/view'

/** Asks before unlinking, with what it means for this account's claims. */
export async function UnlinkDialog({ account }: { account: AccountView }) {
  const t = await getTranslations('accounts.unlink')
  const { accountId, login, openClaims } = account
  return (
    <ConfirmDialog trigger={t('button')} title={t('title', { login })} cancelLabel={t('keep')} variant="secondary">
      <ul className="mb-4 list-disc space-y-1.5 ps-5 text-[0.9375rem]">
        <li>{t('meaning')}</li>
        <li>{openClaims === 0 ? t('claimsNone') : t('claimsSome', { count: openClaims })}</li>
        <li>{t('newClaims')}</li>
      </ul>
      <ActionForm action={unlink} className="space-y-3">
        <input type="hidden" name="accountId" value={accountId} />
        <SubmitButton variant="danger" className="w-full" pendingLabel={t('pending')}>
          {t('confirm')}
        </SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}
