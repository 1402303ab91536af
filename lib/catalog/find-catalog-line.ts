import { findCatalogRow } from '@/lib/db/catalog-list'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { CatalogKey } from './schema'
import { toCatalogLine } from './to-view'
import type { CatalogLine } from './view'

/** One line as it holds at the actor's university, or null where the catalog says nothing of it. */
export async function findCatalogLine(actor: MemberActor, key: CatalogKey): Promise<CatalogLine | null> {
  assertCan(actor, 'catalog.view', { universityId: actor.universityId })
  const row = await withScope(actor, (tx) => findCatalogRow(tx, keysOf(key)))
  return row && toCatalogLine(row)
}

/** How both tables name a line. */
export function keysOf({ platform, owner, name }: CatalogKey): { platform: string; ownerKey: string; nameKey: string } {
  return { platform, ownerKey: owner.toLowerCase(), nameKey: name?.toLowerCase() ?? '' }
}
