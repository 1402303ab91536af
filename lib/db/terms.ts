import { z } from 'zod'
import type { Tx } from './scope'

const termLineSchema = z.object({
  id: z.string(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  closedAt: z.date().nullable(),
  drafts: z.number(),
  /** Handed in and not decided yet. */
  waiting: z.number(),
  changesRequested: z.number(),
  approved: z.number(),
  creditEntries: z.number(),
  filings: z.number(),
})
export type TermLine = z.output<typeof termLineSchema>

/** All terms with what hangs on them, newest first. A university has a few dozen in its life. */
export async function listTermLines(tx: Tx, universityId: string): Promise<TermLine[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select t.id::text, t.code, t.name_zh as "nameZh", t.name_en as "nameEn", t.starts_at as "startsAt",
           t.ends_at as "endsAt", t.closed_at as "closedAt", c.*,
           (select count(*)::int from credit_entry e where e.university_id = t.university_id and e.term_id = t.id)
             as "creditEntries",
           (select count(*)::int from filing f where f.university_id = t.university_id and f.term_id = t.id) as filings
      from term t
     cross join lateral (
       select count(*) filter (where state = 'draft')::int as drafts,
              count(*) filter (where state in ('submitted', 'in_review', 'endorsed'))::int as waiting,
              count(*) filter (where state = 'changes_requested')::int as "changesRequested",
              count(*) filter (where state = 'approved')::int as approved
         from claim where university_id = t.university_id and term_id = t.id) c
     where t.university_id = ${universityId}::uuid
     order by t.starts_at desc limit 200`
  return z.array(termLineSchema).parse(rows)
}

type TermKey = { universityId: string; termId: string }
export type TermFields = { code: string; nameZh: string; nameEn: string; startsAt: Date; endsAt: Date }

/** Waits until nobody changes the term, and keeps it as it is until the transaction ends: credit is calculated by its days. */
export async function holdTerm(tx: Tx, { universityId, termId }: TermKey): Promise<void> {
  await tx.$executeRaw`
    select 1 from term where university_id = ${universityId}::uuid and id = ${termId}::uuid for share`
}

/** Waits until nobody changes the term or calculates by it; see {@link holdTerm}. */
export async function holdTermToChange(tx: Tx, { universityId, termId }: TermKey): Promise<void> {
  await tx.$executeRaw`
    select 1 from term where university_id = ${universityId}::uuid and id = ${termId}::uuid for no key update`
}

/** Whether lines of the ledger, or a filing, name the term. */
export async function findTermUse(
  tx: Tx,
  { universityId, termId }: TermKey,
): Promise<{ isCredited: boolean; isFiled: boolean }> {
  const credited = await tx.creditEntry.findFirst({ where: { universityId, termId }, select: { sequence: true } })
  const filed = await tx.filing.findFirst({ where: { universityId, termId }, select: { id: true } })
  return { isCredited: credited !== null, isFiled: filed !== null }
}

export async function insertTerm(tx: Tx, { universityId, termId, ...fields }: TermKey & TermFields): Promise<void> {
  await tx.term.createMany({ data: { universityId, id: termId, ...fields } })
}

export async function updateTerm(tx: Tx, { universityId, termId, ...fields }: TermKey & TermFields): Promise<void> {
  await tx.term.updateMany({ where: { universityId, id: termId }, data: fields })
}

/** Closes a term at an instant, or opens it again. */
export async function setTermClosed(
  tx: Tx,
  { universityId, termId, closedAt }: TermKey & { closedAt: Date | null },
): Promise<void> {
  await tx.term.updateMany({ where: { universityId, id: termId }, data: { closedAt } })
}
