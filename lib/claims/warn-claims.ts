import { listClaimsHolding } from '@/lib/db/claim-items'
import { withScope } from '@/lib/db/scope'
import { listUniversitiesHolding } from '@/lib/db/universities-holding'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { warnClaim } from './warn-claim'

/**
 * Something under a contribution changed (a revert, a copy that is claimed too, its facts): the live claims that hold it,
 * at whatever university, are looked at again.
 * @returns how many claims got a new warning
 */
export async function warnClaims(
  actor: SystemActor,
  { contributionId }: { contributionId: string; code: string },
  deps = { now: new Date() },
): Promise<number> {
  const universityIds = await withScope({}, (tx) => listUniversitiesHolding(tx, contributionId))
  let warned = 0
  for (const universityId of universityIds) {
    assertCan({ ...actor, universityId }, 'claim.freeze_evidence', { universityId })
    const holding = await withScope({ universityId }, (tx) => listClaimsHolding(tx, universityId, contributionId))
    for (const { claimId } of holding) {
      if (await warnClaim({ ...actor, universityId }, { universityId, claimId }, deps.now)) warned += 1
    }
  }
  return warned
}
