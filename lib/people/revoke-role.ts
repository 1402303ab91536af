import { recordAuditEvent } from '@/lib/db/audit-events'
import { deleteRole } from '@/lib/db/member-roles'
import { listAssignedDepartments, removeAssignments } from '@/lib/db/review-assignments'
import type { Tx } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { changeMember } from './change-member'
import type { RoleInput } from './schema'

/**
 * Takes a role from a member, at once: the next page they ask for knows. With the role of reviewer the departments go.
 * One that the sign-in or the roster gives comes back with the next sign-in or import that says so.
 * @throws AppError as {@link changeMember}; conflict `role_not_held`
 */
export async function revokeRole(actor: MemberActor, input: RoleInput, { now }: { now: Date }): Promise<void> {
  const { memberId, role } = input
  const { universityId } = actor
  await changeMember(actor, { action: 'role.grant', change: input, now }, async (tx) => {
    const isGone = await deleteRole(tx, { universityId, memberId, role })
    if (!isGone) throw new AppError('conflict', 'role_not_held')
    const subject = { kind: 'member' as const, id: memberId }
    await recordAuditEvent(tx, { actor, action: 'role.revoked', subject, data: { memberId, role }, occurredAt: now })
    if (role === 'reviewer') await unassignAll(tx, { actor, memberId, now })
    return undefined
  })
}

async function unassignAll(
  tx: Tx,
  { actor, memberId, now }: { actor: MemberActor; memberId: string; now: Date },
): Promise<void> {
  const key = { universityId: actor.universityId, memberId }
  const departmentIds = await listAssignedDepartments(tx, key)
  await removeAssignments(tx, { ...key, departmentIds })
  for (const departmentId of departmentIds) {
    await recordAuditEvent(tx, {
      actor,
      action: 'department.unassigned',
      subject: { kind: 'member', id: memberId },
      data: { memberId, departmentId },
      occurredAt: now,
    })
  }
}
