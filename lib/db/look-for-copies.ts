import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

/**
 * Has the contributions of some identities looked at for copies, once this is committed, at whatever university their owners
 * are: a job (`find-copies`) for each person who landed two changes of one size in different places. Nobody else can have any.
 */
export async function lookForCopies(tx: Tx, platform: Platform, authorIds: Iterable<string | null>): Promise<void> {
  const ids = new Set([...authorIds].filter((id) => id !== null))
  if (ids.size > 0) await tx.$executeRaw`select look_for_copies(${platform}, ${[...ids]}::text[])`
}
