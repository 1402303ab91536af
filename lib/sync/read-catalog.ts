import { listIncludedEntries } from '@/lib/db/catalog-entries'
import { withScope } from '@/lib/db/scope'
import type { Platform } from '@/lib/domain/platform'
import type { CatalogSources } from '@/lib/platforms/port'

/** What a university's catalog includes on a platform: repositories one by one, owners as a whole. */
export async function readCatalog(
  scope: { universityId: string; personId?: string },
  platform: Platform,
): Promise<CatalogSources> {
  const entries = await withScope(scope, (tx) => listIncludedEntries(tx, platform))
  return {
    repositories: entries.flatMap(({ owner, name }) => (name === null ? [] : [{ owner, name }])),
    owners: entries.flatMap(({ owner, name }) => (name === null ? [owner] : [])),
  }
}
