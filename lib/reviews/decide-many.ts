import type { MemberActor } from '@/lib/domain/actor'
import { isAppError, type ReasonData } from '@/lib/domain/errors'
import { decideClaim } from './decide-claim'
import { type BulkInput, bulkSchema } from './schema'

/** What came of one claim of many. */
export type BulkResult =
  | { claimId: string; ok: true; creditHundredths: number | null }
  | { claimId: string; ok: false; code: string; details: ReasonData }

type Many = BulkInput & { action: 'endorse' | 'approve' }

/** Each claim in a transaction of its own: what is refused for one changes nothing for the others. */
export async function decideMany(actor: MemberActor, input: Many, now: Date): Promise<BulkResult[]> {
  const { action } = input
  const { claims } = bulkSchema.parse({ claims: input.claims })
  const results: BulkResult[] = []
  for (const { claimId, version, warningCount } of claims) {
    try {
      const decision = { claimId, version, warningCount, action }
      const { creditHundredths } = await decideClaim(actor, decision, { now, bulk: action })
      results.push({ claimId, ok: true, creditHundredths })
    } catch (error) {
      if (!isAppError(error)) throw error
      results.push({ claimId, ok: false, code: error.code, details: error.details })
    }
  }
  return results
}
