import { listWarnedClassWeeks } from '@/lib/db/class-items'
import type { Tx } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import { enqueue } from './enqueue'

/**
 * How much a class sent a repository in a week changed with a claim: one came to it, or was withdrawn or
 * rejected. The claims of those weeks are looked at again, a job for each week and repository of the class, however many claims queue
 * it. Called after the change, in its transaction.
 */
export async function queueClassLooks(
  tx: Tx,
  { universityId, claimId }: { universityId: string; claimId: string },
): Promise<void> {
  const timeZone = await getTimeZone(tx, universityId)
  for (const week of await listWarnedClassWeeks(tx, { universityId, claimId, timeZone })) {
    const change = { kind: 'class', ...week } as const
    await enqueue(tx, 'rewarn-claims', { universityId, change, afterClaimId: null })
  }
}
