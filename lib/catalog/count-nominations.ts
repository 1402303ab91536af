import { countOpenNominations } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'

/** How many nominations wait for a decision. */
export async function countNominations(actor: MemberActor): Promise<number> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const { count } = await withScope({ universityId }, (tx) => countOpenNominations(tx, universityId))
  return count
}
