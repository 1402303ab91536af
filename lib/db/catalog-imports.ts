import { z } from 'zod'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

export const CATALOG_IMPORT_STATES = ['previewed', 'applied', 'discarded'] as const
export type CatalogImportState = (typeof CATALOG_IMPORT_STATES)[number]

/** An import without what stood in the file. `summary` is as stored: whoever uses it parses it. */
export type CatalogImportRow = {
  id: string
  memberName: string | null
  fileName: string
  fileSha256: string
  summary: unknown
  state: CatalogImportState
  createdAt: Date
  appliedAt: Date | null
}

type Key = { universityId: string; importId: string }

type NewImport = Key & {
  memberId: string
  fileName: string
  fileSha256: string
  lines: readonly unknown[]
  problems: readonly unknown[]
  summary: unknown
  createdAt: Date
}

/** Keeps a preview: what the file would do, line by line. */
export async function insertCatalogImport(tx: Tx, given: NewImport): Promise<void> {
  await tx.$executeRaw`
    insert into catalog_import (university_id, id, member_id, file_name, file_sha256, rows, problems, summary, created_at)
    values (${given.universityId}::uuid, ${given.importId}::uuid, ${given.memberId}::uuid, ${given.fileName},
      ${given.fileSha256}, ${JSON.stringify(given.lines)}::jsonb, ${JSON.stringify(given.problems)}::jsonb,
      ${JSON.stringify(given.summary)}::jsonb, ${given.createdAt})`
}

const importSchema = z.object({
  id: z.string(),
  memberName: z.string().nullable(),
  fileName: z.string(),
  fileSha256: z.string(),
  summary: z.unknown(),
  state: z.enum(CATALOG_IMPORT_STATES),
  createdAt: z.date(),
  appliedAt: z.date().nullable(),
})

const HEAD = Prisma.sql`i.id::text, m.name as "memberName", i.file_name as "fileName", i.file_sha256 as "fileSha256",
  i.summary, i.state, i.created_at as "createdAt", i.applied_at as "appliedAt"`
const FROM = Prisma.sql`catalog_import i left join member m on m.university_id = i.university_id and m.id = i.member_id`

/** One import, or null. */
export async function findCatalogImport(tx: Tx, { universityId, importId }: Key): Promise<CatalogImportRow | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    select ${HEAD} from ${FROM} where i.university_id = ${universityId}::uuid and i.id = ${importId}::uuid`
  return rows[0] === undefined ? null : importSchema.parse(rows[0])
}

/** The newest imports of a university, before a position. */
export async function listCatalogImportRows(
  tx: Tx,
  query: { universityId: string; before: { createdAt: Date; id: string } | null; limit: number },
): Promise<CatalogImportRow[]> {
  const { universityId, before, limit } = query
  const after = before
    ? Prisma.sql`and (i.created_at, i.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`
    : Prisma.empty
  const rows = await tx.$queryRaw<unknown[]>`
    select ${HEAD} from ${FROM} where i.university_id = ${universityId}::uuid ${after}
     order by i.created_at desc, i.id desc limit ${limit}`
  return z.array(importSchema).parse(rows)
}

/** The lines of a preview of one kind, in the file's order after a line. */
export async function listCatalogPlanLines(
  tx: Tx,
  query: Key & { kind: string; afterLine: number; limit: number },
): Promise<unknown[]> {
  const rows = await tx.$queryRaw<{ line: unknown }[]>`
    select e.line from catalog_import i cross join lateral jsonb_array_elements(i.rows) with ordinality as e(line, place)
     where i.university_id = ${query.universityId}::uuid and i.id = ${query.importId}::uuid
       and e.line ->> 'kind' = ${query.kind} and (e.line ->> 'line')::int > ${query.afterLine}
     order by e.place limit ${query.limit}`
  return rows.map(({ line }) => line)
}

/** The problems of a preview by their place in the list, after one. */
export async function listCatalogProblems(
  tx: Tx,
  query: Key & { afterPlace: number; limit: number },
): Promise<{ place: number; problem: unknown }[]> {
  return tx.$queryRaw<{ place: number; problem: unknown }[]>`
    select e.place::int, e.problem
      from catalog_import i cross join lateral jsonb_array_elements(i.problems) with ordinality as e(problem, place)
     where i.university_id = ${query.universityId}::uuid and i.id = ${query.importId}::uuid and e.place > ${query.afterPlace}
     order by e.place limit ${query.limit}`
}

/** All lines of a preview, held until the transaction ends; null when it is not a preview (any more). */
export async function lockCatalogPlan(tx: Tx, { universityId, importId }: Key): Promise<unknown[] | null> {
  const rows = await tx.$queryRaw<{ rows: unknown[] }[]>`
    select rows from catalog_import
     where university_id = ${universityId}::uuid and id = ${importId}::uuid and state = 'previewed' for update`
  return rows[0]?.rows ?? null
}

/** Ends a preview and forgets its good rows; what was wrong stays to be put right. False when it had ended. */
export async function endCatalogImport(
  tx: Tx,
  { universityId, importId, state, now }: Key & { state: 'applied' | 'discarded'; now: Date },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update catalog_import
       set state = ${state}, rows = '[]', applied_at = ${state === 'applied' ? now : null}::timestamptz,
           problems = case when ${state} = 'applied' then problems else '[]' end
     where university_id = ${universityId}::uuid and id = ${importId}::uuid and state = 'previewed'`
  return changed === 1
}

/** Ids and checksums of a member's previews that were neither applied nor discarded. */
export async function listOpenCatalogImports(
  tx: Tx,
  { universityId, memberId }: { universityId: string; memberId: string },
): Promise<{ id: string; fileSha256: string }[]> {
  return tx.catalogImport.findMany({
    where: { universityId, memberId, state: 'previewed' },
    select: { id: true, fileSha256: true },
    orderBy: { createdAt: 'desc' },
    take: 20,
  })
}
