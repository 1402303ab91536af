import type { ClaimCalculation } from '@/lib/db/claim-calculation'
import type { ClaimRow } from '@/lib/db/claims'
import { findCreditedStudent } from '@/lib/db/credited-students'
import { issueCreditEntry } from '@/lib/db/issue-credit-entry'
import type { Tx } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

type Input = {
  claim: ClaimRow
  endorsers: readonly { personId: string; memberId: string }[]
  calculated: ClaimCalculation
  now: Date
}

/**
 * Enters the credit of a claim that is being approved. The caller holds the student's credits, so that the prior credits in
 * the calculation are those that the ledger has when the line is added.
 */
export async function creditClaim(
  tx: Tx,
  actor: MemberActor,
  { claim, endorsers, calculated, now }: Input,
): Promise<{ creditHundredths: number; sequence: number }> {
  const { universityId } = actor
  assertCan(actor, 'ledger.issue', {
    universityId,
    ownerPersonId: claim.personId,
    stage: 'approval',
    endorsedByPersonIds: endorsers.map(({ personId }) => personId),
  })
  const endorser = endorsers.at(-1)
  // Every credited item rests on evidence: a figure without it could not be proved later.
  if (calculated.evidenceHashes.length !== calculated.items.length)
    throw new AppError('conflict', 'evidence_incomplete')
  if (!endorser) throw new Error(`claim ${claim.id}: approved without an endorsement`)
  const { creditHundredths } = calculated.calculation
  const { sequence } = await issueCreditEntry(tx, {
    universityId,
    kind: 'award',
    claimId: claim.id,
    correctsEntryId: null,
    memberId: claim.memberId,
    termId: claim.termId,
    creditHundredths,
    award: {
      record: calculated.record,
      evidenceHashes: calculated.evidenceHashes,
      endorsedByMemberId: endorser.memberId,
    },
    student: await findCreditedStudent(tx, { universityId, memberId: claim.memberId }),
    approvedByMemberId: actor.memberId,
    reason: null,
    issuedAt: now,
  })
  return { creditHundredths, sequence }
}
