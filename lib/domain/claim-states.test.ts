import { describe, expect, it } from 'vitest'
import {
  actionsOf,
  CLAIM_ACTIONS,
  CLAIM_STATES,
  type ClaimAction,
  type ClaimState,
  isEditable,
  isLive,
  isTerminal,
  nextState,
  stageOf,
  type TransitionContext,
} from './claim-states'

const READY: TransitionContext = { acceptedItems: 1, termOpen: true, evidenceComplete: true, hasReason: true }

/** The whole table, written out: every state × action that is not here is refused as `wrong_state`. */
const FOLLOWS: Readonly<Record<string, ClaimState>> = {
  'draft submit': 'submitted',
  'draft withdraw': 'withdrawn',
  'submitted start_review': 'in_review',
  'submitted withdraw': 'withdrawn',
  'in_review endorse': 'endorsed',
  'in_review request_changes': 'changes_requested',
  'in_review reject': 'rejected',
  'in_review withdraw': 'withdrawn',
  'changes_requested submit': 'submitted',
  'changes_requested withdraw': 'withdrawn',
  'endorsed approve': 'approved',
  'endorsed request_changes': 'changes_requested',
  'endorsed reject': 'rejected',
  'endorsed withdraw': 'withdrawn',
}

const PAIRS = CLAIM_STATES.flatMap((state) => CLAIM_ACTIONS.map((action): [ClaimState, ClaimAction] => [state, action]))

describe('nextState', () => {
  it.each(PAIRS)('%s, %s', (state, action) => {
    const follows = FOLLOWS[`${state} ${action}`]
    expect(nextState(state, action, READY)).toEqual(
      follows ? { ok: true, state: follows } : { ok: false, code: 'wrong_state' },
    )
    expect(actionsOf(state).includes(action)).toBe(follows !== undefined)
  })

  it.each([
    ['draft', 'submit', { acceptedItems: 0 }, 'no_items'],
    ['draft', 'submit', { termOpen: false }, 'term_closed'],
    ['changes_requested', 'submit', { acceptedItems: 0 }, 'no_items'],
    ['submitted', 'start_review', { evidenceComplete: false }, 'evidence_incomplete'],
    ['in_review', 'endorse', { acceptedItems: 0 }, 'no_items'],
    ['in_review', 'endorse', { evidenceComplete: false }, 'evidence_incomplete'],
    ['in_review', 'request_changes', { hasReason: false }, 'reason_required'],
    ['in_review', 'reject', { hasReason: false }, 'reason_required'],
    ['endorsed', 'approve', { acceptedItems: 0 }, 'no_items'],
    ['endorsed', 'approve', { evidenceComplete: false }, 'evidence_incomplete'],
    ['endorsed', 'reject', { hasReason: false }, 'reason_required'],
    ['endorsed', 'request_changes', { hasReason: false }, 'reason_required'],
  ] as const)('%s, %s with %j: %s', (...[state, action, over, code]) => {
    expect(nextState(state, action, { ...READY, ...over })).toEqual({ ok: false, code })
  })

  it('decides to the end, and takes back, what was handed in before the term closed', () => {
    const closed = { ...READY, termOpen: false }
    expect(nextState('endorsed', 'approve', closed).ok).toBe(true)
    expect(nextState('changes_requested', 'submit', closed).ok).toBe(true)
  })
})

describe('kinds of states', () => {
  it.each([
    ['draft', false, true, false, null],
    ['submitted', true, false, false, null],
    ['in_review', true, false, false, 'endorsement'],
    ['changes_requested', true, true, false, null],
    ['endorsed', true, false, false, 'approval'],
    ['approved', true, false, true, null],
    ['rejected', false, false, true, null],
    ['withdrawn', false, false, true, null],
  ] as const)('%s: live %s, editable %s, terminal %s, stage %s', (...[state, live, editable, terminal, stage]) => {
    expect([isLive(state), isEditable(state), isTerminal(state), stageOf(state)]).toEqual([
      live,
      editable,
      terminal,
      stage,
    ])
    expect(actionsOf(state).length === 0).toBe(terminal)
  })
})
