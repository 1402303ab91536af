import type { MemberActor } from '@/lib/domain/actor'
import { hasRole } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { listQueue } from './list-queue'
import { type QueueQuery, queueQuerySchema } from './schema'
import type { ReviewQueue } from './view'

/**
 * Endorsed claims of the university that wait for approval, longest first; never the actor's own. Those that the actor
 * endorsed are in it and say so: somebody else approves them.
 * @throws AppError forbidden `role_not_allowed`; invalid `bad_cursor`
 */
export async function listApprovalQueue(
  actor: MemberActor,
  query: QueueQuery = {},
  options: { limit?: number } = {},
): Promise<ReviewQueue> {
  const { departmentId, filter, cursor } = queueQuerySchema.parse(query)
  assertCan(actor, 'review.queue', { universityId: actor.universityId })
  if (!hasRole(actor, 'admin')) throw new AppError('forbidden', 'role_not_allowed')
  return listQueue(actor, {
    state: 'endorsed',
    departmentIds: null,
    shownDepartmentId: departmentId,
    filter,
    cursor,
    ...options,
  })
}
