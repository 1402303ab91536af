import { recordAuditEvent } from '@/lib/db/audit-events'
import { findClaim, holdClaim, setEvidenceProgress } from '@/lib/db/claims'
import { addNotification } from '@/lib/db/notifications'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import type { EvidenceFailure } from '@/lib/domain/evidence-tries'
import { assertCan } from '@/lib/domain/permissions'
import { getTerm } from './own-claim'

type Input = {
  universityId: string
  claimId: string
  failure: EvidenceFailure
  /** What the failures weigh; left out where it was not the platforms that failed. */
  strikes?: number
}

/**
 * Ends the collecting of a claim's evidence: the claim says why, its student is told, and nothing goes on until somebody
 * asks for it anew. A claim that does not wait for evidence any more is left alone.
 * @returns whether it was ended
 */
export async function giveUpEvidence(actor: SystemActor, input: Input, { now }: { now: Date }): Promise<boolean> {
  const { universityId, claimId, failure, strikes = 0 } = input
  assertCan(actor, 'claim.freeze_evidence', { universityId })
  const key = { universityId, claimId }
  return withScope({ universityId }, async (tx) => {
    await holdClaim(tx, key)
    const claim = await findClaim(tx, key)
    if (claim?.state !== 'submitted' || claim.evidenceState !== 'collecting') return false
    const { code: termCode } = await getTerm(tx, universityId, claim.termId)
    await setEvidenceProgress(tx, key, {
      evidenceState: 'failed',
      evidenceFailure: failure,
      evidenceStrikes: strikes,
      evidenceRetryAt: null,
    })
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.evidence_failed',
      subject: { kind: 'claim', id: claimId },
      data: { claimId, failureKind: failure },
      occurredAt: now,
      universityId,
    })
    await addNotification(tx, {
      universityId,
      memberId: claim.memberId,
      code: 'claim_evidence_failed',
      data: { claimId, termCode, failureKind: failure },
      createdAt: now,
    })
    return true
  })
}
