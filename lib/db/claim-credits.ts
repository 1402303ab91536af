import { z } from 'zod'
import type { ClaimCredit } from '@/lib/domain/claim-credit'
import type { Tx } from './scope'

const lineSchema = z.object({
  claimId: z.string(),
  sequence: z.bigint().transform(Number),
  kind: z.enum(['award', 'correction', 'revocation']),
  creditHundredths: z.number(),
  reason: z.string().nullable(),
  issuedAt: z.date(),
})

/** What the ledger says today of claims, by claim; those without a line in it are not there. */
export async function listClaimCredits(
  tx: Tx,
  { universityId, claimIds }: { universityId: string; claimIds: readonly string[] },
): Promise<ReadonlyMap<string, ClaimCredit>> {
  if (claimIds.length === 0) return new Map()
  // An answer carries the claim of its award.
  const rows = await tx.$queryRaw<unknown[]>`
    select claim_id::text as "claimId", sequence, kind, credit_hundredths as "creditHundredths", reason,
           issued_at as "issuedAt"
      from credit_entry
     where university_id = ${universityId}::uuid and claim_id = any(${[...claimIds]}::uuid[])
     order by sequence`
  const credits = new Map<string, ClaimCredit>()
  for (const { claimId, kind, reason, ...line } of z.array(lineSchema).parse(rows)) {
    const { sequence, creditHundredths } = line
    const before = credits.get(claimId)
    if (kind === 'award') {
      credits.set(claimId, {
        sequence,
        awardHundredths: creditHundredths,
        netHundredths: creditHundredths,
        answers: [],
      })
    } else if (before !== undefined) {
      const answers = [...before.answers, { ...line, kind, reason: reason ?? '' }]
      credits.set(claimId, { ...before, netHundredths: before.netHundredths + creditHundredths, answers })
    }
  }
  return credits
}
