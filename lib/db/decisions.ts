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

/** Everybody who ever endorsed the claim, in earlier rounds too, the latest last: none of them approves it. */
export async function listEndorsers(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
): Promise<{ personId: string; memberId: string }[]> {
  return tx.decision.findMany({
    where: { universityId, claimId, action: 'endorse' },
    orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }],
    select: { personId: true, memberId: true },
  })
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
