import { z } from 'zod'
import type { ClaimKey } from './claims'
import type { Tx } from './scope'

/** The award that a claim became, with its student as frozen in it. What became of the award is asked of the claim's credit. */
export type AwardOfClaim = z.output<typeof awardSchema>

const awardSchema = z.object({
  sequence: z.bigint().transform(Number),
  hash: z.string(),
  issuedAt: z.date(),
  studentNumber: z.string(),
  name: z.string(),
  college: z.string(),
  programme: z.string().nullable(),
  className: z.string().nullable(),
})

/** The ledger's line of a claim, or null before it is approved. */
export async function findAwardOfClaim(tx: Tx, { universityId, claimId }: ClaimKey): Promise<AwardOfClaim | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    select e.sequence, e.hash, e.issued_at as "issuedAt", s.student_number as "studentNumber", s.name, s.college,
           s.programme, s.class_name as "className"
      from credit_entry e
      join credit_entry_student s on s.university_id = e.university_id and s.sequence = e.sequence
     where e.university_id = ${universityId}::uuid and e.claim_id = ${claimId}::uuid and e.kind = 'award'`
  return z.array(awardSchema).parse(rows)[0] ?? null
}
