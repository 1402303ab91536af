import { findCreditedCalculation } from '@/lib/db/claim-calculation'
import type { AwardLine } from '@/lib/db/credit-entries'
import { findPolicyVersion } from '@/lib/db/policy-versions'
import { loadPriorCredits } from '@/lib/db/prior-credits'
import type { Tx } from '@/lib/db/scope'
import { type CorrectionCap, capAbove } from '@/lib/domain/correction-caps'

type Corrected = { universityId: string; award: AwardLine; newHundredths: number }

/** The cap of the award's own rules that its corrected figure would be above; null for none, and for a figure that goes down. */
export async function capOfCorrection(
  tx: Tx,
  { universityId, award, newHundredths }: Corrected,
): Promise<{ cap: CorrectionCap; limitHundredths: number } | null> {
  if (newHundredths <= award.netHundredths) return null
  const { claimId, memberId, termId, netHundredths } = award
  const calculation = await findCreditedCalculation(tx, { universityId, claimId })
  const policy = calculation && (await findPolicyVersion(tx, calculation.policyVersionId))
  if (!calculation || !policy) throw new Error(`award ${award.entryId}: its calculation or its rules are missing`)
  const { termHundredths, lifetimeHundredths } = await loadPriorCredits(tx, { universityId, memberId, termId })
  const beside = {
    termHundredths: termHundredths - netHundredths,
    lifetimeHundredths: lifetimeHundredths - netHundredths,
  }
  return capAbove(policy.policy.caps, { hundredths: newHundredths, items: calculation.items, beside })
}
