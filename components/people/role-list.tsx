import { getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DateTime } from '@/components/ui/date-time'
import type { FormAction } from '@/components/ui/form-state'
import { SubmitButton } from '@/components/ui/submit-button'
import { ROLES, type Role } from '@/lib/domain/actor'
import type { MemberView } from '@/lib/people/view'

type Props = { member: MemberView; timeZone: string; grantAction: FormAction; revokeAction: FormAction }

/** Each role: what it allows, whether it is held and by whose word, and how to change that. */
export async function RoleList({ member, timeZone, grantAction, revokeAction }: Props) {
  const t = await getTranslations('people')
  const mayGrant = member.mayChangeRoles && member.status === 'active'
  return (
    <ul className="divide-y divide-line">
      {ROLES.map((role) => {
        const held = member.roles.find((one) => one.role === role)
        return (
          <li key={role} className="flex items-start justify-between gap-x-4 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0">
              <p className="font-medium">{t(`role.${role}`)}</p>
              <p className="text-ink-soft text-sm">{t(`roleMeans.${role}`)}</p>
              <p className="text-ink-faint text-sm">
                {held ? (
                  <>
                    {t(`source.${held.source}`)} · <DateTime value={held.createdAt} timeZone={timeZone} style="date" />
                  </>
                ) : (
                  t('notHeld')
                )}
              </p>
            </div>
            {held && member.mayChangeRoles ? (
              <RevokeDialog {...{ member, role, action: revokeAction }} returns={held.source !== 'granted'} />
            ) : null}
            {!held && mayGrant ? <GrantDialog {...{ member, role, action: grantAction }} /> : null}
          </li>
        )
      })}
    </ul>
  )
}

type DialogProps = { member: MemberView; role: Role; action: FormAction }

async function GrantDialog({ member, role, action }: DialogProps) {
  const t = await getTranslations('people')
  const words = { name: member.name, role: t(`role.${role}`) }
  return (
    <ConfirmDialog trigger={t('grant.button')} title={t('grant.title', words)} cancelLabel={t('cancel')} size="sm">
      <p>{t('grant.text', { means: t(`roleMeans.${role}`) })}</p>
      <RoleForm {...{ member, role, action }} submit={t('grant.button')} variant="primary" />
    </ConfirmDialog>
  )
}

async function RevokeDialog({ member, role, action, returns }: DialogProps & { returns: boolean }) {
  const t = await getTranslations('people')
  const words = { name: member.name, role: t(`role.${role}`) }
  return (
    <ConfirmDialog
      trigger={t('revoke.button')}
      title={t('revoke.title', words)}
      cancelLabel={t('cancel')}
      size="sm"
      variant="quiet"
    >
      <p>{t('revoke.text')}</p>
      {role === 'reviewer' ? <p>{t('revoke.departments')}</p> : null}
      {returns ? <p>{t('revoke.returns')}</p> : null}
      <RoleForm {...{ member, role, action }} submit={t('revoke.button')} variant="danger" />
    </ConfirmDialog>
  )
}

function RoleForm({
  member,
  role,
  action,
  submit,
  variant,
}: DialogProps & { submit: string; variant: 'primary' | 'danger' }) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="memberId" value={member.memberId} />
      <input type="hidden" name="expectedVersion" value={member.version} />
      <input type="hidden" name="role" value={role} />
      <SubmitButton variant={variant}>{submit}</SubmitButton>
    </ActionForm>
  )
}
