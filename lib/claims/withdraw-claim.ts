import { recordAuditEvent } from '@/lib/db/audit-events'
import { updateClaim } from '@/lib/db/claims'
import { releaseWorks } from '@/lib/db/live-works'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { nextState } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { queueClassLooks } from '@/lib/queue/queue-class-looks'
import { assertVersion, getOwnClaim } from './own-claim'
import { type ClaimStepInput, claimStepSchema } from './schema'

/**
 * Takes a claim back: its works may be claimed again. What was collected and decided stays as history.
 * @throws AppError not_found `claim_not_found`; conflict `claim_changed`, `wrong_state`
 */
export async function withdrawClaim(
  actor: MemberActor,
  input: ClaimStepInput,
  deps = { now: new Date() },
): Promise<{ version: number }> {
  const { claimId, version } = claimStepSchema.parse(input)
  const key = { universityId: actor.universityId, claimId }
  return withScope(actor, async (tx) => {
    const claim = await getOwnClaim(tx, actor, claimId, 'claim.withdraw')
    assertVersion(claim, version)
    const next = nextState(claim.state, 'withdraw', {
      acceptedItems: claim.itemCount,
      termOpen: true,
      evidenceComplete: claim.evidenceState === 'complete',
      hasReason: false,
    })
    if (!next.ok) throw new AppError('conflict', next.code)
    const changed = await updateClaim(tx, { ...key, state: claim.state, version }, { state: next.state, now: deps.now })
    if (!changed) throw new AppError('conflict', 'claim_changed')
    await releaseWorks(tx, key)
    await queueClassLooks(tx, key)
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.withdrawn',
      subject: { kind: 'claim', id: claimId },
      data: { claimId, fromState: claim.state },
      occurredAt: deps.now,
    })
    return { version: version + 1 }
  })
}
