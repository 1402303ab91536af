import { z } from 'zod'
import type { Tx } from './scope'

export const STORED_FORMATS = ['xlsx', 'csv'] as const
export const STORED_ENCODINGS = ['utf-8-bom', 'utf-8', 'gb18030'] as const

export type NewReportExport = {
  universityId: string
  id: string
  format: (typeof STORED_FORMATS)[number]
  encoding: (typeof STORED_ENCODINGS)[number]
  /** What was asked for: filter or filing, language, columns. */
  filter: Readonly<Record<string, unknown>>
  rowCount: number
  contentSha256: string
  signedHead: string
  memberId: string
  createdAt: Date
}

/** Keeps that a report was handed out whole. */
export async function insertReportExport(tx: Tx, { filter, ...row }: NewReportExport): Promise<void> {
  await tx.reportExport.createMany({ data: { ...row, filter: JSON.parse(JSON.stringify(filter)) } })
}

export type ReportExportRow = z.output<typeof rowSchema>

const rowSchema = z.object({
  id: z.string(),
  format: z.enum(STORED_FORMATS),
  encoding: z.enum(STORED_ENCODINGS),
  rowCount: z.number(),
  contentSha256: z.string(),
  signedHead: z.string(),
  byName: z.string().nullable(),
  filingId: z.string().nullable(),
  filingTermCode: z.string().nullable(),
  filingOrdinal: z.number().nullable(),
  createdAt: z.date(),
})

/** Exports of a university, or of one filing, newest first. */
export async function listReportExports(
  tx: Tx,
  query: { universityId: string; filingId: string | null; after: { at: Date; id: string } | null; limit: number },
): Promise<ReportExportRow[]> {
  const { universityId, filingId, after, limit } = query
  const rows = await tx.$queryRaw<unknown[]>`
    select r.id::text, r.format, r.encoding, r.row_count as "rowCount", r.content_sha256 as "contentSha256",
           r.signed_head as "signedHead", m.name as "byName", f.id::text as "filingId", t.code as "filingTermCode", f.ordinal as "filingOrdinal",
           r.created_at as "createdAt"
      from report_export r
      left join member m on m.university_id = r.university_id and m.id = r.member_id
      left join filing f on f.university_id = r.university_id and f.id = r.filing_id
      left join term t on t.university_id = f.university_id and t.id = f.term_id
     where r.university_id = ${universityId}::uuid
       and (${filingId}::uuid is null or r.filing_id = ${filingId}::uuid)
       and (${after?.at ?? null}::timestamptz is null
            or (r.created_at, r.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by r.created_at desc, r.id desc
     limit ${limit}`
  return z.array(rowSchema).parse(rows)
}
