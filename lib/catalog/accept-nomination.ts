import { recordAuditEvent } from '@/lib/db/audit-events'
import { findCatalogRow } from '@/lib/db/catalog-list'
import { decideNomination, findNomination } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { keysOf } from './find-catalog-line'
import type { AcceptNominationInput } from './schema'
import { tellNominators } from './tell-nominators'
import { writeOverride } from './write-override'

/**
 * Takes a nominated repository into the university's catalog, under the name and number that the platform gave: the
 * university's own word is written, reading it begins where that needs a word, and everybody who nominated it is told.
 * @throws AppError not_found `nomination_not_found`; conflict `nomination_not_read`, `nomination_decided`, `catalog_changed`
 */
export async function acceptNomination(
  actor: MemberActor,
  input: AcceptNominationInput,
  { now }: { now: Date },
): Promise<void> {
  const { universityId, memberId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const { nominationId, kind, tier, reason } = input
  const key = { universityId, nominationId }
  await withScope(actor, async (tx) => {
    const nomination = await findNomination(tx, key)
    if (nomination === null) throw new AppError('not_found', 'nomination_not_found')
    const isDecided = await decideNomination(tx, key, { state: 'accepted', memberId, reason, now })
    if (!isDecided) throw new AppError('conflict', 'nomination_decided')
    const { platform, evidence } = nomination
    if (evidence === null) throw new AppError('conflict', 'nomination_not_read')
    const place = { platform, owner: evidence.owner, name: evidence.name }
    const before = await findCatalogRow(tx, keysOf(place))
    const isSaved = await writeOverride(tx, {
      actor,
      word: {
        ...place,
        status: 'included',
        kind,
        tier,
        reason,
        acceptedBranches: before?.acceptedBranches ?? [],
        platformId: evidence.platformRepositoryId,
      },
      expectedVersion: before?.ownVersion ?? null,
      now,
    })
    if (!isSaved) throw new AppError('conflict', 'catalog_changed')
    const fullName = `${place.owner}/${place.name}`
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.nomination_accepted',
      subject: { kind: 'catalog_nomination', id: nominationId },
      data: { platform, fullName },
      occurredAt: now,
    })
    await tellNominators(tx, { universityId, nomination, code: 'nomination_accepted', fullName, reason, now })
  })
}
