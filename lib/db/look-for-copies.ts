import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

/**
 * Has the contributions of some identities looked at for copies, once this is committed, at whatever university their owners
 * are: a job for each person (`find-copies`). Who has not linked is left aside.
 */
export async function lookForCopies(tx: Tx, platform: Platform, authorIds: Iterable<string | null>): Promise<void> {
  const ids = new Set([...authorIds].filter((id) => id !== null))
  if (ids.size > 0) await tx.$executeRaw`select look_for_copies(${platform}, ${[...ids]}::text[])`
}
