import { calculateClaim } from '@/lib/db/claim-calculation'
import { listClaimItems } from '@/lib/db/claim-items'
import { type ClaimRow, findClaim, holdClaim, updateClaim } from '@/lib/db/claims'
import { insertDecision, releaseSomeWorks, saveItemOutcomes, setClaimFigure } from '@/lib/db/decisions'
import { lockStudentCredits } from '@/lib/db/issue-credit-entry'
import { type Tx, withScope } from '@/lib/db/scope'
import { holdTerm } from '@/lib/db/terms'
import type { MemberActor } from '@/lib/domain/actor'
import type { ClaimState } from '@/lib/domain/claim-states'
import { stageOf } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { queueClassLooks } from '@/lib/queue/queue-class-looks'
import { creditClaim } from './credit-claim'
import { type DecisionPlan, planDecision } from './plan-decision'
import { explainConflict, getReviewedClaim, mayDecide, type ReviewedClaim } from './reviewed-claim'
import { type DecideClaimInput, decideClaimSchema, type ParsedDecision } from './schema'
import { tellDecision } from './tell-decision'

export type DecisionResult = { claimId: string; state: ClaimState; creditHundredths: number | null }

/** `bulk` decides only what needs no second look: a claim with warnings is left to be read. */
export type DecideDeps = { now: Date; bulk?: 'endorse' | 'approve' }

/**
 * Decides a claim at the stage it waits at: a professor endorses, an admin approves, either asks for changes or rejects.
 * One transaction: the claim in the version that was read, the decision, what it lets go of, at approval the ledger line,
 * the audit event and the word to the student; all or nothing.
 * @throws AppError not_found `claim_not_found`; forbidden with the permission's code; conflict `decided_first` (name, action),
 * `claim_withdrawn`, `claim_changed`, `claim_warned` (count), `no_items`, `evidence_incomplete`, `item_refused_before`, `has_warnings`; invalid
 * `reason_required`, `item_reason_required`, `item_answer_required`, `unknown_item`; ZodError for a bad shape
 */
export async function decideClaim(
  actor: MemberActor,
  input: DecideClaimInput,
  deps: DecideDeps = { now: new Date() },
): Promise<DecisionResult> {
  const decision = decideClaimSchema.parse(input)
  const key = { universityId: actor.universityId, claimId: decision.claimId }
  return withScope({ universityId: actor.universityId }, async (tx) => {
    if (decision.action === 'approve') await holdCredits(tx, key)
    await holdClaim(tx, key)
    const reviewed = await getReviewedClaim(tx, actor, decision.claimId)
    await assertMayDecide(tx, actor, { reviewed, decision })
    assertWarningsRead({ reviewed, decision }, deps)
    const items = await listClaimItems(tx, key)
    const plan = planDecision({ claim: reviewed.claim, items, decision })
    await moveClaim(tx, actor, { reviewed, decision, plan, now: deps.now })
    const decisionId = await keepDecision(tx, actor, { claim: reviewed.claim, decision, plan, now: deps.now })
    const outcome = await settle(tx, actor, { reviewed, decision, plan, deps })
    await tellDecision(tx, actor, { claim: reviewed.claim, decision, decisionId, deps, ...outcome })
    return { claimId: key.claimId, state: plan.state, creditHundredths: outcome.creditHundredths }
  })
}

type Key = { universityId: string; claimId: string }
type Deciding = { reviewed: ReviewedClaim; decision: ParsedDecision }
type Planned = Deciding & { plan: DecisionPlan }

/** Before anything is read that the figure rests on. Whose credits they are never changes. */
async function holdCredits(tx: Tx, key: Key): Promise<void> {
  const claim = await findClaim(tx, key)
  if (claim === null) return
  await lockStudentCredits(tx, { ...key, memberId: claim.memberId })
  await holdTerm(tx, { ...key, termId: claim.termId })
}

