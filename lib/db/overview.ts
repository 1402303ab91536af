import { z } from 'zod'
import { CLAIM_STATES } from '@/lib/domain/claim-states'
import { SYNC_FAILURES } from '@/lib/domain/sync'
import type { Tx } from './scope'
import { FAILS_ITS_ACCOUNT } from './sync-sources'

const waitingSchema = z.object({
  state: z.enum(CLAIM_STATES),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  count: z.number(),
  /** Waiting since before each of the two instants asked for. */
  older: z.number(),
  old: z.number(),
  oldestAt: z.date(),
  evidenceFailed: z.number(),
  /** How many may endorse for the department. */
  reviewers: z.number(),
})
export type WaitingClaims = z.output<typeof waitingSchema>

type Ages = { universityId: string; oldBefore: Date; olderBefore: Date }

/** Claims that wait for somebody, by state and department. */
export async function countWaitingClaims(
  tx: Tx,
  { universityId, oldBefore, olderBefore }: Ages,
): Promise<WaitingClaims[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.*, d.name as "departmentName", (
        select count(*)::int from review_assignment a
          join member m on m.university_id = a.university_id and m.id = a.member_id and m.status = 'active'
          join member_role r on r.university_id = a.university_id and r.member_id = a.member_id and r.role = 'reviewer'
         where a.university_id = ${universityId}::uuid and a.department_id = c."departmentId"::uuid) as reviewers
      from (
        select state, department_id::text as "departmentId", count(*)::int as count, min(queued_at) as "oldestAt",
               count(*) filter (where queued_at < ${oldBefore} and queued_at >= ${olderBefore})::int as old,
               count(*) filter (where queued_at < ${olderBefore})::int as older,
               count(*) filter (where evidence_state = 'failed')::int as "evidenceFailed"
          from claim
         where university_id = ${universityId}::uuid and state in ('submitted', 'in_review', 'endorsed')
         group by state, department_id) c
      left join department d on d.university_id = ${universityId}::uuid and d.id = c."departmentId"::uuid
     order by d.name nulls last`
  return z.array(waitingSchema).parse(rows)
}

const failuresSchema = z.array(z.object({ failureKind: z.enum(SYNC_FAILURES), accounts: z.number() }))

/** Accounts in use of the university's members that could not be read, by why. */
export async function countSyncFailures(tx: Tx, universityId: string): Promise<z.output<typeof failuresSchema>> {
  const rows = await tx.$queryRaw<unknown[]>`
    select s.failure_kind as "failureKind", count(distinct s.account_id)::int as accounts
      from sync_source s
      join linked_account a on a.id = s.account_id and a.unlinked_at is null
      join member m on m.person_id = s.person_id and m.university_id = ${universityId}::uuid and m.status = 'active'
     where s.failure_kind is not null and ${FAILS_ITS_ACCOUNT}
     group by s.failure_kind order by accounts desc`
  return failuresSchema.parse(rows)
}

const ledgerSchema = z.object({
  entries: z.number(),
  hash: z.string().nullable(),
  filed: z.number(),
  filings: z.number(),
  lastFiling: z
    .object({
      filingId: z.string(),
      ordinal: z.number(),
      entryCount: z.number(),
      createdAt: z.coerce.date(),
      termNameZh: z.string(),
      termNameEn: z.string(),
    })
    .nullable(),
})
export type LedgerStanding = z.output<typeof ledgerSchema>

/**
 * How far the ledger is and how much of it was filed. The ledger has no gaps and each entry is filed once, so the sums of
 * the filings say it: no entry is counted.
 */
export async function readLedgerStanding(tx: Tx, universityId: string): Promise<LedgerStanding> {
  const rows = await tx.$queryRaw<unknown[]>`
    select coalesce((select sequence from ledger_head where university_id = ${universityId}::uuid), 0)::int as entries,
           (select hash from ledger_head where university_id = ${universityId}::uuid and sequence > 0) as hash,
           coalesce(sum(f.entry_count), 0)::int as filed, count(*)::int as filings,
           (select jsonb_build_object('filingId', l.id, 'ordinal', l.ordinal, 'entryCount', l.entry_count,
                'createdAt', l.created_at, 'termNameZh', t.name_zh, 'termNameEn', t.name_en)
              from filing l join term t on t.university_id = l.university_id and t.id = l.term_id
             where l.university_id = ${universityId}::uuid order by l.created_at desc limit 1) as "lastFiling"
      from filing f where f.university_id = ${universityId}::uuid`
  return z.tuple([ledgerSchema]).parse(rows)[0]
}

const setUpSchema = z.object({
  hasPolicy: z.boolean(),
  hasStudents: z.boolean(),
  hasReviewers: z.boolean(),
  openPreviewId: z.string().nullable(),
})
export type SetUp = z.output<typeof setUpSchema>

/** What a university must have before a claim can go through. */
export async function readSetUp(tx: Tx, key: { universityId: string; memberId: string }): Promise<SetUp> {
  const { universityId, memberId } = key
  const rows = await tx.$queryRaw<unknown[]>`
    select exists (select 1 from policy_version
             where university_id = ${universityId}::uuid and status = 'published') as "hasPolicy",
           exists (select 1 from member_role
             where university_id = ${universityId}::uuid and role = 'student') as "hasStudents",
           exists (select 1 from review_assignment where university_id = ${universityId}::uuid) as "hasReviewers",
           (select id::text from roster_import where university_id = ${universityId}::uuid
             and member_id = ${memberId}::uuid and state = 'previewed'
             order by created_at desc limit 1) as "openPreviewId"`
  return z.tuple([setUpSchema]).parse(rows)[0]
}
