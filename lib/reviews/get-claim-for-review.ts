import { z } from 'zod'
import { calculateClaim, findCreditedCalculation } from '@/lib/db/claim-calculation'
import { listClaimCredits } from '@/lib/db/claim-credits'
import { type ClaimItemRow, listClaimItems } from '@/lib/db/claim-items'
import type { ClaimRow } from '@/lib/db/claims'
import { type EvidenceRow, listEvidence } from '@/lib/db/evidence'
import { type ClaimedFact, type ClaimSetting, findClaimSetting, listClaimedFacts } from '@/lib/db/review-claims'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { isTerminal, stageOf } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { assertCan, type RefusalCode } from '@/lib/domain/permissions'
import { DECISION_ACTIONS, type DecisionAction } from '@/lib/domain/review-reasons'
import { getReviewedClaim, mayDecide, type ReviewedClaim } from './reviewed-claim'
import type { ReviewCalculation, ReviewClaim, ReviewEvidence, ReviewItem } from './view'

/**
 * A claim with everything that is looked at to decide it, but the diffs.
 * @throws AppError forbidden `role_not_allowed`; not_found `claim_not_found`
 */
export async function getClaimForReview(actor: MemberActor, claimId: string): Promise<ReviewClaim> {
  assertCan(actor, 'review.queue', { universityId: actor.universityId })
  // What cannot be an id is an address that somebody typed.
  if (!z.uuid().safeParse(claimId).success) throw new AppError('not_found', 'claim_not_found')
  const key = { universityId: actor.universityId, claimId }
  return withScope({ universityId: actor.universityId }, async (tx) => {
    const reviewed = await getReviewedClaim(tx, actor, claimId)
    const setting = await findClaimSetting(tx, key)
    if (setting === null) throw new AppError('not_found', 'claim_not_found')
    const known = {
      facts: await listClaimedFacts(tx, key),
      evidence: await listEvidence(tx, key),
      calculation: await findCalculation(tx, { ...key, claim: reviewed.claim }),
    }
    const items = await listClaimItems(tx, key)
    const credits = await listClaimCredits(tx, { universityId: actor.universityId, claimIds: [claimId] })
    const credit = credits.get(claimId) ?? null
    return {
      ...headOf(reviewed.claim, setting),
      creditHundredths: credit?.netHundredths ?? known.calculation?.creditHundredths ?? reviewed.claim.creditHundredths,
      credit,
      items: items.flatMap((item) => toReviewItem(item, known)),
      calculation: known.calculation,
      decisions: reviewed.decisions.map(({ personId: _, memberId: __, ...decision }) => decision),
      ...choicesOf(actor, reviewed),
    }
  })
}

function headOf(claim: ClaimRow, setting: ClaimSetting) {
  const { studentName, studentNumber, departmentName, programme, className } = setting
  return {
    claimId: claim.id,
    version: claim.version,
    state: claim.state,
    evidenceState: claim.evidenceState,
    evidenceFailure: claim.evidenceFailure,
    evidenceRetryAt: claim.evidenceRetryAt,
    student: { name: studentName, number: studentNumber, departmentName, programme, className },
    term: { code: setting.termCode, nameZh: setting.termNameZh, nameEn: setting.termNameEn },
    statement: claim.statement,
    submittedAt: claim.submittedAt,
    queuedAt: claim.queuedAt,
    policyVersion: setting.policyVersion,
    warningCount: claim.warningCount,
    timeZone: setting.timeZone,
  }
}

/** Of the acts of the claim's stage, those that are the reader's; where there are none, why. */
function choicesOf(
  actor: MemberActor,
  reviewed: ReviewedClaim,
): { actions: DecisionAction[]; refusal: RefusalCode | null } {
  if (stageOf(reviewed.claim.state) === null) return { actions: [], refusal: null }
  const permissions = DECISION_ACTIONS.map((action) => ({ action, permission: mayDecide(actor, action, reviewed) }))
  const actions = permissions.flatMap(({ action, permission }) => (permission.allowed ? [action] : []))
  if (actions.length > 0) return { actions, refusal: null }
  const rejecting = mayDecide(actor, 'reject', reviewed)
  return { actions, refusal: rejecting.allowed ? null : rejecting.code }
}

type CalculationInput = { universityId: string; claimId: string; claim: ClaimRow }

/** Approved: as the ledger keeps it. Waiting: as it stands now, with what was credited meanwhile. Refused: none. */
async function findCalculation(tx: Tx, input: CalculationInput): Promise<ReviewCalculation | null> {
  const { claim } = input
  if (claim.state === 'approved') return (await findCreditedCalculation(tx, input))?.result ?? null
  if (isTerminal(claim.state) || claim.policyVersionId === null) return null
  const { policyVersionId } = claim
  return (await calculateClaim(tx, { ...claim, ...input, policyVersionId })).calculation
}

type Known = {
  facts: readonly ClaimedFact[]
  evidence: readonly EvidenceRow[]
  calculation: ReviewCalculation | null
}

function toReviewItem(item: ClaimItemRow, { facts, evidence, calculation }: Known): ReviewItem[] {
  const fact = facts.find(({ contributionId }) => contributionId === item.contributionId)
  if (!fact) return []
  const frozen = evidence.find(({ contributionId }) => contributionId === item.contributionId)
  const share = calculation?.items.find(({ contributionId }) => contributionId === item.contributionId)
  return [
    {
      ...fact,
      itemId: item.id,
      ordinal: item.ordinal,
      tier: item.judgement?.tier ?? null,
      counts: item.judgement?.eligible ?? false,
      reasons: item.judgement?.reasons ?? [],
      aiUse: item.aiUse,
      aiUseNote: item.aiUseNote,
      warnings: item.warnings,
      evidence: frozen ? toReviewEvidence(frozen) : null,
      hundredths: calculation === null ? null : (share?.hundredths ?? 0),
      outcome: item.outcome,
      outcomeReason: item.outcomeReason,
      outcomeComment: item.outcomeComment,
    },
  ]
}

function toReviewEvidence({ id, document, contentSha256, capturedAt }: EvidenceRow): ReviewEvidence {
  const { contribution, merge } = document
  const { state, rule, landedAt, commitSha, proof } = merge.landing
  return {
    evidenceId: id,
    contentSha256,
    capturedAt,
    author: contribution.authorLogin,
    authorAssociation: contribution.authorAssociation,
    baseBranch: contribution.baseBranch,
    createdAt: contribution.createdAt,
    mergedAt: merge.mergedAt,
    mergedBy: merge.mergedBy ?? merge.lastClosedBy,
    landing: { state, rule, landedAt, commitSha, proof },
    additions: contribution.additions,
    deletions: contribution.deletions,
    files: document.files,
    filesTruncated: document.filesTruncated,
    commits: document.commits,
    commitsTruncated: document.commitsTruncated,
    reviews: document.reviews,
  }
}
