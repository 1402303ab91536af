import { z } from 'zod'
import { type ReportColumn, type ReportColumnKey, readReportColumns } from '@/lib/domain/report-columns'
import {
  type ReportPage,
  type ReportSelection,
  type ReportStyle,
  reportQuery,
  reportSubtotalsQuery,
  reportTotalsQuery,
} from './report-query'
import type { Tx } from './scope'

export type ReportRow = Readonly<Partial<Record<ReportColumnKey, string>>>

export type ReportSums = z.output<typeof reportSumsSchema>
export const reportSumsSchema = z.object({ entries: z.number(), hundredths: z.coerce.number() })

export type ReportTotals = z.output<typeof reportTotalsSchema>
const reportTotalsSchema = reportSumsSchema.extend({ students: z.number() })

/** A page of a report, newest line first. */
export async function listReportRows(
  tx: Tx,
  selection: ReportSelection,
  shown: { columns: readonly ReportColumnKey[]; style: ReportStyle; page: ReportPage },
): Promise<ReportRow[]> {
  const rows = await tx.$queryRawUnsafe<unknown[]>(reportQuery(selection, shown))
  return z.array(z.record(z.string(), z.string())).parse(rows)
}

/** The sums of a report. */
export async function countReport(tx: Tx, selection: ReportSelection): Promise<ReportTotals> {
  const rows = await tx.$queryRawUnsafe<unknown[]>(reportTotalsQuery(selection))
  return reportTotalsSchema.parse(rows[0])
}

export type ReportSubtotal = z.output<typeof subtotalSchema>
/** By what the database says of a row: which of college and programme it sums over. */
const SUBTOTAL_LEVELS = { '0': 'programme', '1': 'college', '3': 'all' } as const
const subtotalSchema = z.object({
  /** What is summed: a programme of a college, a college, or all. */
  level: z.enum(['0', '1', '3']).transform((level) => SUBTOTAL_LEVELS[level]),
  college: z.string(),
  programme: z.string(),
  students: z.coerce.number(),
  entries: z.coerce.number(),
  credit: z.string(),
})

/** The sums of a report by programme and by college, in the order of the file. */
export async function listSubtotals(tx: Tx, selection: ReportSelection): Promise<ReportSubtotal[]> {
  return z.array(subtotalSchema).parse(await tx.$queryRawUnsafe<unknown[]>(reportSubtotalsQuery(selection)))
}

/** So many pairs of college and programme are offered to choose from. */
const PLACES_LIMIT = 500

/**
 * Colleges and their programmes as they stand in ledger lines: one step of the index each, however many lines there are.
 * `isCut` where there are more than are listed.
 */
export async function listCreditedColleges(
  tx: Tx,
  universityId: string,
): Promise<{ places: { college: string; programme: string | null }[]; isCut: boolean }> {
  const rows = await tx.$queryRaw<{ college: string; programme: string | null }[]>`
    with recursive seen as (
      (select college, programme from credit_entry_student where university_id = ${universityId}::uuid
        order by college, programme limit 1)
      union all
      select n.college, n.programme from seen s cross join lateral (
        select college, programme from credit_entry_student
         where university_id = ${universityId}::uuid
           and (college > s.college
                or (college = s.college and s.programme is not null and (programme > s.programme or programme is null)))
         order by college, programme limit 1) n
    )
    select college, programme from seen limit ${PLACES_LIMIT + 1}`
  return { places: rows.slice(0, PLACES_LIMIT), isCut: rows.length > PLACES_LIMIT }
}

/** The columns of the university's reports. */
export async function findReportColumns(tx: Tx, universityId: string): Promise<readonly ReportColumn[]> {
  const row = await tx.universitySettings.findUnique({ where: { universityId }, select: { reportColumns: true } })
  return readReportColumns(row?.reportColumns ?? null)
}

/** Keeps the choice of columns. */
export async function saveReportColumns(
  tx: Tx,
  { universityId, columns, now }: { universityId: string; columns: readonly ReportColumn[]; now: Date },
): Promise<void> {
  const reportColumns = columns.map((column) => ({ ...column }))
  await tx.universitySettings.upsert({
    where: { universityId },
    create: { universityId, reportColumns, updatedAt: now },
    update: { reportColumns, updatedAt: now },
  })
}
