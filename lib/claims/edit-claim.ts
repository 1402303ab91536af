import { recordAuditEvent } from '@/lib/db/audit-events'
import { replaceClaimItems } from '@/lib/db/claim-items'
import { updateClaim } from '@/lib/db/claims'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { isEditable } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { getOwnContributions, toNewItems } from './claim-items-of'
import { assertVersion, getOwnClaim } from './own-claim'
import { type EditClaimInput, editClaimSchema } from './schema'

/**
 * Changes a draft, or a claim that was sent back: its contributions, declarations and statement; the term stays.
 * @throws AppError not_found `claim_not_found`, `contribution_not_found`; conflict `claim_changed`, `claim_not_editable`
 */
export async function editClaim(
  actor: MemberActor,
  input: EditClaimInput,
  deps = { now: new Date() },
): Promise<{ version: number }> {
  const { claimId, version, ...content } = editClaimSchema.parse(input)
  const { universityId } = actor
  const { now } = deps
  return withScope(actor, async (tx) => {
    const claim = await getOwnClaim(tx, actor, claimId, 'claim.edit')
    if (!isEditable(claim.state)) throw new AppError('conflict', 'claim_not_editable')
    assertVersion(claim, version)
    const contributions = await getOwnContributions(tx, actor.personId, content.contributionIds)
    const change = { statement: content.statement, itemCount: contributions.length, now }
    const changed = await updateClaim(tx, { universityId, claimId, state: claim.state, version }, change)
    if (!changed) throw new AppError('conflict', 'claim_changed')
    await replaceClaimItems(tx, { universityId, claimId }, toNewItems(contributions, content))
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.edited',
      subject: { kind: 'claim', id: claimId },
      data: { claimId, items: contributions.length },
      occurredAt: now,
    })
    return { version: version + 1 }
  })
}
