import { recordAuditEvent } from '@/lib/db/audit-events'
import { listDepartments } from '@/lib/db/departments'
import { hasMemberRole } from '@/lib/db/member-roles'
import { addAssignments, listAssignedDepartments, removeAssignments } from '@/lib/db/review-assignments'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { changeMember } from './change-member'
import type { DepartmentsInput } from './schema'

/**
 * Says which departments' claims a reviewer sees: exactly these.
 * @throws AppError as {@link changeMember}; conflict `not_a_reviewer`; invalid `unknown_department`
 */
export async function assignDepartments(
  actor: MemberActor,
  input: DepartmentsInput,
  { now }: { now: Date },
): Promise<void> {
  const { memberId } = input
  const { universityId } = actor
  await changeMember(actor, { action: 'department.assign', change: input, now }, async (tx) => {
    const isReviewer = await hasMemberRole(tx, { universityId, memberId, role: 'reviewer' })
    if (!isReviewer) throw new AppError('conflict', 'not_a_reviewer')
    const known = new Set((await listDepartments(tx, universityId)).map(({ id }) => id))
    if (!input.departmentIds.every((id) => known.has(id))) throw new AppError('invalid', 'unknown_department')
    const before = await listAssignedDepartments(tx, { universityId, memberId })
    const added = [...new Set(input.departmentIds)].filter((id) => !before.includes(id))
    const removed = before.filter((id) => !input.departmentIds.includes(id))
    await addAssignments(tx, { universityId, memberId, departmentIds: added, now })
    await removeAssignments(tx, { universityId, memberId, departmentIds: removed })
    const about = { actor, subject: { kind: 'member' as const, id: memberId }, occurredAt: now }
    for (const departmentId of added) {
      await recordAuditEvent(tx, { ...about, action: 'department.assigned', data: { memberId, departmentId } })
    }
    for (const departmentId of removed) {
      await recordAuditEvent(tx, { ...about, action: 'department.unassigned', data: { memberId, departmentId } })
    }
    return undefined
  })
}
