import { listRosterImportRows } from '@/lib/db/roster-imports'
import { withScope } from '@/lib/db/scope'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { type RosterActor, rosterPlace } from './roster-actor'
import { toRosterImport } from './to-view'
import type { RosterImportView } from './view'

const PAGE = 20

/**
 * The university's imports, newest first.
 * @throws AppError invalid `bad_cursor`
 */
export async function listRosterImports(
  actor: RosterActor,
  { cursor }: { cursor: string | null },
): Promise<{ imports: RosterImportView[]; nextCursor: string | null }> {
  const { universityId } = rosterPlace(actor)
  const before = parseMoment(cursor)
  const rows = await withScope({ universityId }, (tx) =>
    listRosterImportRows(tx, {
      universityId,
      before: before && { createdAt: before.at, id: before.id },
      limit: PAGE + 1,
    }),
  )
  const imports = rows.slice(0, PAGE).map(toRosterImport)
  const last = imports.at(-1)
  return {
    imports,
    nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
  }
}
