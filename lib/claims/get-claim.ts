import { calculateClaim, findCreditedCalculation } from '@/lib/db/claim-calculation'
import { listClaimCredits } from '@/lib/db/claim-credits'
import { type ClaimItemRow, listClaimItems } from '@/lib/db/claim-items'
import { type ClaimRow, listDecisionsOn } from '@/lib/db/claims'
import { findContributionFacts, type StoredContribution } from '@/lib/db/contribution-facts'
import { type EvidenceRow, listEvidence } from '@/lib/db/evidence'
import type { JudgedContribution } from '@/lib/db/judgement'
import { findPolicyInForce, findPolicyVersion, type PolicyVersionRecord } from '@/lib/db/policy-versions'
import { loadPriorCredits } from '@/lib/db/prior-credits'
import { type Tx, withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { actionsOf, isEditable, isTerminal } from '@/lib/domain/claim-states'
import { lineOf } from '@/lib/domain/contribution-line'
import { calculateCredit } from '@/lib/domain/credit-calculation'
import { judgeItems } from './judge-items'
import { toListItem } from './list-claims'
import { getOwnClaim, getTerm } from './own-claim'
import { creditItemsOf } from './preview-claim'
import type { CalculationView, ClaimItemView, ClaimView, EvidenceSummaryView } from './view'

/**
 * A claim as its owner sees it: a draft is judged as things stand now, a submitted one as it was frozen.
 * @throws AppError not_found `claim_not_found`
 */
export async function getClaim(actor: MemberActor, input: { claimId: string }): Promise<ClaimView> {
  return withScope(actor, async (tx) => {
    const claim = await getOwnClaim(tx, actor, input.claimId, 'claim.view')
    const key = { universityId: actor.universityId, claimId: claim.id }
    const term = await getTerm(tx, actor.universityId, claim.termId)
    const policy = await findPolicyOf(tx, claim)
    const items = await listClaimItems(tx, key)
    const contributions = await findContributionFacts(
      tx,
      items.map(({ contributionId }) => contributionId),
    )
    const unjudged = isTerminal(claim.state) ? [] : items.filter(({ judgement }) => judgement === null)
    const judged = policy
      ? await judgeItems(tx, { universityId: actor.universityId, claim, items: unjudged, term, policy })
      : []
    const evidence = await listEvidence(tx, key)
    const calculation = await findCalculation(tx, { ...key, claim, policy, judged })
    const { universityId } = actor
    const credits = await listClaimCredits(tx, { universityId, claimIds: [claim.id] })
    const credit = credits.get(claim.id) ?? null
    const inList = toListItem(claim, [term], credit)
    return {
      ...inList,
      creditHundredths: credit ? inList.creditHundredths : (calculation?.creditHundredths ?? inList.creditHundredths),
      version: claim.version,
      evidenceFailure: claim.evidenceFailure,
      evidenceRetryAt: claim.evidenceRetryAt,
      statement: claim.statement,
      submittedAt: claim.submittedAt,
      policyVersion: policy?.version ?? null,
      items: items.flatMap((item) => toItemView(item, { contributions, judged, evidence, calculation })),
      calculation,
      decisions: await listDecisionsOn(tx, key),
      actions: actionsOf(claim.state).filter((action) => action === 'submit' || action === 'withdraw'),
      editable: isEditable(claim.state),
      timeZone: await getTimeZone(tx, actor.universityId),
    }
  })
}

async function findPolicyOf(tx: Tx, claim: ClaimRow): Promise<PolicyVersionRecord | null> {
  return claim.policyVersionId === null ? findPolicyInForce(tx) : findPolicyVersion(tx, claim.policyVersionId)
}

type CalculationInput = {
  universityId: string
  claimId: string
  claim: ClaimRow
  policy: PolicyVersionRecord | null
  judged: readonly JudgedContribution[]
}

/** Approved: as the ledger keeps it. On its way: as it stands. Refused or withdrawn: none. */
async function findCalculation(tx: Tx, input: CalculationInput): Promise<CalculationView | null> {
  const { claim, policy, judged } = input
  if (claim.state === 'approved') return (await findCreditedCalculation(tx, input))?.result ?? null
  if (policy === null || isTerminal(claim.state)) return null
  if (claim.state === 'draft') {
    const prior = await loadPriorCredits(tx, { ...claim, universityId: input.universityId })
    return calculateCredit(policy.policy, creditItemsOf(judged), prior)
  }
  const frozen = await calculateClaim(tx, { ...claim, ...input, policyVersionId: policy.id })
  // What was added after changes were asked for is not frozen yet.
  const added = creditItemsOf(judged)
  return added.length === 0
    ? frozen.calculation
    : calculateCredit(policy.policy, [...frozen.items, ...added], frozen.prior)
}

type Known = {
  contributions: readonly StoredContribution[]
  judged: readonly JudgedContribution[]
  evidence: readonly EvidenceRow[]
  calculation: CalculationView | null
}

function toItemView(item: ClaimItemRow, known: Known): ClaimItemView[] {
  const stored = known.contributions.find(({ fact }) => fact.id === item.contributionId)
  if (!stored) return []
  const { fact } = stored
  const judged = known.judged.find((one) => one.stored.fact.id === fact.id)
  const frozen = known.evidence.find(({ contributionId }) => contributionId === fact.id) ?? null
  const share = known.calculation?.items.find(({ contributionId }) => contributionId === fact.id)
  return [
    {
      itemId: item.id,
      ...lineOf(fact),
      additions: frozen?.document.contribution.additions ?? fact.additions,
      deletions: frozen?.document.contribution.deletions ?? fact.deletions,
      tier: item.judgement?.tier ?? judged?.catalog.tier ?? 'standard',
      counts: item.judgement?.eligible ?? judged?.judgement.eligible ?? false,
      reasons: item.judgement?.reasons ?? judged?.judgement.reasons ?? [],
      aiUse: item.aiUse,
      aiUseNote: item.aiUseNote,
      warnings: item.warnings,
      evidence: frozen && toEvidenceSummary(frozen),
      hundredths: known.calculation === null ? null : (share?.hundredths ?? 0),
      outcome: item.outcome,
      outcomeReason: item.outcomeReason,
      outcomeComment: item.outcomeComment,
    },
  ]
}

/** What frozen evidence holds, in figures. */
export function toEvidenceSummary({ id, document, contentSha256, capturedAt }: EvidenceRow): EvidenceSummaryView {
  return {
    evidenceId: id,
    contentSha256,
    capturedAt,
    files: document.files.length,
    filesTruncated: document.filesTruncated,
    commits: document.commits.length,
    reviews: document.reviews.length,
    approvals: document.reviews.filter(({ state }) => state === 'approved').length,
    additions: document.contribution.additions,
    deletions: document.contribution.deletions,
    mergedBy: document.merge.mergedBy?.login ?? document.merge.lastClosedBy?.login ?? null,
    landingRule: document.merge.landing.rule,
    landingProof: document.merge.landing.proof,
    commitSha: document.merge.landing.commitSha,
  }
}
