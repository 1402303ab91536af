import { z } from 'zod'
import type { ClaimStage } from '@/lib/domain/claim-states'
import { DECISION_ACTIONS, type DecisionAction, type ReviewReason } from '@/lib/domain/review-reasons'
import type { ItemOutcome } from './claim-items'
import type { ClaimKey } from './claims'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** What a reviewer said about one item. */
export type ItemDecision = {
  claimItemId: string
  outcome: ItemOutcome
  reasonCode: ReviewReason | null
  comment: string
}

type NewDecision = ClaimKey & {
  stage: ClaimStage
  action: DecisionAction
  memberId: string
  personId: string
  reasonCode: ReviewReason | null
  comment: string
  items: readonly ItemDecision[]
  /** The claim's version that was decided on. */
  claimVersion: number
  decidedAt: Date
}

/** Keeps a decision, for good; returns its id. */
export async function insertDecision(tx: Tx, { items, ...decision }: NewDecision): Promise<string> {
  const row = await tx.decision.create({
    data: { ...decision, items: items.map((item) => ({ ...item })) },
    select: { id: true },
  })
  return row.id
}

/** A decision as those who decide after it see it. */
export type DecisionOnClaim = z.output<typeof decisionSchema>

const decisionSchema = z.object({
  id: z.string(),
  stage: z.string(),
  action: z.enum(DECISION_ACTIONS),
  personId: z.string(),
  memberId: z.string(),
  deciderName: z.string(),
  reasonCode: z.string().nullable(),
  comment: z.string(),
  decidedAt: z.date(),
})

/** Everything that was decided on a claim, in all its rounds, oldest first. One query. */
export async function listDecisionsWithPeople(tx: Tx, { universityId, claimId }: ClaimKey): Promise<DecisionOnClaim[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select d.id::text, d.stage, d.action, d.person_id::text as "personId", d.member_id::text as "memberId",
           m.name as "deciderName", d.reason_code as "reasonCode", d.comment, d.decided_at as "decidedAt"
      from decision d join member m on m.university_id = d.university_id and m.id = d.member_id
     where d.university_id = ${universityId}::uuid and d.claim_id = ${claimId}::uuid
     order by d.decided_at, d.id`
  return z.array(decisionSchema).parse(rows)
}

/** Who decided last, on which version, and how; null when nobody did. */
export async function findLastDecision(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
): Promise<{ name: string; action: DecisionAction; claimVersion: number } | null> {
  const row = await tx.decision.findFirst({
    where: { universityId, claimId },
    orderBy: [{ claimVersion: 'desc' }, { id: 'desc' }],
    select: { action: true, claimVersion: true, member: { select: { name: true } } },
  })
  return row && { name: row.member.name, claimVersion: row.claimVersion, action: oneOf(DECISION_ACTIONS, row.action) }
}

/** Writes what was decided on items; items that are not named keep what they have. */
export async function saveItemOutcomes(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  items: readonly { claimItemId: string; outcome: ItemOutcome | null; reasonCode: string | null; comment: string }[],
): Promise<void> {
  if (items.length === 0) return
  await tx.$executeRaw`
    update claim_item i set outcome = n.outcome, outcome_reason = n.reason, outcome_comment = n.comment
      from unnest(
        ${items.map(({ claimItemId }) => claimItemId)}::uuid[], ${items.map(({ outcome }) => outcome)}::text[],
        ${items.map(({ reasonCode }) => reasonCode)}::text[], ${items.map(({ comment }) => comment)}::text[]
      ) as n(id, outcome, reason, comment)
     where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid and i.id = n.id`
}

/**
 * Writes the figure of a claim whose change of state is being made in this transaction; the version moved with that.
 * @returns how many warnings the claim has, read with the row held
 */
export async function setClaimFigure(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  creditHundredths: number,
): Promise<number> {
  const { warningCount } = await tx.claim.update({
    where: { universityId_id: { universityId, id: claimId } },
    data: { creditHundredths },
    select: { warningCount: true },
  })
  return warningCount
}

/** Lets go of some works of a claim: those of its refused items. */
export async function releaseSomeWorks(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  workIds: readonly string[],
): Promise<void> {
  if (workIds.length === 0) return
  await tx.liveWork.deleteMany({ where: { universityId, claimId, workId: { in: [...workIds] } } })
}
