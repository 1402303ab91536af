import { listDepartments } from '@/lib/db/departments'
import { findMemberDetail } from '@/lib/db/members'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan, can } from '@/lib/domain/permissions'
import { resourceOf } from './change-member'
import type { MemberView } from './view'

/**
 * A member with roles, accounts (names only), claims and credit.
 * @throws AppError not_found `member_not_found`
 */
export async function getMember(actor: MemberActor, memberId: string): Promise<MemberView> {
  const { universityId } = actor
  assertCan(actor, 'people.view', { universityId })
  return withScope({ universityId }, async (tx) => {
    const found = await findMemberDetail(tx, { universityId, memberId })
    if (found === null) throw new AppError('not_found', 'member_not_found')
    const { personId, ...member } = found
    const resource = resourceOf(universityId, found)
    return {
      ...member,
      hasSignedIn: personId !== null,
      departments: await listDepartments(tx, universityId),
      isSelf: personId === actor.personId,
      mayChangeRoles: can(actor, 'role.grant', resource).allowed,
    }
  })
}
