'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { assignDepartments } from '@/lib/people/assign-departments'
import { grantRole } from '@/lib/people/grant-role'
import { revokeRole } from '@/lib/people/revoke-role'
import { departmentsInput, roleInput, statusInput } from '@/lib/people/schema'
import { setMemberStatus } from '@/lib/people/set-member-status'

const namespace = 'people'
const back = (memberId: string, flash: string) => ({ redirectTo: `/admin/people/${memberId}`, flash })

const grant = createAction({
  name: 'people.grant_role',
  namespace,
  schema: roleInput,
  run: async ({ actor, input, now }) => {
    await grantRole(actor, input, { now })
    return back(input.memberId, 'role_granted')
  },
})

const revoke = createAction({
  name: 'people.revoke_role',
  namespace,
  schema: roleInput,
  run: async ({ actor, input, now }) => {
    await revokeRole(actor, input, { now })
    return back(input.memberId, 'role_revoked')
  },
})

const assign = createAction({
  name: 'people.assign_departments',
  namespace,
  schema: departmentsInput,
  run: async ({ actor, input, now }) => {
    await assignDepartments(actor, input, { now })
    return back(input.memberId, 'departments_assigned')
  },
})

const setStatus = createAction({
  name: 'people.set_status',
  namespace,
  schema: statusInput,
  run: async ({ actor, input, now }) => {
    await setMemberStatus(actor, input, { now })
    return back(input.memberId, input.status === 'left' ? 'member_left' : 'member_back')
  },
})

export const grantRoleAction: FormAction = async (state, data) => grant(state, data)
export const revokeRoleAction: FormAction = async (state, data) => revoke(state, data)
export const assignDepartmentsAction: FormAction = async (state, data) => assign(state, data)
export const setMemberStatusAction: FormAction = async (state, data) => setStatus(state, data)
