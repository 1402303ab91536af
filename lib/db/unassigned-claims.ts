import { z } from 'zod'
import type { Tx } from './scope'

const unassignedSchema = z.object({
  claimId: z.string(),
  memberId: z.string(),
  submittedAt: z.date(),
  studentName: z.string(),
  studentNumber: z.string(),
})
/** A claim of no department: it is in no reviewer's queue. */
export type UnassignedClaim = z.output<typeof unassignedSchema>

/** The claims of a university that wait for nobody since they have no department, what waits longest first. */
export async function listUnassignedClaims(
  tx: Tx,
  { universityId, limit }: { universityId: string; limit: number },
): Promise<UnassignedClaim[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text as "claimId", m.id::text as "memberId", c.submitted_at as "submittedAt",
           m.name as "studentName", m.number as "studentNumber"
      from claim c join member m on m.university_id = c.university_id and m.id = c.member_id
     where c.university_id = ${universityId}::uuid and c.department_id is null and c.state in ('submitted', 'in_review')
     order by c.queued_at, c.id limit ${limit}`
  return z.array(unassignedSchema).parse(rows)
}

const assignedSchema = z.object({ claimId: z.string(), departmentId: z.string() })
export type AssignedClaim = z.output<typeof assignedSchema>

/** Puts waiting claims without a department into that of their member, once the member has one. */
export async function assignClaimsOfMembers(
  tx: Tx,
  { universityId, memberIds }: { universityId: string; memberIds: readonly string[] },
): Promise<AssignedClaim[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    update claim c set department_id = m.department_id
      from member m
     where m.university_id = ${universityId}::uuid and m.id = any(${[...memberIds]}::uuid[]) and m.department_id is not null
       and c.university_id = m.university_id and c.member_id = m.id and c.department_id is null
       and c.state in ('submitted', 'in_review')
    returning c.id::text as "claimId", c.department_id::text as "departmentId"`
  return z.array(assignedSchema).parse(rows)
}
