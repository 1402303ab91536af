import type { Tx } from '@/lib/db/scope'
import { enqueue } from '@/lib/queue/enqueue'
import type { RepositorySession } from './repository-session'

/** A job asks about so many at most: one that a limit breaks off has not far to go back. */
const AT_ONCE = 50

/** What a list leaves out of some contributions is asked by jobs of their own, once this is committed. */
export async function enqueueCompletion(
  tx: Tx,
  { universityId, platform }: Pick<RepositorySession, 'universityId' | 'platform'>,
  { repositoryId, numbers }: { repositoryId: string; numbers: readonly number[] },
): Promise<void> {
  for (let start = 0; start < numbers.length; start += AT_ONCE) {
    const part = numbers.slice(start, start + AT_ONCE)
    await enqueue(tx, 'complete-contributions', {
      universityId,
      platform: platform.platform,
      repositoryId,
      numbers: part,
    })
  }
}
