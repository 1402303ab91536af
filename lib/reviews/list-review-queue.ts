import type { MemberActor } from '@/lib/domain/actor'
import { hasRole } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { listQueue } from './list-queue'
import { type QueueQuery, queueQuerySchema } from './schema'
import type { ReviewQueue } from './view'

/**
 * Claims that wait for an endorsement in the departments assigned to the actor, longest first; never the actor's own.
 * @throws AppError forbidden `role_not_allowed`; not_found `department_not_found`; invalid `bad_cursor`
 */
export async function listReviewQueue(
  actor: MemberActor,
  query: QueueQuery = {},
  options: { limit?: number } = {},
): Promise<ReviewQueue> {
  const { departmentId, filter, cursor } = queueQuerySchema.parse(query)
  assertCan(actor, 'review.queue', { universityId: actor.universityId })
  // An admin has the approvals; here are those who may endorse.
  if (!hasRole(actor, 'reviewer')) throw new AppError('forbidden', 'role_not_allowed')
  const assigned = actor.reviewDepartmentIds
  if (departmentId !== null && !assigned.includes(departmentId)) throw new AppError('not_found', 'department_not_found')
  return listQueue(actor, {
    state: 'in_review',
    departmentIds: assigned,
    shownDepartmentId: departmentId,
    filter,
    cursor,
    ...options,
  })
}
