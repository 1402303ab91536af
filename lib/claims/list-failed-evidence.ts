import { type FailedEvidence, listFailedEvidence as listStored } from '@/lib/db/evidence-failures'
import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'

/** As many as a screen holds; when they are seen to, the next come up. */
const SHOWN = 20

/**
 * Claims of the university whose evidence was given up, what waits longest first.
 * @throws AppError forbidden `role_not_allowed`
 */
export async function listFailedEvidence(
  actor: MemberActor,
): Promise<{ claims: readonly FailedEvidence[]; timeZone: string }> {
  const { universityId } = actor
  // Who may list the university's people may see whose claims are stuck.
  assertCan(actor, 'people.list', { universityId })
  return withScope({ universityId }, async (tx) => ({
    claims: await listStored(tx, { universityId, limit: SHOWN }),
    timeZone: await getTimeZone(tx, universityId),
  }))
}
