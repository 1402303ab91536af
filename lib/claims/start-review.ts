import { recordAuditEvent } from '@/lib/db/audit-events'
import { calculateClaim } from '@/lib/db/claim-calculation'
import { type ClaimItemRow, listClaimItems, saveJudgements, saveWarnings } from '@/lib/db/claim-items'
import { type ClaimRow, findClaim, holdClaim, updateClaim } from '@/lib/db/claims'
import { type EvidenceRow, listEvidence } from '@/lib/db/evidence'
import type { JudgedContribution } from '@/lib/db/judgement'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { addNotification } from '@/lib/db/notifications'
import { findPolicyVersion } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { nextState } from '@/lib/domain/claim-states'
import { assertCan } from '@/lib/domain/permissions'
import { queueClassLooks } from '@/lib/queue/queue-class-looks'
import { countWarnings, findClaimWarnings } from './find-claim-warnings'
import { findClassSurges } from './find-class-surges'
import { freezeJudgement, judgeItems } from './judge-items'
import { getTerm } from './own-claim'

type Key = { universityId: string; claimId: string }

/**
 * Puts a claim whose evidence is complete into the reviewers' queue: sizes are known now, so the rules that look at them
 * speak once more; warnings get their proof; the figure is calculated from the evidence. One transaction.
 */
export async function startReview(
  actor: SystemActor,
  key: Key,
  { now }: { now: Date },
): Promise<{ status: 'complete' | 'left' }> {
  assertCan(actor, 'claim.start_review', { universityId: key.universityId })
  const owner = await withScope(key, (tx) => findClaim(tx, key))
  if (owner === null) return { status: 'left' }
  // With the person in scope their claims at other universities are seen, as at submission.
  return withScope({ ...key, personId: owner.personId }, async (tx) => {
    await holdClaim(tx, key)
    const claim = await findClaim(tx, key)
    const policyVersionId = claim?.policyVersionId
    if (!claim || !policyVersionId) return { status: 'left' }
    const items = await listClaimItems(tx, key)
    const evidence = await listEvidence(tx, key)
    const evidenced = new Set(evidence.map(({ contributionId }) => contributionId))
    const next = nextState(claim.state, 'start_review', {
      acceptedItems: items.length,
      termOpen: true,
      evidenceComplete: items.every(({ contributionId }) => evidenced.has(contributionId)),
      hasReason: false,
    })
    if (!next.ok) return { status: 'left' }
    const warnings = await judgeWithEvidence(tx, { key, claim, items, evidence, policyVersionId })
    const { calculation } = await calculateClaim(tx, { ...claim, ...key, policyVersionId })
    const changed = await updateClaim(
      tx,
      { ...key, state: claim.state, version: claim.version },
      {
        state: next.state,
        evidenceState: 'complete',
        evidenceFailure: null,
        evidenceStrikes: 0,
        evidenceRetryAt: null,
        warningCount: warnings,
        creditHundredths: calculation.creditHundredths,
        queuedAt: now,
        now,
      },
    )
    // Withdrawn in this very moment: nothing of this is kept.
    if (!changed) throw new Error(`claim ${key.claimId} changed while its review was started`)
    await tell(tx, { actor, key, claim, items: items.length, warnings, now })
    return { status: 'complete' }
  })
}

type Judged = {
  key: Key
  claim: ClaimRow
  items: readonly ClaimItemRow[]
  evidence: readonly EvidenceRow[]
  policyVersionId: string
}

/** Returns how many warnings there are. */
async function judgeWithEvidence(tx: Tx, input: Judged): Promise<number> {
  const { key, claim, items, evidence } = input
  const policy = await findPolicyVersion(tx, input.policyVersionId)
  if (policy === null) throw new Error(`claim ${claim.id}: its version of the rules is missing`)
  const term = await getTerm(tx, key.universityId, claim.termId)
  const evidenceOf = new Map(evidence.map(({ contributionId, document }) => [contributionId, document]))
  const judged = await judgeItems(tx, { universityId: key.universityId, claim, items, term, policy, evidenceOf })
  const frozen = judged.map((one) => [one.stored.fact.id, keepWord(one, items)] as const)
  await saveJudgements(tx, key, new Map(frozen))
  const accounts = await listLinkedAccounts(tx, claim.personId)
  const surges = await findClassSurges(tx, { universityId: key.universityId, memberId: claim.memberId, judged })
  const warnings = findClaimWarnings({ items, judged, evidence, accounts, surges })
  await saveWarnings(tx, key, warnings)
  // The claim that makes it too many is not the only one of them: the class's others are looked at again.
  await queueClassLooks(tx, key)
  return countWarnings(warnings)
}

/** Reasons that rest on what the evidence shows. All others were judged at submission: what changed since then warns. */
const OF_EVIDENCE: readonly string[] = [
  'trivial',
  'stats_missing',
  'reverted',
  'self_merged',
  'own_repository',
  'not_yours',
  'bot',
  'other_branch',
]

/** The word given at submission, with what only the evidence could tell. */
function keepWord(judged: JudgedContribution, items: readonly ClaimItemRow[]): ReturnType<typeof freezeJudgement> {
  const now = freezeJudgement(judged)
  const before = items.find(({ contributionId }) => contributionId === judged.stored.fact.id)?.judgement
  if (!before) return now
  const reasons = [
    ...before.reasons.filter(({ code }) => !OF_EVIDENCE.includes(code)),
    ...now.reasons.filter(({ code }) => OF_EVIDENCE.includes(code)),
  ]
  return { ...before, reasons, eligible: reasons.every(({ blocks }) => !blocks) }
}

type Told = { actor: SystemActor; key: Key; claim: ClaimRow; items: number; warnings: number; now: Date }

async function tell(tx: Tx, { actor, key, claim, items, warnings, now }: Told): Promise<void> {
  const term = await getTerm(tx, key.universityId, claim.termId)
  await recordAuditEvent(tx, {
    actor,
    action: 'claim.evidence_frozen',
    subject: { kind: 'claim', id: claim.id },
    data: { claimId: claim.id, evidence: items, warnings },
    occurredAt: now,
    universityId: key.universityId,
  })
  await addNotification(tx, {
    universityId: key.universityId,
    memberId: claim.memberId,
    code: 'claim_evidence_complete',
    data: { claimId: claim.id, termCode: term.code, items },
    createdAt: now,
  })
}
