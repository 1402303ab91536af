import { recordAuditEvent } from '@/lib/db/audit-events'
import { FRESH_EVIDENCE, findClaim, holdClaim, setEvidenceProgress } from '@/lib/db/claims'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { can } from '@/lib/domain/permissions'
import { enqueue } from '@/lib/queue/enqueue'
import { type RetryEvidenceInput, retryEvidenceSchema } from './schema'

/**
 * Collects the evidence of a claim anew, after it was given up: by its student, or by an admin who put right what stood in
 * the way. What is frozen already stays.
 * @throws AppError not_found `claim_not_found`; conflict `evidence_not_failed`; ZodError for a bad shape
 */
export async function retryEvidence(
  actor: MemberActor,
  input: RetryEvidenceInput,
  deps: { now: Date } = { now: new Date() },
): Promise<void> {
  const { claimId } = retryEvidenceSchema.parse(input)
  const { universityId } = actor
  const key = { universityId, claimId }
  await withScope({ universityId }, async (tx) => {
    await holdClaim(tx, key)
    const claim = await findClaim(tx, key)
    const resource = { universityId, ownerPersonId: claim?.personId ?? null }
    if (claim === null || !can(actor, 'claim.retry_evidence', resource).allowed) {
      throw new AppError('not_found', 'claim_not_found')
    }
    if (claim.state !== 'submitted' || claim.evidenceState !== 'failed') {
      throw new AppError('conflict', 'evidence_not_failed')
    }
    await setEvidenceProgress(tx, key, FRESH_EVIDENCE)
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.evidence_retried',
      subject: { kind: 'claim', id: claimId },
      data: { claimId },
      occurredAt: deps.now,
    })
    await enqueue(tx, 'freeze-evidence', key)
  })
}
