import { sourceKeyOf } from '@/lib/db/repository-passes'
import { ANONYMOUS, type PlatformPort } from '@/lib/platforms/port'
import { readCatalog } from './read-catalog'

/** What of the passes of repositories a university's catalog speaks of: by their own names, or as one of an owner's. */
export type CatalogKeys = { sourceKeys: string[]; ownerKeys: string[] }

/** Asks no platform: a catalogued owner's repositories are those that its list named the last time. */
export async function readCatalogKeys(of: { universityId: string; platform: PlatformPort }): Promise<CatalogKeys> {
  const { universityId, platform } = of
  const { repositories, owners } = await readCatalog({ universityId }, platform.platform)
  const named = await platform.listSources({ catalog: { repositories, owners: [] }, credential: ANONYMOUS })
  return { sourceKeys: named.map(sourceKeyOf), ownerKeys: owners.map((owner) => owner.toLowerCase()) }
}
