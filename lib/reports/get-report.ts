import {
  countReport,
  findReportColumns,
  listCreditedColleges,
  listReportRows,
  listSubtotals,
  type ReportSubtotal as ReportSubtotalRow,
} from '@/lib/db/report-rows'
import { withScope } from '@/lib/db/scope'
import { listAllTerms, type TermRow } from '@/lib/db/terms-read'
import { findUniversity } from '@/lib/db/universities'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { parseHundredths } from '@/lib/domain/hundredths'
import { encodeKeyset, parseKeyset } from '@/lib/domain/keyset'
import { assertCan } from '@/lib/domain/permissions'
import { REPORT_COLUMN_KEYS, type ReportColumnKey, type ReportLanguage } from '@/lib/domain/report-columns'
import { type ReportFilter, reportQuerySchema } from './schema'
import { selectionOf } from './selection'
import type { ReportLine, ReportPage, ReportSubtotal, ReportTerm } from './view'

const PAGE = 50

/** What stands on the page of the line itself, or only makes sense in a file. */
const NOT_ON_SCREEN: readonly ReportColumnKey[] = ['evidence', 'reason', 'items', 'policyVersion']

/** What a page shows of each line, whatever the files' columns are. */
export const SCREEN_COLUMNS = REPORT_COLUMN_KEYS.filter((key) => !NOT_ON_SCREEN.includes(key))

/**
 * The report of the actor's university: a page of its lines, newest first; with the first page the sums over everything
 * that the filter names, by college and programme too where that is asked for.
 * @throws AppError forbidden `role_not_allowed`; invalid `bad_cursor`, `no_such_day`
 */
export async function getReport(
  actor: MemberActor,
  query: Partial<ReportFilter> & { cursor?: string | null },
  {
    language,
    limit = PAGE,
    withSubtotals = false,
  }: { language: ReportLanguage; limit?: number; withSubtotals?: boolean },
): Promise<ReportPage> {
  const { universityId } = actor
  assertCan(actor, 'report.view', { universityId })
  const { cursor, ...filter } = reportQuerySchema.parse(query)
  const beforeSequence = sequenceOf(cursor)
  return withScope(
    { universityId },
    async (tx) => {
      const university = await findUniversity(tx, universityId)
      if (university === null) throw new AppError('not_found', 'not_found')
      const { timeZone, slug: universitySlug } = university
      const selection = selectionOf(filter, { universityId, timeZone })
      const style = { language, timeZone, universitySlug }
      const page = { beforeSequence, limit: limit + 1 }
      const rows = await listReportRows(tx, selection, { columns: SCREEN_COLUMNS, style, page })
      const { places, isCut } = await listCreditedColleges(tx, universityId)
      const isFirst = beforeSequence === null
      const ofCollege = places.filter(({ college }) => filter.college === null || college === filter.college)
      return {
        totals: isFirst ? await countReport(tx, selection) : null,
        subtotals: isFirst && withSubtotals ? (await listSubtotals(tx, selection)).map(toSubtotal) : null,
        lines: rows.slice(0, limit),
        nextCursor: nextCursorOf(rows, limit),
        terms: (await listAllTerms(tx, universityId)).map(toReportTerm),
        colleges: distinct(places.map(({ college }) => college)),
        programmes: distinct(ofCollege.map(({ programme }) => programme ?? '')),
        placesCut: isCut,
        columns: await findReportColumns(tx, universityId),
      }
    },
    { snapshot: true },
  )
}

function toSubtotal({ credit, ...sums }: ReportSubtotalRow): ReportSubtotal {
  return { ...sums, hundredths: parseHundredths(credit) ?? 0 }
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort()

/** @throws AppError invalid `bad_cursor` */
export function sequenceOf(cursor: string | null | undefined): number | null {
  if (cursor === null || cursor === undefined) return null
  const [sequence] = parseKeyset(cursor, 1) ?? []
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence)) throw new AppError('invalid', 'bad_cursor')
  return sequence
}

/** The cursor of the page after the one whose rows, and one more, are given. */
export function nextCursorOf(rows: readonly ReportLine[], limit: number): string | null {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last?.sequence === undefined ? null : encodeKeyset([Number(last.sequence)])
}

export function toReportTerm({ id, code, nameZh, nameEn, closedAt }: TermRow): ReportTerm {
  return { termId: id, code, nameZh, nameEn, closed: closedAt !== null }
}
