import type { GivenYes, NamedClaim } from '@/lib/db/ledger-grounds'
import type { LedgerEntryBody } from '@/lib/domain/ledger'
import type { FoundFault } from './faults'

type Grounds = { claims: readonly NamedClaim[]; yeses: readonly GivenYes[] }

/**
 * Whether an award is of the claim that it names: the student's own, for that term, endorsed and approved by the members
 * whom the line names, and student, endorser and approver three different people. A person may be several members: what
 * counts are persons.
 */
export function checkDecisions(body: LedgerEntryBody, { claims, yeses }: Grounds): FoundFault | null {
  const claim = claims.find(({ claimId }) => claimId === body.claimId)
  if (claim?.memberId !== body.memberId || claim.termId !== body.termId) {
    return { fault: 'claim_of_other', data: { claimId: body.claimId } }
  }
  const given = (stage: GivenYes['stage'], memberId: string | null): GivenYes | undefined =>
    yeses.find((yes) => yes.claimId === claim.claimId && yes.stage === stage && yes.memberId === memberId)
  const endorsement = given('endorsement', body.endorsedByMemberId)
  if (!endorsement) return { fault: 'endorsement_missing', data: { memberId: body.endorsedByMemberId } }
  const approval = given('approval', body.approvedByMemberId)
  if (!approval) return { fault: 'approval_missing', data: { memberId: body.approvedByMemberId } }
  const persons = new Set([claim.personId, endorsement.personId, approval.personId])
  return persons.size === 3 ? null : { fault: 'same_person_decided', data: { memberId: body.approvedByMemberId } }
}
