import { listCatalogImportRows } from '@/lib/db/catalog-imports'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import { toCatalogImport } from './to-view'
import type { CatalogImport } from './view'

const PAGE = 20

/**
 * The university's files of words on the catalog, newest first.
 * @throws AppError invalid `bad_cursor`
 */
export async function listCatalogImports(
  actor: MemberActor,
  { cursor }: { cursor: string | null },
): Promise<{ imports: CatalogImport[]; nextCursor: string | null }> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const before = parseMoment(cursor)
  const rows = await withScope({ universityId }, (tx) =>
    listCatalogImportRows(tx, {
      universityId,
      before: before && { createdAt: before.at, id: before.id },
      limit: PAGE + 1,
    }),
  )
  const imports = rows.slice(0, PAGE).map(toCatalogImport)
  const last = imports.at(-1)
  return {
    imports,
    nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
  }
}
