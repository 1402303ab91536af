import { listReportExports } from '@/lib/db/report-exports'
import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import type { ExportList, ExportView } from './view'

const PAGE = 20

/**
 * Files that were handed out whole, newest first, with what each hashes to.
 * @throws AppError forbidden `role_not_allowed`; invalid `bad_cursor`
 */
export async function listExports(
  actor: MemberActor,
  { filingId = null, cursor = null }: { filingId?: string | null; cursor?: string | null } = {},
  { limit = PAGE }: { limit?: number } = {},
): Promise<ExportList> {
  const { universityId } = actor
  assertCan(actor, 'report.view', { universityId })
  const after = parseMoment(cursor)
  return withScope({ universityId }, async (tx) => {
    const rows = await listReportExports(tx, { universityId, filingId, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      exports: shown.map(
        ({ id, rowCount, filingId: filed, filingTermCode: termCode, filingOrdinal: ordinal, ...row }): ExportView => ({
          exportId: id,
          rows: rowCount,
          filing:
            filed === null || termCode === null || ordinal === null ? null : { filingId: filed, termCode, ordinal },
          ...row,
        }),
      ),
      nextCursor: rows.length > limit && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
      timeZone: await getTimeZone(tx, universityId),
    }
  })
}
