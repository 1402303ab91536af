import { type CatalogListRow, listCatalogRows } from '@/lib/db/catalog-list'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { encodeKeyset, parseKeyset } from '@/lib/domain/keyset'
import { assertCan } from '@/lib/domain/permissions'
import type { CatalogListQuery } from './schema'
import { toCatalogLine } from './to-view'
import type { CatalogPage } from './view'

const PAGE = 50

/**
 * A page of the catalog as it holds at the actor's university, in order of platform, owner, name.
 * @throws AppError invalid `bad_cursor`
 */
export async function listCatalog(actor: MemberActor, query: CatalogListQuery): Promise<CatalogPage> {
  assertCan(actor, 'catalog.view', { universityId: actor.universityId })
  const { cursor, search, ...narrowed } = query
  const filter = { ...narrowed, limit: PAGE + 1, after: positionOf(cursor), search: search.toLowerCase() }
  const rows = await withScope(actor, (tx) => listCatalogRows(tx, filter))
  const shown = rows.slice(0, PAGE)
  return {
    lines: shown.map(toCatalogLine),
    nextCursor: rows.length > PAGE ? cursorOf(shown.at(-1)) : null,
  }
}

function cursorOf(row: CatalogListRow | undefined): string | null {
  return row ? encodeKeyset([row.platform, row.ownerKey, row.nameKey]) : null
}

function positionOf(cursor: string | null): { platform: string; ownerKey: string; nameKey: string } | null {
  if (cursor === null) return null
  const [platform, ownerKey, nameKey] = parseKeyset(cursor, 3) ?? []
  if (typeof platform !== 'string' || typeof ownerKey !== 'string' || typeof nameKey !== 'string') {
    throw new AppError('invalid', 'bad_cursor')
  }
  return { platform, ownerKey, nameKey }
}
