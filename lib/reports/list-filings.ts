import { type FilingRow, listFilingRows, listUnfiled } from '@/lib/db/filings'
import { withScope } from '@/lib/db/scope'
import { getTimeZone, listAllTerms, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import { toReportTerm } from './get-report'
import type { FilingCandidate, FilingList, FilingView } from './view'

const PAGE = 30

/**
 * What can be filed now, and what was, newest first.
 * @throws AppError forbidden `role_not_allowed`; invalid `bad_cursor`
 */
export async function listFilings(
  actor: MemberActor,
  { cursor = null }: { cursor?: string | null } = {},
  { limit = PAGE }: { limit?: number } = {},
): Promise<FilingList> {
  const { universityId } = actor
  assertCan(actor, 'report.file', { universityId })
  const after = parseMoment(cursor)
  return withScope({ universityId }, async (tx) => {
    const terms = await listAllTerms(tx, universityId)
    const unfiled = await listUnfiled(tx, universityId)
    const rows = await listFilingRows(tx, { universityId, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      candidates: terms.flatMap((term): FilingCandidate[] => {
        const open = unfiled.find(({ termId }) => termId === term.id)
        if (!open) return []
        const { termId: _, lastOrdinal, ...sums } = open
        return [{ term: toReportTerm(term), ordinal: lastOrdinal + 1, ...sums }]
      }),
      filings: shown.flatMap((row) => toFilingView(row, terms)),
      nextCursor: rows.length > limit && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
      timeZone: await getTimeZone(tx, universityId),
    }
  })
}

export function toFilingView(row: FilingRow, terms: readonly TermRow[]): FilingView[] {
  const term = terms.find(({ id }) => id === row.termId)
  if (!term) return []
  const { id, termId: _, termCode: __, entryCount, columns: ___, ...kept } = row
  const { universityNameZh: ____, universityNameEn: _____, keysUrl: ______, ...rest } = kept
  return [{ filingId: id, term: toReportTerm(term), entries: entryCount, ...rest }]
}
