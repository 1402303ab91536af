import { z } from 'zod'
import type { FiledNumbers } from '@/lib/domain/filing'
import { type ReportColumn, reportColumnsSchema } from '@/lib/domain/report-columns'
import { ENTRIES_SHA256, FILING_COLUMNS, FILING_SHAPE } from './filed-entries'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** What was handed to the academic affairs office. */
export type FilingRow = z.output<typeof filingSchema>

const filingSchema = z.object({
  id: z.string(),
  ...FILING_SHAPE,
  columns: reportColumnsSchema,
  /** What the university was called when it was filed, and where its public keys were. */
  universityNameZh: z.string(),
  universityNameEn: z.string(),
  keysUrl: z.string().nullable(),
  byName: z.string(),
  createdAt: z.date(),
})

const SELECT_FILING = Prisma.sql`
    select f.id::text, ${Prisma.raw(FILING_COLUMNS)}, f.columns, m.name as "byName",
           f.university_name_zh as "universityNameZh", f.university_name_en as "universityNameEn", f.keys_url as "keysUrl",
           f.created_at as "createdAt"
      from filing f
      join term t on t.university_id = f.university_id and t.id = f.term_id
      join member m on m.university_id = f.university_id and m.id = f.created_by_member_id`

type FilingKey = { universityId: string; filingId: string }

/** A filing of the university, or null. */
export async function findFiling(tx: Tx, { universityId, filingId }: FilingKey): Promise<FilingRow | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    ${SELECT_FILING}
     where f.university_id = ${universityId}::uuid and f.id = ${filingId}::uuid`
  return z.array(filingSchema).parse(rows)[0] ?? null
}

/** The id of a term's filing by its number, or null. */
export async function findFilingByOrdinal(
  tx: Tx,
  key: { universityId: string; termId: string; ordinal: number },
): Promise<string | null> {
  const row = await tx.filing.findUnique({ where: { universityId_termId_ordinal: key }, select: { id: true } })
  return row?.id ?? null
}

/** Filings of a university, newest first. */
export async function listFilingRows(
  tx: Tx,
  query: { universityId: string; after: { at: Date; id: string } | null; limit: number },
): Promise<FilingRow[]> {
  const { universityId, after, limit } = query
  const rows = await tx.$queryRaw<unknown[]>`
    ${SELECT_FILING}
     where f.university_id = ${universityId}::uuid
       and (${after?.at ?? null}::timestamptz is null
            or (f.created_at, f.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by f.created_at desc, f.id desc
     limit ${limit}`
  return z.array(filingSchema).parse(rows)
}

/** What of a term was not handed in yet. */
export type Unfiled = z.output<typeof unfiledSchema>

const unfiledSchema = z.object({
  termId: z.string(),
  entries: z.number(),
  students: z.number(),
  hundredths: z.number(),
  corrections: z.number(),
  /** Of the filings that the term has; 0 where it has none. */
  lastOrdinal: z.number(),
  /** Claims of the term that were handed in and are not decided: what is approved of them comes into the next filing. */
  waiting: z.number(),
  /** Claims of the term that were sent back and may be handed in again. */
  sentBack: z.number(),
})

/**
 * Terms with entries that were not handed in yet. A filing takes every entry that its term then has, while nothing comes
 * into the ledger: what came after the last one's last entry is what waits, and an index finds it, however much was filed.
 */
export async function listUnfiled(tx: Tx, universityId: string): Promise<Unfiled[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select e.term_id::text as "termId", count(*)::int as entries, count(distinct e.member_id)::int as students,
           sum(e.credit_hundredths)::int as hundredths, (count(*) filter (where e.kind <> 'award'))::int as corrections,
           f.ordinal as "lastOrdinal", c.waiting, c."sentBack"
      from term t
     cross join lateral (
       select coalesce(max(ordinal), 0) as ordinal, coalesce(max(last_sequence), 0) as last_sequence
         from filing where university_id = t.university_id and term_id = t.id) f
      cross join lateral (
       select count(*) filter (where state <> 'changes_requested')::int as waiting,
              count(*) filter (where state = 'changes_requested')::int as "sentBack"
         from claim where university_id = t.university_id and term_id = t.id
          and state in ('submitted', 'in_review', 'endorsed', 'changes_requested')) c
      join credit_entry e on e.university_id = t.university_id and e.term_id = t.id and e.sequence > f.last_sequence
     where t.university_id = ${universityId}::uuid
     group by e.term_id, f.ordinal, c.waiting, c."sentBack"`
  return z.array(unfiledSchema).parse(rows)
}

/**
 * Waits for the right to file a term, until the transaction ends. Weaker than a lock that would stop new ledger lines from
 * naming the term: those are held back by the ledger's head.
 */
export async function lockTermForFiling(
  tx: Tx,
  { universityId, termId }: { universityId: string; termId: string },
): Promise<{ code: string; closedAt: Date | null } | null> {
  const rows = await tx.$queryRaw<{ code: string; closedAt: Date | null }[]>`
    select code, closed_at as "closedAt" from term
     where university_id = ${universityId}::uuid and id = ${termId}::uuid for no key update`
  return rows[0] ?? null
}

const sumsSchema = z.object({
  entries: z.number(),
  hundredths: z.number(),
  lastSequence: z
    .bigint()
    .nullable()
    .transform((value) => (value === null ? null : Number(value))),
  entriesSha256: z.string(),
  nextOrdinal: z.number(),
})

/** What a filing made now would hold. Ask while the term and the ledger's head are held. */
export async function sumUnfiled(
  tx: Tx,
  { universityId, termId }: { universityId: string; termId: string },
): Promise<z.output<typeof sumsSchema>> {
  const rows = await tx.$queryRaw<unknown[]>`
    select count(*)::int as entries, coalesce(sum(e.credit_hundredths), 0)::int as hundredths,
           max(e.sequence) as "lastSequence",
           ${Prisma.raw(ENTRIES_SHA256)} as "entriesSha256",
           1 + coalesce((select max(f.ordinal) from filing f
                          where f.university_id = ${universityId}::uuid and f.term_id = ${termId}::uuid), 0) as "nextOrdinal"
      from credit_entry e
     where e.university_id = ${universityId}::uuid and e.term_id = ${termId}::uuid
       and not exists (select 1 from filing_entry x where x.university_id = e.university_id and x.sequence = e.sequence)`
  return z.array(sumsSchema).length(1).parse(rows)[0] ?? sumsSchema.parse(rows[0])
}

export type NewFiling = Omit<FiledNumbers, 'filingId'> & {
  universityId: string
  id: string
  signedHead: string
  columns: readonly ReportColumn[]
  universityNameZh: string
  universityNameEn: string
  keysUrl: string
  createdByMemberId: string
  createdAt: Date
}

/** Keeps a filing with all entries of its term that no other has. Returns how many those are. */
export async function insertFiling(tx: Tx, filing: NewFiling): Promise<number> {
  const { universityId, id, termId, lastSequence, columns } = filing
  await tx.filing.createMany({
    data: { ...filing, lastSequence: BigInt(lastSequence), columns: columns.map((column) => ({ ...column })) },
  })
  return tx.$executeRaw`
    insert into filing_entry (university_id, sequence, filing_id)
    select e.university_id, e.sequence, ${id}::uuid from credit_entry e
     where e.university_id = ${universityId}::uuid and e.term_id = ${termId}::uuid
       and not exists (select 1 from filing_entry x where x.university_id = e.university_id and x.sequence = e.sequence)
     order by e.sequence`
}
