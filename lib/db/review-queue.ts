import { z } from 'zod'
import { EVIDENCE_STATES } from './claims'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** A claim that waits to be decided, with what a list shows of it. */
export type QueuedClaim = z.output<typeof queuedClaimSchema>

const queuedClaimSchema = z.object({
  claimId: z.string(),
  version: z.number(),
  queuedAt: z.date(),
  submittedAt: z.date(),
  itemCount: z.number(),
  warningCount: z.number(),
  creditHundredths: z.number().nullable(),
  evidenceState: z.enum(EVIDENCE_STATES),
  studentName: z.string(),
  studentNumber: z.string(),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  termCode: z.string(),
  termNameZh: z.string(),
  termNameEn: z.string(),
  /** The name of who endorsed it last; null before. */
  endorsedByName: z.string().nullable(),
  /** The reader endorsed it, now or in an earlier round. */
  endorsedByReader: z.boolean(),
})

export type QueueSelection = {
  universityId: string
  state: 'in_review' | 'endorsed'
  /** Departments that are shown; null is all, those of no department too. */
  departmentIds: readonly string[] | null
  /** Whose claims are never shown: one's own. */
  readerPersonId: string
  warnings: 'all' | 'none' | 'some'
}

type Page = { after: { queuedAt: Date; id: string } | null; limit: number }

/**
 * A page of a queue, what waits longest first. One index range a department, so that a page costs the same however long
 * the queue is.
 */
export async function listQueuedClaims(tx: Tx, selection: QueueSelection, page: Page): Promise<QueuedClaim[]> {
  const { universityId, departmentIds } = selection
  const range = rangeOf(selection, page)
  const picked =
    departmentIds === null
      ? range(Prisma.empty)
      : Prisma.sql`
          select c.* from unnest(${[...departmentIds]}::uuid[]) as d(id)
           cross join lateral (${range(Prisma.sql`and department_id = d.id`)}) c
           order by c.queued_at, c.id limit ${page.limit}`
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text as "claimId", c.version, c.queued_at as "queuedAt", c.submitted_at as "submittedAt",
           c.item_count as "itemCount", c.warning_count as "warningCount", c.credit_hundredths as "creditHundredths",
           c.evidence_state as "evidenceState", m.name as "studentName", m.number as "studentNumber",
           c.department_id::text as "departmentId", p.name as "departmentName",
           t.code as "termCode", t.name_zh as "termNameZh", t.name_en as "termNameEn",
           e.name as "endorsedByName", coalesce(e.by_reader, false) as "endorsedByReader"
      from (${picked}) c
      join member m on m.university_id = c.university_id and m.id = c.member_id
      join term t on t.university_id = c.university_id and t.id = c.term_id
      left join department p on p.university_id = c.university_id and p.id = c.department_id
      left join lateral (
        select (array_agg(x.name order by d.decided_at desc, d.id desc))[1] as name,
               bool_or(d.person_id = ${selection.readerPersonId}::uuid) as by_reader
          from decision d join member x on x.university_id = d.university_id and x.id = d.member_id
         where d.university_id = ${universityId}::uuid and d.claim_id = c.id and d.action = 'endorse'
      ) e on true
     order by c.queued_at, c.id`
  return z.array(queuedClaimSchema).parse(rows)
}

function rangeOf(selection: QueueSelection, { after, limit }: Page): (department: Prisma.Sql) => Prisma.Sql {
  return (department) => Prisma.sql`
    select id, university_id, version, queued_at, submitted_at, item_count, warning_count, credit_hundredths,
           evidence_state, member_id, department_id, term_id
      from claim
     where university_id = ${selection.universityId}::uuid and state = ${selection.state} ${department}
       and person_id <> ${selection.readerPersonId}::uuid ${warningsOf(selection)}
       ${after ? Prisma.sql`and (queued_at, id) > (${after.queuedAt}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
     order by queued_at, id limit ${limit}`
}

function warningsOf({ warnings }: QueueSelection): Prisma.Sql {
  if (warnings === 'all') return Prisma.empty
  return warnings === 'none' ? Prisma.sql`and warning_count = 0` : Prisma.sql`and warning_count > 0`
}

/** A department of a queue, and how many claims wait there, counted up to {@link COUNTED_UP_TO}. */
export type QueueDepartment = { departmentId: string; name: string; waiting: number }

export const COUNTED_UP_TO = 100

/** The departments of a selection by name, with their queues. */
export async function listQueueDepartments(tx: Tx, selection: QueueSelection): Promise<QueueDepartment[]> {
  const { universityId, departmentIds } = selection
  const shown = departmentIds === null ? Prisma.empty : Prisma.sql`and d.id = any(${[...departmentIds]}::uuid[])`
  return tx.$queryRaw<QueueDepartment[]>`
    select d.id::text as "departmentId", d.name, c.waiting
      from department d
     cross join lateral (
       select count(*)::int as waiting from (
         select 1 from claim
          where university_id = ${universityId}::uuid and state = ${selection.state} and department_id = d.id
            and person_id <> ${selection.readerPersonId}::uuid
          -- The order keeps to the queue's index, which holds nothing but what waits.
          order by queued_at limit ${COUNTED_UP_TO}) w
     ) c
     where d.university_id = ${universityId}::uuid ${shown}
     order by d.name`
}
