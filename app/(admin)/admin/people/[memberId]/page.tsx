import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountList } from '@/components/people/account-list'
import { MemberStanding } from '@/components/people/member-standing'
import { RoleList } from '@/components/people/role-list'
import { ActionForm } from '@/components/ui/action-form'
import { StateBadge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { CheckboxGroup } from '@/components/ui/choice-fields'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DescriptionList } from '@/components/ui/description-list'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import { requireViewer } from '@/lib/auth/session'
import type { MemberView } from '@/lib/people/view'
import { assignDepartmentsAction, grantRoleAction, revokeRoleAction, setMemberStatusAction } from '../actions'
import { loadMember } from './load-member'

type Props = { params: Promise<{ memberId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people')
  return { title: t('member.title') }
}

/** One member: who they are here, what they may do, and where to look further. */
export default async function MemberPage({ params }: Props) {
  const member = await loadMember((await params).memberId)
  const [t, viewer] = await Promise.all([getTranslations('people'), requireViewer()])
  const { timeZone } = viewer.university
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/people', label: t('title') }]} />
      <PageHeader
        title={<bdi>{member.name}</bdi>}
        lead={<span className="font-mono">{member.number}</span>}
        badge={member.status === 'left' ? <StateBadge icon="ban">{t('status.left')}</StateBadge> : undefined}
        action={member.mayChangeRoles ? <StatusDialog member={member} /> : undefined}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="space-y-6">
          <Panel title={t('member.roles')} lead={t('member.rolesLead')}>
            {member.isSelf ? <Notice className="mb-4">{t('member.own')}</Notice> : null}
            <RoleList
              member={member}
              timeZone={timeZone}
              grantAction={grantRoleAction}
              revokeAction={revokeRoleAction}
            />
          </Panel>
          {member.roles.some(({ role }) => role === 'reviewer') ? <Departments member={member} /> : null}
        </div>
        <div className="space-y-6">
          <Panel title={t('member.particulars')} lead={t('member.particularsLead')}>
            <Particulars member={member} />
          </Panel>
          <Panel title={t('member.work')}>
            <MemberStanding member={member} />
          </Panel>
          <Panel title={t('member.accounts')} lead={t('member.accountsLead')}>
            <AccountList accounts={member.accounts} timeZone={timeZone} />
          </Panel>
        </div>
      </div>
    </>
  )
}

async function Particulars({ member }: { member: MemberView }) {
  const t = await getTranslations('people')
  const rows = [
    ['columns.department', member.departmentName ?? ''],
    ['member.programme', member.programme],
    ['member.class', member.className],
    ['member.email', member.email],
  ] as const
  const items = rows.map(([key, value]) => ({ term: t(key), value: value || '—' }))
  const signIn = { term: t('member.signIn'), value: t(member.hasSignedIn ? 'signedIn' : 'neverSignedIn') }
  const audit = `/admin/audit?subjectKind=member&subjectId=${member.memberId}`
  return (
    <>
      <DescriptionList items={[...items, signIn]} />
      <p className="mt-4 text-sm">
        <TextLink href={audit}>{t('member.history')}</TextLink>
      </p>
    </>
  )
}

async function Departments({ member }: { member: MemberView }) {
  const t = await getTranslations('people')
  return (
    <Panel id="departments" title={t('member.departments')} lead={t('member.departmentsLead')}>
      <ActionForm action={assignDepartmentsAction}>
        <input type="hidden" name="memberId" value={member.memberId} />
        <input type="hidden" name="expectedVersion" value={member.version} />
        <CheckboxGroup
          name="departmentIds"
          label={t('member.departmentsChoose')}
          defaultValues={member.reviewDepartmentIds}
          choices={member.departments.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SubmitButton variant="secondary">{t('member.departmentsSave')}</SubmitButton>
      </ActionForm>
    </Panel>
  )
}

async function StatusDialog({ member }: { member: MemberView }) {
  const t = await getTranslations('people')
  const to = member.status === 'left' ? 'active' : 'left'
  return (
    <ConfirmDialog
      trigger={t(`member.to.${to}.button`)}
      title={t(`member.to.${to}.title`, { name: member.name })}
      cancelLabel={t('cancel')}
      variant="secondary"
    >
      <p>{t(`member.to.${to}.text`)}</p>
      <ActionForm action={setMemberStatusAction}>
        <input type="hidden" name="memberId" value={member.memberId} />
        <input type="hidden" name="expectedVersion" value={member.version} />
        <input type="hidden" name="status" value={to} />
        <SubmitButton variant={to === 'left' ? 'danger' : 'primary'}>{t(`member.to.${to}.button`)}</SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}
