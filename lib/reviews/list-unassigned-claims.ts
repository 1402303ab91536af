import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import { listUnassignedClaims as listStored, type UnassignedClaim } from '@/lib/db/unassigned-claims'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'

/** As many as a screen holds; when they are seen to, the next come up. */
const SHOWN = 20

/**
 * Claims of the university that are in nobody's queue: their student has no department. A roster that names it puts them
 * into its reviewers' queue.
 * @throws AppError forbidden `role_not_allowed`
 */
export async function listUnassignedClaims(
  actor: MemberActor,
): Promise<{ claims: readonly UnassignedClaim[]; timeZone: string }> {
  const { universityId } = actor
  assertCan(actor, 'people.list', { universityId })
  return withScope({ universityId }, async (tx) => ({
    claims: await listStored(tx, { universityId, limit: SHOWN }),
    timeZone: await getTimeZone(tx, universityId),
  }))
}
