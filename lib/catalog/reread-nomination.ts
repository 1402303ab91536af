import { findNomination, saveNominationEvidence } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { enqueue } from '@/lib/queue/enqueue'

/**
 * Asks the platform about a nominated repository anew: after a failure, or since it is not what it was.
 * @throws AppError not_found `nomination_not_found`; conflict `nomination_decided`
 */
export async function rereadNomination(actor: MemberActor, input: { nominationId: string }): Promise<void> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const key = { universityId, nominationId: input.nominationId }
  await withScope({ universityId }, async (tx) => {
    if ((await findNomination(tx, key)) === null) throw new AppError('not_found', 'nomination_not_found')
    const begun = await saveNominationEvidence(tx, key, {
      evidenceState: 'waiting',
      evidence: null,
      evidenceAt: null,
      evidenceFailure: null,
      evidenceStrikes: 0,
    })
    if (!begun) throw new AppError('conflict', 'nomination_decided')
    await enqueue(tx, 'read-nomination', key)
  })
}
