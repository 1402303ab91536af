import { z } from 'zod'
import { CONTRIBUTION_KINDS } from '@/lib/domain/contribution'
import { LEDGER_ENTRY_KINDS } from '@/lib/domain/ledger'
import { PLATFORMS } from '@/lib/domain/platform'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** An award and what became of it. */
export type AwardLine = z.output<typeof awardSchema>

const awardSchema = z.object({
  entryId: z.string(),
  sequence: z.bigint().transform(Number),
  claimId: z.string(),
  memberId: z.string(),
  /** Null once the person was erased. */
  personId: z.string().nullable(),
  termId: z.string(),
  termCode: z.string(),
  creditHundredths: z.number(),
  /** What is left of it after corrections. */
  netHundredths: z.number(),
  revoked: z.boolean(),
})

/** An award of the university with what is left of it, or null; corrections are no awards. */
export async function findAward(
  tx: Tx,
  { universityId, entryId }: { universityId: string; entryId: string },
): Promise<AwardLine | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    select e.id::text as "entryId", e.sequence, e.claim_id::text as "claimId", e.member_id::text as "memberId",
           m.person_id::text as "personId", e.term_id::text as "termId", t.code as "termCode",
           e.credit_hundredths as "creditHundredths",
           (e.credit_hundredths + coalesce(c.total, 0))::int as "netHundredths", coalesce(c.revoked, false) as revoked
      from credit_entry e
      join member m on m.university_id = e.university_id and m.id = e.member_id
      join term t on t.university_id = e.university_id and t.id = e.term_id
      left join lateral (
        select sum(x.credit_hundredths) as total, bool_or(x.kind = 'revocation') as revoked
          from credit_entry x where x.university_id = e.university_id and x.corrects_entry_id = e.id
      ) c on true
     where e.university_id = ${universityId}::uuid and e.id = ${entryId}::uuid and e.kind = 'award'`
  return z.array(awardSchema).parse(rows)[0] ?? null
}

/** A line as lists show it. */
export type LedgerRow = z.output<typeof rowSchema>

const rowSchema = z.object({
  sequence: z.bigint().transform(Number),
  entryId: z.string(),
  kind: z.enum(LEDGER_ENTRY_KINDS),
  claimId: z.string().nullable(),
  correctsSequence: z.bigint().transform(Number).nullable(),
  memberId: z.string(),
  creditHundredths: z.number(),
  /** Of an award: what is left of it. */
  netHundredths: z.number(),
  revoked: z.boolean(),
  studentNumber: z.string(),
  studentName: z.string(),
  college: z.string(),
  erased: z.boolean(),
  termId: z.string(),
  termCode: z.string(),
  termNameZh: z.string(),
  termNameEn: z.string(),
  policyVersion: z.number().nullable(),
  endorsedByName: z.string().nullable(),
  approvedByName: z.string(),
  reason: z.string().nullable(),
  issuedAt: z.date(),
  hash: z.string(),
  filed: z.boolean(),
})

export type LedgerSelection = {
  universityId: string
  memberId?: string
  /** The one line of that number. */
  sequence?: number | null
  termId?: string | null
  /** Exact, as frozen in the line. */
  studentNumber?: string | null
  /** An award and what answers it, and nothing else. */
  entryId?: string
}

/** A page of lines, newest first, from before a sequence on. */
export async function listLedgerRows(
  tx: Tx,
  selection: LedgerSelection,
  page: { beforeSequence: number | null; limit: number },
): Promise<LedgerRow[]> {
  const { universityId } = selection
  const rows = await tx.$queryRaw<unknown[]>`
    select e.sequence, e.id::text as "entryId", e.kind, e.claim_id::text as "claimId", o.sequence as "correctsSequence",
           e.member_id::text as "memberId", e.credit_hundredths as "creditHundredths",
           (e.credit_hundredths + coalesce(c.total, 0))::int as "netHundredths", coalesce(c.revoked, false) as revoked,
           s.student_number as "studentNumber", s.name as "studentName", s.college, s.erased_at is not null as erased,
           t.id::text as "termId", t.code as "termCode", t.name_zh as "termNameZh", t.name_en as "termNameEn",
           v.version as "policyVersion", n.name as "endorsedByName", a.name as "approvedByName", e.reason,
           e.issued_at as "issuedAt", e.hash, f.sequence is not null as filed
      from (${pickLines(selection, page)}) picked
      join credit_entry e on e.university_id = ${universityId}::uuid and e.sequence = picked.sequence
      join credit_entry_student s on s.university_id = e.university_id and s.sequence = e.sequence
      join term t on t.university_id = e.university_id and t.id = e.term_id
      join member a on a.university_id = e.university_id and a.id = e.approved_by_member_id
      left join member n on n.university_id = e.university_id and n.id = e.endorsed_by_member_id
      left join policy_version v on v.university_id = e.university_id and v.id = e.policy_version_id
      left join credit_entry o on o.university_id = e.university_id and o.id = e.corrects_entry_id
      left join filing_entry f on f.university_id = e.university_id and f.sequence = e.sequence
      left join lateral (
        select sum(x.credit_hundredths) as total, bool_or(x.kind = 'revocation') as revoked
          from credit_entry x where x.university_id = e.university_id and x.corrects_entry_id = e.id
      ) c on true
     order by e.sequence desc`
  return z.array(rowSchema).parse(rows)
}

type Page = { beforeSequence: number | null; limit: number }

function pickLines(selection: LedgerSelection, page: Page): Prisma.Sql {
  const { universityId, memberId, sequence, termId, studentNumber, entryId } = selection
  if (entryId) {
    return Prisma.sql`
      select sequence from credit_entry where university_id = ${universityId}::uuid and id = ${entryId}::uuid
       union all
      select sequence from credit_entry where university_id = ${universityId}::uuid and corrects_entry_id = ${entryId}::uuid`
  }
  const before = page.beforeSequence === null ? Prisma.empty : Prisma.sql`and sequence < ${BigInt(page.beforeSequence)}`
  const only = typeof sequence === 'number' ? Prisma.sql`and sequence = ${BigInt(sequence)}` : Prisma.empty
  const tail = Prisma.sql`${only} ${before} order by sequence desc limit ${page.limit}`
  const of = (column: Prisma.Sql, id: string | null | undefined) =>
    id ? Prisma.sql`and ${column} = ${id}::uuid` : Prisma.empty
  const lines = Prisma.sql`
    select sequence from credit_entry where university_id = ${universityId}::uuid
       ${of(Prisma.sql`member_id`, memberId)} ${of(Prisma.sql`term_id`, termId)}`
  if (!studentNumber) return Prisma.sql`${lines} ${tail}`
  return Prisma.sql`
    select sequence from credit_entry_student
     where university_id = ${universityId}::uuid and student_number = ${studentNumber}
       ${termId ? Prisma.sql`and sequence in (${lines})` : Prisma.empty} ${tail}`
}

/** What a member has in all, and in each term, newest term first. */
export async function listTermTotals(
  tx: Tx,
  { universityId, memberId }: { universityId: string; memberId: string },
): Promise<{ termId: string; code: string; nameZh: string; nameEn: string; creditHundredths: number }[]> {
  return tx.$queryRaw`
    select t.id::text as "termId", t.code, t.name_zh as "nameZh", t.name_en as "nameEn",
           sum(e.credit_hundredths)::int as "creditHundredths"
      from credit_entry e join term t on t.university_id = e.university_id and t.id = e.term_id
     where e.university_id = ${universityId}::uuid and e.member_id = ${memberId}::uuid
     group by t.id, t.code, t.name_zh, t.name_en, t.starts_at
     order by t.starts_at desc`
}

/** A credited contribution of a line, with its share and the way to its evidence. */
export type CreditedItem = z.output<typeof creditedItemSchema>

const creditedItemSchema = z.object({
  sequence: z.bigint().transform(Number),
  contributionId: z.string(),
  evidenceId: z.string(),
  platform: z.enum(PLATFORMS),
  repository: z.string(),
  kind: z.enum(CONTRIBUTION_KINDS),
  number: z.number(),
  ref: z.string(),
  title: z.string(),
  url: z.string(),
  hundredths: z.number(),
})

/** The contributions of awards by their recorded shares, as their evidence names them. */
export async function listCreditedItems(
  tx: Tx,
  { universityId, sequences }: { universityId: string; sequences: readonly number[] },
): Promise<CreditedItem[]> {
  if (sequences.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select e.sequence, v.contribution_id::text as "contributionId", v.id::text as "evidenceId",
           v.content #>> '{repository,platform}' as platform, v.content #>> '{repository,fullName}' as repository,
           v.content #>> '{contribution,kind}' as kind, coalesce(v.content #>> '{contribution,ref}', '') as ref,
           (v.content #>> '{contribution,number}')::int as number, v.content #>> '{contribution,title}' as title,
           v.content #>> '{contribution,url}' as url, (i.value ->> 'hundredths')::int as hundredths
      from credit_entry e
     cross join lateral jsonb_array_elements(e.calculation #> '{result,items}') as i(value)
      join evidence v on v.university_id = e.university_id and v.claim_id = e.claim_id
           and v.contribution_id = (i.value ->> 'contributionId')::uuid
     where e.university_id = ${universityId}::uuid and e.sequence = any(${sequences.map(BigInt)}::bigint[])
     order by e.sequence desc, hundredths desc`
  return z.array(creditedItemSchema).parse(rows)
}
