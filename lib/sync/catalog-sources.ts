import { findOwnerListing, saveOwnerListing, sourceKeyOf } from '@/lib/db/repository-passes'
import { withScope } from '@/lib/db/scope'
import type { CatalogSources, Credential, PlatformPort } from '@/lib/platforms/port'

/** A catalogued owner's new repositories are found within a week; asking every night would cost as much as a repository. */
const OWNER_LISTED_MS = 7 * 86_400_000

type Input = { platform: PlatformPort; catalog: CatalogSources; credential: Credential; now: Date }

/**
 * The lists that the catalog says to read on a platform. Where it includes an owner as a whole, what the owner's list named
 * the last time stands for a week.
 */
export async function listCatalogSources({ platform, catalog, credential, now }: Input): Promise<string[]> {
  if (platform.sync !== 'by_repository') return [...(await platform.listSources({ catalog, credential }))]
  const { repositories, owners } = catalog
  const sources = [...(await platform.listSources({ catalog: { repositories, owners: [] }, credential }))]
  for (const owner of owners) {
    const ownerKey = owner.toLowerCase()
    const known = await withScope({}, (tx) => findOwnerListing(tx, platform.platform, ownerKey))
    if (known !== null && now.getTime() - known.listedAt.getTime() < OWNER_LISTED_MS) {
      sources.push(...known.sources)
      continue
    }
    const listed = await platform.listSources({ catalog: { repositories: [], owners: [owner] }, credential })
    const listing = { platform: platform.platform, ownerKey, sources: listed, listedAt: now }
    await withScope({}, (tx) => saveOwnerListing(tx, listing))
    sources.push(...listed)
  }
  return [...new Map(sources.map((source) => [sourceKeyOf(source), source])).values()]
}
