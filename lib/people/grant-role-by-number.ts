import { recordAuditEvent } from '@/lib/db/audit-events'
import { insertGrantedRole } from '@/lib/db/member-roles'
import { lockMember, markMemberChanged } from '@/lib/db/members'
import { findMemberByNumber } from '@/lib/db/members-sign-in'
import { withScope } from '@/lib/db/scope'
import type { OperatorActor, Role } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { readMemberNumber } from '@/lib/domain/member-number'
import { assertCan } from '@/lib/domain/permissions'

/**
 * Gives a member a role by the operator's hand: how a new university comes to its first admin.
 * @throws AppError forbidden `break_glass_reason_required`; not_found `member_not_found`; conflict `role_held`, `member_left`
 */
export async function grantRoleByNumber(
  actor: OperatorActor,
  { number, role }: { number: string; role: Role },
  { now }: { now: Date } = { now: new Date() },
): Promise<{ memberId: string }> {
  const { universityId } = actor
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  // An operator is no member: nobody here is themselves.
  assertCan(actor, 'role.grant', { universityId })
  return withScope({ universityId }, async (tx) => {
    const found = await findMemberByNumber(tx, { universityId, number: readMemberNumber(number) ?? '' })
    const member = found && (await lockMember(tx, { universityId, memberId: found.id }))
    if (!member) throw new AppError('not_found', 'member_not_found', { number })
    const { memberId } = member
    if (member.status === 'left') throw new AppError('conflict', 'member_left')
    const isNew = await insertGrantedRole(tx, { universityId, memberId, role, createdAt: now })
    if (!isNew) throw new AppError('conflict', 'role_held')
    await markMemberChanged(tx, { universityId, memberId, now })
    const subject = { kind: 'member' as const, id: memberId }
    await recordAuditEvent(tx, { actor, action: 'role.granted', subject, data: { memberId, role }, occurredAt: now })
    return { memberId }
  })
}
