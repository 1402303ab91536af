import type { MemberActor } from '@/lib/domain/actor'
import { type AmendResult, amendAward } from './amend-award'
import { type RevokeCreditInput, revokeCreditSchema } from './schema'

/**
 * Takes an award back whole: the opposite line follows it, with the reason, and its works may be claimed again.
 * @throws AppError not_found `credit_entry_not_found`; forbidden `not_for_yourself`, `role_not_allowed`; conflict
 * `award_changed` (somebody was faster), `already_revoked`; ZodError for a bad shape
 */
export async function revokeCredit(
  actor: MemberActor,
  input: RevokeCreditInput,
  deps: { now: Date } = { now: new Date() },
): Promise<AmendResult> {
  return amendAward(actor, { kind: 'revocation', newHundredths: 0, ...revokeCreditSchema.parse(input) }, deps.now)
}
