import { getTranslations } from 'next-intl/server'
import { submitClaimAction, withdrawClaimAction } from '@/app/(student)/claims/actions'
import { ActionForm } from '@/components/ui/action-form'
import { LinkButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import type { ClaimView } from '@/lib/claims/view'

function Step({ claim }: { claim: Pick<ClaimView, 'claimId' | 'version'> }) {
  return (
    <>
      <input type="hidden" name="claimId" value={claim.claimId} />
      <input type="hidden" name="version" value={claim.version} />
    </>
  )
}

/** What the owner may do with the claim now; nothing where nothing may be done. */
export async function ClaimActions({ claim }: { claim: ClaimView }) {
  const t = await getTranslations('claims.detail')
  const refused = claim.items.filter(({ counts }) => !counts).length
  const mayWithdraw = claim.actions.includes('withdraw')
  const maySubmit = claim.actions.includes('submit')
  if (!mayWithdraw && !maySubmit) return null
  const closed = claim.state === 'draft' && claim.term.closed
  return (
    <Panel>
      <div className="space-y-3">
        {maySubmit ? (
          closed ? (
            <Notice kind="attention">{t('closedTerm')}</Notice>
          ) : refused > 0 ? (
            <Notice kind="attention">{t('cannotSubmit', { count: refused })}</Notice>
          ) : (
            <ActionForm action={submitClaimAction} className="space-y-3">
              <Step claim={claim} />
              <SubmitButton className="w-full" pendingLabel={t('submitting')}>
                {t(claim.state === 'draft' ? 'submit' : 'resubmit')}
              </SubmitButton>
              <p className="text-ink-faint text-sm">{t('submitText')}</p>
            </ActionForm>
          )
        ) : null}
        {claim.editable ? (
          <LinkButton href={`/claims/${claim.claimId}/edit`} icon="pencil" className="w-full">
            {t('edit')}
          </LinkButton>
        ) : null}
        {mayWithdraw ? (
          <ConfirmDialog trigger={t('withdraw')} title={t('withdrawTitle')} cancelLabel={t('keep')} className="w-full">
            <p className="mb-4 text-ink-soft">{t('withdrawText')}</p>
            <ActionForm action={withdrawClaimAction}>
              <Step claim={claim} />
              <SubmitButton variant="danger" className="w-full">
                {t('withdrawConfirm')}
              </SubmitButton>
            </ActionForm>
          </ConfirmDialog>
        ) : null}
      </div>
    </Panel>
  )
}
