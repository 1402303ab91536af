import { z } from 'zod'
import { findFiling } from '@/lib/db/filings'
import { listReportRows } from '@/lib/db/report-rows'
import { withScope } from '@/lib/db/scope'
import { findTerm } from '@/lib/db/terms-read'
import { findUniversity } from '@/lib/db/universities'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { ReportLanguage } from '@/lib/domain/report-columns'
import { nextCursorOf, SCREEN_COLUMNS, sequenceOf } from './get-report'
import { toFilingView } from './list-filings'
import { selectionOfFiling } from './selection'
import type { FilingPage } from './view'

const PAGE = 50

/**
 * A filing with a page of its lines, newest first.
 * @throws AppError forbidden `role_not_allowed`; not_found `filing_not_found`; invalid `bad_cursor`
 */
export async function getFiling(
  actor: MemberActor,
  input: { filingId: string; cursor?: string | null },
  { language, limit = PAGE }: { language: ReportLanguage; limit?: number },
): Promise<FilingPage> {
  const { universityId } = actor
  assertCan(actor, 'report.file', { universityId })
  const id = z.uuid().safeParse(input.filingId)
  if (!id.success) throw notFound()
  const beforeSequence = sequenceOf(input.cursor)
  return withScope({ universityId }, async (tx) => {
    const filing = await findFiling(tx, { universityId, filingId: id.data })
    const university = await findUniversity(tx, universityId)
    if (filing === null || university === null) throw notFound()
    const term = await findTerm(tx, universityId, filing.termId)
    const [view] = toFilingView(filing, term === null ? [] : [term])
    if (!view) throw notFound()
    const { timeZone, slug: universitySlug } = university
    const rows = await listReportRows(tx, selectionOfFiling({ universityId, filingId: filing.id }), {
      columns: SCREEN_COLUMNS,
      style: { language, timeZone, universitySlug },
      page: { beforeSequence, limit: limit + 1 },
    })
    const nextCursor = nextCursorOf(rows, limit)
    return { filing: view, columns: filing.columns, lines: rows.slice(0, limit), nextCursor, timeZone }
  })
}

const notFound = () => new AppError('not_found', 'filing_not_found')
