import { listUniversitiesOfPerson } from '@/lib/db/members-sign-in'
import type { Tx } from '@/lib/db/scope'
import type { Platform } from '@/lib/domain/platform'
import { enqueue } from '@/lib/queue/enqueue'

/**
 * An account was taken out of use or into it: at each university of the person the claims with its contributions are looked
 * at again by a job, once this is committed.
 */
export async function queueRewarning(
  tx: Tx,
  { personId, platform, platformUserId }: { personId: string; platform: Platform; platformUserId: string },
): Promise<void> {
  const change = { kind: 'account', personId, platform, platformUserId } as const
  for (const universityId of await listUniversitiesOfPerson(tx, personId)) {
    await enqueue(tx, 'rewarn-claims', { universityId, change, afterClaimId: null })
  }
}
