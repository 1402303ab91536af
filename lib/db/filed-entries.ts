import { z } from 'zod'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/**
 * The digest of some entries of the ledger, `e` in the query that it stands in: SHA-256 (lower-case hex) over their hashes in
 * the ledger's order with a line feed between two. A filing keeps it of what it was made of.
 */
export const ENTRIES_SHA256 = `encode(sha256(convert_to(coalesce(string_agg(e.hash, E'\\n' order by e.sequence), ''), 'UTF8')), 'hex')`

/** A filing as it is stored, as far as its entries say it too. */
export type StoredFiling = z.output<typeof storedSchema>

/** What every reading of a filing has. */
export const FILING_SHAPE = {
  termId: z.string(),
  termCode: z.string(),
  ordinal: z.number(),
  entryCount: z.number(),
  totalHundredths: z.number(),
  lastSequence: z.bigint().transform(Number),
  entriesSha256: z.string(),
  signedHead: z.string(),
}

/** The columns of that, of `filing f` and its `term t`. */
export const FILING_COLUMNS = `f.term_id::text as "termId", t.code as "termCode", f.ordinal, f.entry_count as "entryCount",
  f.total_hundredths as "totalHundredths", f.last_sequence as "lastSequence", f.entries_sha256 as "entriesSha256",
  f.signed_head as "signedHead"`

const storedSchema = z.object({ filingId: z.string(), ...FILING_SHAPE })

/** All filings of a university, term by term by their number. */
export async function listStoredFilings(tx: Tx, universityId: string): Promise<StoredFiling[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select f.id::text as "filingId", ${Prisma.raw(FILING_COLUMNS)}
      from filing f join term t on t.university_id = f.university_id and t.id = f.term_id
     where f.university_id = ${universityId}::uuid
     order by t.starts_at, f.term_id, f.ordinal`
  return z.array(storedSchema).parse(rows)
}

/** A filing of which the audit log tells that it was made; `at` and `eventId` say where the next page begins. */
export type ToldFiling = z.output<typeof toldSchema>

const toldSchema = z.object({
  eventId: z.string(),
  at: z.date(),
  filingId: z.string(),
  termCode: z.string(),
  ordinal: z.number(),
  isThere: z.boolean(),
})

/** Filings as the audit log tells of them, in the order in which they were made: the log is append-only, so it outlives them. */
export async function listToldFilings(
  tx: Tx,
  { universityId, after, limit }: { universityId: string; after: ToldFiling | null; limit: number },
): Promise<ToldFiling[]> {
  const isAfter =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(e.occurred_at, e.id) > (${after.at}::timestamptz, ${after.eventId}::uuid)`
  const rows = await tx.$queryRaw<unknown[]>`
    select e.id::text as "eventId", e.occurred_at as at, e.subject_id as "filingId",
           coalesce(t.code, e.data->>'termId') as "termCode", (e.data->>'ordinal')::int as ordinal,
           f.id is not null as "isThere"
      from audit_event e
      left join term t on t.university_id = e.university_id and t.id = (e.data->>'termId')::uuid
      left join filing f on f.university_id = e.university_id and f.id = e.subject_id::uuid
     where e.university_id = ${universityId}::uuid and e.action = 'filing.created' and ${isAfter}
     order by e.occurred_at, e.id limit ${limit}`
  return z.array(toldSchema).parse(rows)
}

/** What a filing holds, by the entries that are in it. */
export type FiledEntries = z.output<typeof filedSchema>

const filedSchema = z.object({
  entries: z.number(),
  hundredths: z.number(),
  /** 0 where it holds none. */
  lastSequence: z.bigint().transform(Number),
  entriesSha256: z.string(),
  /** Entries of another term than the filing's. */
  ofOtherTerm: z.number(),
})

/** Counts and sums a filing's entries anew. */
export async function sumFiledEntries(
  tx: Tx,
  { universityId, filingId, termId }: { universityId: string; filingId: string; termId: string },
): Promise<FiledEntries> {
  const rows = await tx.$queryRaw<unknown[]>`
    select count(*)::int as entries, coalesce(sum(e.credit_hundredths), 0)::int as hundredths,
           coalesce(max(e.sequence), 0) as "lastSequence", ${Prisma.raw(ENTRIES_SHA256)} as "entriesSha256",
           (count(*) filter (where e.term_id <> ${termId}::uuid))::int as "ofOtherTerm"
      from filing_entry x join credit_entry e on e.university_id = x.university_id and e.sequence = x.sequence
     where x.university_id = ${universityId}::uuid and x.filing_id = ${filingId}::uuid`
  return z.tuple([filedSchema]).parse(rows)[0]
}
