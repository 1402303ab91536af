import { type ClaimRow, findClaim } from '@/lib/db/claims'
import { type DecisionOnClaim, findLastDecision, listDecisionsWithPeople } from '@/lib/db/decisions'
import type { Tx } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { stageOf } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { can, type Permission, type Resource } from '@/lib/domain/permissions'
import type { DecisionAction } from '@/lib/domain/review-reasons'

/** A claim as those who decide come to it. */
export type ReviewedClaim = {
  claim: ClaimRow
  /** Of all rounds, oldest first. */
  decisions: readonly DecisionOnClaim[]
  /** Everybody who ever endorsed it, the latest last: none of them approves it. */
  endorsers: readonly { personId: string; memberId: string }[]
}

/**
 * A claim that was handed in, of the departments that the actor sees. A draft is its student's own business.
 * @throws AppError not_found `claim_not_found`, the same for what is not there and what is not the actor's to see
 */
export async function getReviewedClaim(tx: Tx, actor: MemberActor, claimId: string): Promise<ReviewedClaim> {
  const key = { universityId: actor.universityId, claimId }
  const claim = await findClaim(tx, key)
  const seen = claim?.submittedAt && can(actor, 'claim.view', resourceOf(actor, claim, [])).allowed
  if (!claim || !seen) throw new AppError('not_found', 'claim_not_found')
  const decisions = await listDecisionsWithPeople(tx, key)
  return { claim, decisions, endorsers: decisions.filter(({ action }) => action === 'endorse') }
}

const PERMISSION = {
  endorse: 'review.endorse',
  request_changes: 'review.request_changes',
  reject: 'review.reject',
  approve: 'review.approve',
} as const satisfies Record<DecisionAction, string>

/** Whether the actor may do this to the claim as it stands. */
export function mayDecide(
  actor: MemberActor,
  action: DecisionAction,
  { claim, endorsers }: { claim: ClaimFacts; endorsers: readonly { personId: string }[] },
): Permission {
  const resource = resourceOf(
    actor,
    claim,
    endorsers.map(({ personId }) => personId),
  )
  return can(actor, PERMISSION[action], resource)
}

type ClaimFacts = Pick<ClaimRow, 'personId' | 'departmentId' | 'state'>

function resourceOf(actor: MemberActor, claim: ClaimFacts, endorsedByPersonIds: readonly string[]): Resource {
  return {
    universityId: actor.universityId,
    ownerPersonId: claim.personId,
    departmentId: claim.departmentId,
    stage: stageOf(claim.state),
    endorsedByPersonIds,
  }
}

/**
 * Why a claim is not any more what the reviewer read: who decided first and how, or that its student took it back.
 * Read anew, so that what another transaction just committed is seen.
 */
export async function explainConflict(
  tx: Tx,
  key: { universityId: string; claimId: string },
  readVersion: number,
): Promise<AppError> {
  const claim = await findClaim(tx, key)
  if (claim?.state === 'withdrawn') return new AppError('conflict', 'claim_withdrawn')
  const last = await findLastDecision(tx, key)
  if (last && last.claimVersion >= readVersion) {
    return new AppError('conflict', 'decided_first', { name: last.name, action: last.action })
  }
  return new AppError('conflict', 'claim_changed')
}
