import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { RemoveOverrideInput } from './schema'
import { takeBackOverride } from './take-back-override'

/**
 * Takes the university's own word back: the shared base holds again; see {@link takeBackOverride}.
 * @throws AppError conflict `catalog_changed` when it is gone, or was changed meanwhile
 */
export async function removeOverride(
  actor: MemberActor,
  { expectedVersion, ...key }: RemoveOverrideInput,
  { now }: { now: Date },
): Promise<void> {
  assertCan(actor, 'catalog.override', { universityId: actor.universityId })
  await withScope(actor, async (tx) => {
    const isTaken = await takeBackOverride(tx, { actor, key, expectedVersion, now })
    if (!isTaken) throw new AppError('conflict', 'catalog_changed')
  })
}
