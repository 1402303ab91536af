import { recordAuditEvent } from '@/lib/db/audit-events'
import { insertGrantedRole } from '@/lib/db/member-roles'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { changeMember } from './change-member'
import type { RoleInput } from './schema'

/**
 * Gives a member a role; it stays whatever roster and sign-in say later.
 * @throws AppError as {@link changeMember}; conflict `role_held`, `member_left`
 */
export async function grantRole(actor: MemberActor, input: RoleInput, { now }: { now: Date }): Promise<void> {
  const { memberId, role } = input
  const { universityId } = actor
  await changeMember(actor, { action: 'role.grant', change: input, now }, async (tx, { status }) => {
    if (status === 'left') throw new AppError('conflict', 'member_left')
    const isNew = await insertGrantedRole(tx, { universityId, memberId, role, createdAt: now })
    if (!isNew) throw new AppError('conflict', 'role_held')
    const subject = { kind: 'member' as const, id: memberId }
    await recordAuditEvent(tx, { actor, action: 'role.granted', subject, data: { memberId, role }, occurredAt: now })
  })
}
