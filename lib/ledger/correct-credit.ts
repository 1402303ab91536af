import type { MemberActor } from '@/lib/domain/actor'
import { type AmendResult, amendAward } from './amend-award'
import { type CorrectCreditInput, correctCreditSchema } from './schema'

/**
 * Corrects what an award gave: a line of the difference follows it, with the reason.
 * @throws AppError not_found `credit_entry_not_found`; forbidden `not_for_yourself`, `role_not_allowed`; conflict
 * `award_changed` (somebody was faster), `already_revoked`; invalid `nothing_to_correct`, `above_caps` {cap, limit} unless
 * it was said that this is meant; ZodError for a bad shape
 */
export async function correctCredit(
  actor: MemberActor,
  input: CorrectCreditInput,
  deps: { now: Date } = { now: new Date() },
): Promise<AmendResult> {
  return amendAward(actor, { kind: 'correction', ...correctCreditSchema.parse(input) }, deps.now)
}
