export const CLAIM_STATES = [
  'draft',
  'submitted',
  'in_review',
  'changes_requested',
  'endorsed',
  'approved',
  'rejected',
  'withdrawn',
] as const
export type ClaimState = (typeof CLAIM_STATES)[number]

/**
 * States that reserve the works of a claim: a work is in at most one live claim of a person. `changes_requested` is live
 * too: the claim is still being decided, and letting go of the works would let a second claim race it.
 */
export const LIVE_STATES = [
  'submitted',
  'in_review',
  'changes_requested',
  'endorsed',
  'approved',
] as const satisfies readonly ClaimState[]

/** States in which the student may change items and statement. */
export const EDITABLE_STATES = ['draft', 'changes_requested'] as const satisfies readonly ClaimState[]

/** States that nothing follows. What is wrong with an approved claim is put right in the ledger, by an opposite entry. */
export const TERMINAL_STATES = ['approved', 'rejected', 'withdrawn'] as const satisfies readonly ClaimState[]

export const CLAIM_ACTIONS = [
  'submit',
  'start_review',
  'endorse',
  'request_changes',
  'reject',
  'approve',
  'withdraw',
] as const
export type ClaimAction = (typeof CLAIM_ACTIONS)[number]

/** The two stages of deciding: a professor endorses, an admin approves. */
export const CLAIM_STAGES = ['endorsement', 'approval'] as const
export type ClaimStage = (typeof CLAIM_STAGES)[number]

/** What a transition depends on beside the state. */
export type TransitionContext = {
  /** Items that are still part of the claim and were not refused by a reviewer. */
  acceptedItems: number
  /** The term of the claim takes claims (not closed by a filing). */
  termOpen: boolean
  /** The evidence of every item is frozen. */
  evidenceComplete: boolean
  /** A reason was given (needed to reject and to ask for changes). */
  hasReason: boolean
}

export const TRANSITION_REFUSALS = [
  'wrong_state',
  'no_items',
  'term_closed',
  'evidence_incomplete',
  'reason_required',
] as const
export type TransitionRefusal = (typeof TRANSITION_REFUSALS)[number]
export type Transition = { ok: true; state: ClaimState } | { ok: false; code: TransitionRefusal }

/** The state that follows an action, or why none does. Who may act is a matter of permissions, not of this table. */
export function nextState(_state: ClaimState, _action: ClaimAction, _context: TransitionContext): Transition {
  throw new Error('not yet')
}

export function isLive(_state: ClaimState): boolean {
  throw new Error('not yet')
}

export function isEditable(_state: ClaimState): boolean {
  throw new Error('not yet')
}

export function isTerminal(_state: ClaimState): boolean {
  throw new Error('not yet')
}

/** The stage at which a claim in this state is decided, or null when nobody has to decide. */
export function stageOf(_state: ClaimState): ClaimStage | null {
  throw new Error('not yet')
}
