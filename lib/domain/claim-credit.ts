import type { ClaimState } from './claim-states'
import type { LedgerEntryKind } from './ledger'

/** A line of the ledger that answers an award. */
export type CreditAnswer = {
  sequence: number
  kind: Exclude<LedgerEntryKind, 'award'>
  /** Signed: what it takes away or adds. */
  creditHundredths: number
  reason: string
  issuedAt: Date
}

/** What the ledger says today of a claim that was approved: the award, and every line that answers it, oldest first. */
export type ClaimCredit = {
  sequence: number
  awardHundredths: number
  /** What is left of it. */
  netHundredths: number
  answers: readonly CreditAnswer[]
}

/** What a claim is to its reader: its state, until the ledger said something else of its award. */
export type ClaimStanding = ClaimState | 'corrected' | 'revoked'

/**
 * How a claim stands. An approved claim stays approved for good, as the decision was; that its credit was corrected or
 * taken back is the ledger's word, and goes before it.
 */
export function standingOf(state: ClaimState, credit: ClaimCredit | null): ClaimStanding {
  if (credit === null || credit.answers.length === 0) return state
  return credit.answers.some(({ kind }) => kind === 'revocation') ? 'revoked' : 'corrected'
}
