import { z } from 'zod'
import { EVIDENCE_FAILURES } from '@/lib/domain/evidence-tries'
import type { ClaimKey } from './claims'
import { database } from './client'
import type { Tx } from './scope'

/** A claim whose evidence was given up, with what a list shows of it. */
export type FailedEvidence = z.output<typeof failedSchema>

const failedSchema = z.object({
  claimId: z.string(),
  failure: z.enum(EVIDENCE_FAILURES),
  submittedAt: z.date(),
  studentName: z.string(),
  studentNumber: z.string(),
  departmentName: z.string().nullable(),
})

/** The claims of a university whose evidence was given up, what waits longest first. */
export async function listFailedEvidence(
  tx: Tx,
  { universityId, limit }: { universityId: string; limit: number },
): Promise<FailedEvidence[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text as "claimId", c.evidence_failure as failure, c.submitted_at as "submittedAt",
           m.name as "studentName", m.number as "studentNumber", d.name as "departmentName"
      from claim c
      join member m on m.university_id = c.university_id and m.id = c.member_id
      left join department d on d.university_id = c.university_id and d.id = c.department_id
     where c.university_id = ${universityId}::uuid and c.evidence_state = 'failed' and c.state = 'submitted'
     order by c.queued_at, c.id limit ${limit}`
  return z.array(failedSchema).parse(rows)
}

const lostSchema = z.object({ claim_university_id: z.string(), lost_claim_id: z.string() })

/** Claims, of any university, that wait for evidence while no job collects it. */
export async function listClaimsWithoutCollector(lostBefore: Date, maxRows: number): Promise<ClaimKey[]> {
  const rows = await database().$queryRaw<unknown[]>`
    select claim_university_id::text, lost_claim_id::text
      from claims_without_collector(${lostBefore}::timestamptz, ${maxRows}::int)`
  return z
    .array(lostSchema)
    .parse(rows)
    .map((row) => ({ universityId: row.claim_university_id, claimId: row.lost_claim_id }))
}
