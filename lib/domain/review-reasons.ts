/** Why a claim or one of its items is refused or sent back. A word for `other` must be given in a comment. */
export const REVIEW_REASONS = [
  'not_own_work',
  'trivial',
  'unrelated_to_ai',
  'duplicate',
  'low_quality',
  'reverted',
  'ai_use_unclear',
  'statement_missing',
  'other',
] as const
export type ReviewReason = (typeof REVIEW_REASONS)[number]

export const DECISION_ACTIONS = ['endorse', 'request_changes', 'reject', 'approve'] as const
export type DecisionAction = (typeof DECISION_ACTIONS)[number]

export type GivenReason = { reasonCode: ReviewReason | null; comment: string }

/**
 * Whether what was said is enough for the act: who sends a claim back says in words what to change, who rejects names the
 * reason, and `other` alone is none. Agreeing needs no reason.
 */
export function isReasonGiven(action: DecisionAction, { reasonCode, comment }: GivenReason): boolean {
  if (action === 'request_changes') return comment !== ''
  if (action === 'reject') return isRefusalExplained({ reasonCode, comment })
  return true
}

/** A refusal names its reason; `other` says it in words. */
export function isRefusalExplained({ reasonCode, comment }: GivenReason): boolean {
  return reasonCode !== null && (reasonCode !== 'other' || comment !== '')
}
