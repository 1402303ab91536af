import type { ClaimItemRow, ItemOutcome } from '@/lib/db/claim-items'
import type { ClaimRow } from '@/lib/db/claims'
import type { ItemDecision } from '@/lib/db/decisions'
import { type ClaimState, nextState } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { isReasonGiven, isRefusalExplained } from '@/lib/domain/review-reasons'
import type { ParsedDecision } from './schema'

/** What a decision leads to; nothing is written yet. */
export type DecisionPlan = {
  state: ClaimState
  /** What the items will say. */
  outcomes: readonly { claimItemId: string; outcome: ItemOutcome | null; reasonCode: string | null; comment: string }[]
  /** What was said about items, as the decision keeps it. */
  said: readonly ItemDecision[]
  /** Works that this claim does not hold any more. */
  releasedWorkIds: readonly string[]
}

type Input = { claim: ClaimRow; items: readonly ClaimItemRow[]; decision: ParsedDecision }

/**
 * Works out a decision.
 * @throws AppError invalid `reason_required`, `item_reason_required`, `item_answer_required`, `unknown_item`; conflict
 * `item_refused_before`, or the refusal of the claim's next state
 */
export function planDecision({ claim, items, decision }: Input): DecisionPlan {
  const said = checkItems(items, decision)
  const outcomes = items.map((item) => outcomeAfter(item, { said, decision }))
  const remaining = items.filter((item, index) => counts(item) && outcomes[index]?.outcome !== 'refused')
  const next = nextState(claim.state, decision.action, {
    acceptedItems: remaining.length,
    termOpen: true,
    evidenceComplete: claim.evidenceState === 'complete',
    hasReason: isReasonGiven(decision.action, decision),
  })
  if (!next.ok) throw new AppError(next.code === 'reason_required' ? 'invalid' : 'conflict', next.code)
  return { state: next.state, outcomes, said, releasedWorkIds: releasedBy(decision, { items, outcomes, remaining }) }
}

/** Whether the rules let the item through, with its evidence seen. */
function counts({ judgement }: ClaimItemRow): boolean {
  return judgement?.eligible ?? false
}

function checkItems(items: readonly ClaimItemRow[], decision: ParsedDecision): ItemDecision[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  for (const one of decision.items) {
    const item = byId.get(one.claimItemId)
    if (!item) throw new AppError('invalid', 'unknown_item')
    if (one.outcome === 'refused' && !isRefusalExplained(one) && item.outcome !== 'refused') {
      throw new AppError('invalid', 'item_reason_required', { ordinal: item.ordinal })
    }
    // Its work was let go of, and may be in another claim by now.
    if (one.outcome === 'accepted' && item.outcome === 'refused') throw new AppError('conflict', 'item_refused_before')
  }
  const unanswered = items.find((item) => waitsForWord(item, decision))
  if (unanswered) throw new AppError('invalid', 'item_answer_required', { ordinal: unanswered.ordinal })
  return decision.items
}

/** What no rule can weigh is accepted by a person who says so: silence about it is no yes. */
function waitsForWord(item: ClaimItemRow, { action, items }: ParsedDecision): boolean {
  if (action !== 'endorse' || item.outcome !== null || !counts(item)) return false
  const needsWord = item.judgement?.reasons.some(({ code }) => code === 'needs_acceptance') ?? false
  return needsWord && !items.some(({ claimItemId }) => claimItemId === item.id)
}

type Outcome = DecisionPlan['outcomes'][number]

function outcomeAfter(
  item: ClaimItemRow,
  { said, decision }: { said: readonly ItemDecision[]; decision: ParsedDecision },
): Outcome {
  const one = said.find(({ claimItemId }) => claimItemId === item.id)
  const kept = {
    claimItemId: item.id,
    outcome: item.outcome,
    reasonCode: item.outcomeReason,
    comment: item.outcomeComment,
  }
  // What is sent back is decided anew; what was said about an item stays as a word to the student.
  if (decision.action === 'request_changes') return { ...(one ?? kept), outcome: null }
  if (item.outcome === 'refused') return kept
  if (one) return one
  return decision.action === 'endorse' ? { ...kept, outcome: 'accepted' } : kept
}

type After = { items: readonly ClaimItemRow[]; outcomes: readonly Outcome[]; remaining: readonly ClaimItemRow[] }

/** A rejected claim holds nothing; an approved one only what it was credited for; an endorsed one nothing refused. */
function releasedBy({ action }: ParsedDecision, { items, outcomes, remaining }: After): string[] {
  const released = items.filter((item, index) => {
    if (action === 'reject') return true
    if (action === 'approve') return !remaining.includes(item)
    return action === 'endorse' && outcomes[index]?.outcome === 'refused'
  })
  return released.map(({ workId }) => workId)
}
