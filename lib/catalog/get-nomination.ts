import { findNomination } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { toNominationView } from './to-view'
import type { NominationView } from './view'

/**
 * One nomination with its evidence, as an admin decides on it.
 * @throws AppError not_found `nomination_not_found`
 */
export async function getNomination(
  actor: MemberActor,
  { nominationId }: { nominationId: string },
  { now }: { now: Date },
): Promise<NominationView> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const row = await withScope({ universityId }, (tx) => findNomination(tx, { universityId, nominationId }))
  if (row === null) throw new AppError('not_found', 'nomination_not_found')
  return toNominationView(row, now)
}
