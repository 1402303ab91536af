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

type Guard = (context: TransitionContext) => TransitionRefusal | null
type Step = { to: ClaimState; guards: readonly Guard[] }

const needsItems: Guard = ({ acceptedItems }) => (acceptedItems > 0 ? null : 'no_items')
const needsOpenTerm: Guard = ({ termOpen }) => (termOpen ? null : 'term_closed')
const needsEvidence: Guard = ({ evidenceComplete }) => (evidenceComplete ? null : 'evidence_incomplete')
const needsReason: Guard = ({ hasReason }) => (hasReason ? null : 'reason_required')

const SUBMIT: Step = { to: 'submitted', guards: [needsItems, needsOpenTerm] }
const SUBMIT_AGAIN: Step = { to: 'submitted', guards: [needsItems] }
const REQUEST_CHANGES: Step = { to: 'changes_requested', guards: [needsReason] }
const REJECT: Step = { to: 'rejected', guards: [needsReason] }
const WITHDRAW: Step = { to: 'withdrawn', guards: [] }

/**
 * The whole life of a claim. What is not here does not happen: an approved claim is never withdrawn or rejected, only
 * corrected in the ledger; and approval wants an endorsement. A claim that is sent back is submitted again and starts its
 * review anew. A closed term takes no new claims, but what was handed in before is decided to the end, and what was sent
 * back may be handed in again: the credit goes into the supplementary filing.
 */
const TRANSITIONS: Readonly<Record<ClaimState, Partial<Record<ClaimAction, Step>>>> = {
  draft: { submit: SUBMIT, withdraw: WITHDRAW },
  submitted: { start_review: { to: 'in_review', guards: [needsEvidence] }, withdraw: WITHDRAW },
  in_review: {
    endorse: { to: 'endorsed', guards: [needsItems, needsEvidence] },
    request_changes: REQUEST_CHANGES,
    reject: REJECT,
    withdraw: WITHDRAW,
  },
  changes_requested: { submit: SUBMIT_AGAIN, withdraw: WITHDRAW },
  endorsed: {
    approve: { to: 'approved', guards: [needsItems, needsEvidence] },
    request_changes: REQUEST_CHANGES,
    reject: REJECT,
    withdraw: WITHDRAW,
  },
  approved: {},
  rejected: {},
  withdrawn: {},
}

/** The state that follows an action, or why none does. Who may act is a matter of permissions, not of this table. */
export function nextState(state: ClaimState, action: ClaimAction, context: TransitionContext): Transition {
  const step = TRANSITIONS[state][action]
  if (!step) return { ok: false, code: 'wrong_state' }
  const refusal = step.guards.map((guard) => guard(context)).find((code) => code !== null)
  return refusal ? { ok: false, code: refusal } : { ok: true, state: step.to }
}

/** The actions that a state knows at all, for screens that offer them. */
export function actionsOf(state: ClaimState): ClaimAction[] {
  return CLAIM_ACTIONS.filter((action) => TRANSITIONS[state][action] !== undefined)
}

/** Whether a claim in this state reserves its works. */
export function isLive(state: ClaimState): boolean {
  return LIVE_STATES.some((live) => live === state)
}

/** Whether the student may change the claim. */
export function isEditable(state: ClaimState): boolean {
  return EDITABLE_STATES.some((editable) => editable === state)
}

/** Whether nothing follows. */
export function isTerminal(state: ClaimState): boolean {
  return TERMINAL_STATES.some((terminal) => terminal === state)
}

/** The stage at which a claim in this state is decided, or null when nobody has to decide. */
export function stageOf(state: ClaimState): ClaimStage | null {
  if (state === 'in_review') return 'endorsement'
  return state === 'endorsed' ? 'approval' : null
}