async function assertMayDecide(tx: Tx, actor: MemberActor, { reviewed, decision }: Deciding): Promise<void> {
  const { universityId } = actor
  const { action, claimId, version } = decision
  const permission = mayDecide(actor, action, reviewed)
  const moved = reviewed.claim.version !== version || (!permission.allowed && permission.code === 'other_stage')
  if (!permission.allowed && permission.code !== 'other_stage') throw new AppError('forbidden', permission.code)
  if (moved) throw await explainConflict(tx, { universityId, claimId }, version)
}

/**
 * A warning moves no version, but who says yes has seen it. Endorsing together has a stricter rule of its own: none at all.
 */
function assertWarningsRead({ reviewed, decision }: Deciding, { bulk }: DecideDeps): void {
  const agrees = decision.action === 'endorse' || decision.action === 'approve'
  if (!agrees || bulk === 'endorse' || reviewed.claim.warningCount <= decision.warningCount) return
  throw new AppError('conflict', 'claim_warned', { count: reviewed.claim.warningCount - decision.warningCount })
}

/** Takes the claim on in the state and version that were read: of two who decide at once, one finds it moved. */
async function moveClaim(tx: Tx, actor: MemberActor, input: Planned & { now: Date }): Promise<void> {
  const { reviewed, decision, plan, now } = input
  const { universityId, personId } = actor
  const { claimId, version, action } = decision
  const endorsedByPersonId = action === 'endorse' ? personId : null
  const moved = await updateClaim(
    tx,
    { universityId, claimId, state: reviewed.claim.state, version },
    {
      state: plan.state,
      queuedAt: now,
      now,
      ...(action === 'endorse' || action === 'request_changes' ? { endorsedByPersonId } : {}),
    },
  )
  if (!moved) throw await explainConflict(tx, { universityId, claimId }, version)
}

type Kept = { claim: ClaimRow; decision: ParsedDecision; plan: DecisionPlan; now: Date }

async function keepDecision(tx: Tx, actor: MemberActor, { claim, decision, plan, now }: Kept): Promise<string> {
  const { universityId, memberId, personId } = actor
  const { claimId, action, reasonCode, comment } = decision
  const stage = stageOf(claim.state)
  if (stage === null) throw new Error(`claim ${claimId}: decided in state ${claim.state}`)
  await saveItemOutcomes(tx, { universityId, claimId }, plan.outcomes)
  return insertDecision(tx, {
    ...{ universityId, claimId, stage, action, memberId, personId, reasonCode, comment },
    items: plan.said,
    claimVersion: decision.version,
    decidedAt: now,
  })
}

type Settled = { creditHundredths: number | null; sequence: number | null }

/** What the decision does to works and figure; at approval the line in the ledger. */
async function settle(tx: Tx, actor: MemberActor, input: Planned & { deps: DecideDeps }): Promise<Settled> {
  const { decision, plan, deps } = input
  const { claim, endorsers } = input.reviewed
  const key = { universityId: actor.universityId, claimId: decision.claimId }
  await releaseSomeWorks(tx, key, plan.releasedWorkIds)
  if (decision.action === 'reject') await queueClassLooks(tx, key)
  if (decision.action === 'reject' || decision.action === 'request_changes') {
    return { creditHundredths: claim.creditHundredths, sequence: null }
  }
  const { policyVersionId } = claim
  if (policyVersionId === null) throw new Error(`claim ${claim.id}: handed in without rules`)
  const calculated = await calculateClaim(tx, { ...key, ...claim, policyVersionId })
  const { creditHundredths } = calculated.calculation
  const warnings = await setClaimFigure(tx, key, creditHundredths)
  if (deps.bulk === 'endorse' && warnings > 0) throw new AppError('conflict', 'has_warnings')
  if (decision.action === 'endorse') return { creditHundredths, sequence: null }
  return creditClaim(tx, actor, { claim, endorsers, calculated, now: deps.now })
}
