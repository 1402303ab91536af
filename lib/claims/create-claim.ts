import { recordAuditEvent } from '@/lib/db/audit-events'
import { replaceClaimItems } from '@/lib/db/claim-items'
import { insertClaim, updateClaim } from '@/lib/db/claims'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { getOwnContributions, toNewItems } from './claim-items-of'
import { getOpenTerm } from './own-claim'
import { type CreateClaimInput, createClaimSchema } from './schema'

/**
 * Starts a claim: a draft over own contributions, for an open term. Nothing is reserved yet.
 * @throws AppError not_found `contribution_not_found`, `term_not_found`; conflict `term_closed`; ZodError for a bad shape
 */
export async function createClaim(
  actor: MemberActor,
  input: CreateClaimInput,
  deps = { now: new Date() },
): Promise<{ claimId: string }> {
  const content = createClaimSchema.parse(input)
  assertCan(actor, 'claim.create', { universityId: actor.universityId, ownerPersonId: actor.personId })
  const { now } = deps
  return withScope(actor, async (tx) => {
    const term = await getOpenTerm(tx, actor.universityId, content.termId)
    const contributions = await getOwnContributions(tx, actor.personId, content.contributionIds)
    const { universityId, memberId, personId } = actor
    const draft = { universityId, memberId, personId, termId: term.id, statement: content.statement, now }
    const claimId = await insertClaim(tx, draft)
    await replaceClaimItems(tx, { universityId, claimId }, toNewItems(contributions, content))
    const itemCount = contributions.length
    await updateClaim(tx, { universityId, claimId, state: 'draft', version: 1 }, { itemCount, now })
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.created',
      subject: { kind: 'claim', id: claimId },
      data: { claimId, termId: term.id },
      occurredAt: now,
    })
    return { claimId }
  })
}
