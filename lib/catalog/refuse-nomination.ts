import { recordAuditEvent } from '@/lib/db/audit-events'
import { decideNomination, findNomination } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { RefuseNominationInput } from './schema'
import { tellNominators } from './tell-nominators'

/**
 * Refuses a nomination with a reason, which everybody who nominated the repository reads. The catalog stays as it is.
 * @throws AppError not_found `nomination_not_found`; conflict `nomination_decided`
 */
export async function refuseNomination(
  actor: MemberActor,
  { nominationId, reason }: RefuseNominationInput,
  { now }: { now: Date },
): Promise<void> {
  const { universityId, memberId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const key = { universityId, nominationId }
  await withScope({ universityId }, async (tx) => {
    const nomination = await findNomination(tx, key)
    if (nomination === null) throw new AppError('not_found', 'nomination_not_found')
    const isDecided = await decideNomination(tx, key, { state: 'refused', memberId, reason, now })
    if (!isDecided) throw new AppError('conflict', 'nomination_decided')
    const { platform, owner, name } = nomination
    const fullName = `${owner}/${name}`
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.nomination_refused',
      subject: { kind: 'catalog_nomination', id: nominationId },
      data: { platform, fullName },
      occurredAt: now,
    })
    await tellNominators(tx, { universityId, nomination, code: 'nomination_refused', fullName, reason, now })
  })
}
