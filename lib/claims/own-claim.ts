import { type ClaimRow, findClaim } from '@/lib/db/claims'
import type { Tx } from '@/lib/db/scope'
import { findTerm, holdTerm, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { type Action, assertCan } from '@/lib/domain/permissions'
import type { ClaimTerm } from './view'

/**
 * The actor's own claim.
 * @throws AppError not_found `claim_not_found` where there is none, or it is somebody else's
 */
export async function getOwnClaim(tx: Tx, actor: MemberActor, claimId: string, action: Action): Promise<ClaimRow> {
  const claim = await findClaim(tx, { universityId: actor.universityId, claimId })
  // A professor or an admin may look at it, but elsewhere: these are the doors of the one whose it is.
  if (claim === null || claim.personId !== actor.personId) throw new AppError('not_found', 'claim_not_found')
  assertCan(actor, action, {
    universityId: actor.universityId,
    ownerPersonId: claim.personId,
    departmentId: claim.departmentId,
  })
  return claim
}

/** @throws AppError conflict `claim_changed` when the claim moved on since the actor saw it */
export function assertVersion(claim: ClaimRow, version: number): void {
  if (claim.version !== version) throw new AppError('conflict', 'claim_changed')
}

/**
 * A term that takes claims.
 * @throws AppError not_found `term_not_found`, conflict `term_closed`
 */
export async function getOpenTerm(tx: Tx, universityId: string, termId: string): Promise<TermRow> {
  await holdTerm(tx, universityId, termId)
  const term = await getTerm(tx, universityId, termId)
  if (term.closedAt !== null) throw new AppError('conflict', 'term_closed')
  return term
}

/** @throws AppError not_found `term_not_found` */
export async function getTerm(tx: Tx, universityId: string, termId: string): Promise<TermRow> {
  const term = await findTerm(tx, universityId, termId)
  if (term === null) throw new AppError('not_found', 'term_not_found')
  return term
}

export function toClaimTerm({ closedAt, ...term }: TermRow): ClaimTerm {
  return { ...term, closed: closedAt !== null }
}
