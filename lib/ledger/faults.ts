import type { ReasonData } from '@/lib/domain/errors'
import { CHAIN_FAULTS } from '@/lib/domain/ledger'

/** Everything that can be wrong with a line, or with the end of the ledger. */
export const LEDGER_FAULTS = [
  ...CHAIN_FAULTS,
  /** The ledger ends before, or elsewhere than, its head says: lines were removed or added. */
  'head_differs',
  'student_missing',
  'calculation_missing',
  'calculation_differs',
  'policy_missing',
  'policy_differs',
  'engine_unknown',
  'prior_credits_differ',
  'figure_differs',
  /** The claim that an award names is another student's, or of another term. */
  'claim_of_other',
  'endorsement_missing',
  'approval_missing',
  'item_not_claimed',
  'evidence_missing',
  /** Evidence that is whole, of another contribution. */
  'evidence_of_other',
  'evidence_differs',
  'evidence_hashes_differ',
  'inputs_differ',
  'diff_differs',
  'correction_unfounded',
  'same_person_decided',
  'work_credited_twice',
  /** What a report prints of a line and no hash covers: it follows from what one does. */
  'repositories_differ',
  'tiers_differ',
  'item_count_differs',
  /** A term's filings are numbered 1, 2, 3 …: one of them is gone. */
  'filing_missing',
  /** Other entries than it was made of, in number, by their hashes or of another term. */
  'filing_entries_differ',
  'filing_total_differs',
  /** Its signed head is not ours, or speaks of another filing or of another ledger. */
  'filing_head_differs',
  /** Its signed head names a key that is neither the present one nor one of the former: nobody can say who signed it. */
  'filing_key_unknown',
] as const
export type LedgerFault = (typeof LEDGER_FAULTS)[number]

export type FoundFault = { fault: LedgerFault; data: ReasonData }

/** A fault that shows in a value: what it should be, and what it is. */
export function differs(
  fault: LedgerFault,
  expected: string | number | null,
  found: string | number | null,
): FoundFault {
  return { fault, data: { expected, found } }
}
