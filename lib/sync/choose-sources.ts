import { listIncompleteRepositories } from '@/lib/db/indexed-pull-requests'
import type { LinkedAccountRow } from '@/lib/db/linked-accounts'
import { listRepositoryPasses } from '@/lib/db/repository-passes'
import { withScope } from '@/lib/db/scope'
import type { SyncRun } from '@/lib/domain/sync'
import type { Credential, PlatformPort } from '@/lib/platforms/port'
import { listCatalogSources } from './catalog-sources'
import { completionSince } from './plan-ingest'
import { readCatalog } from './read-catalog'
import { oldestOf } from './sync-repositories'

type Input = { run: SyncRun; account: LinkedAccountRow; platform: PlatformPort; credential: Credential; now: Date }

/** Lists to read, and since when what is not read is known from elsewhere; null: everything is read now. */
export type ChosenSources = { sources: readonly string[]; readAt: Date | null }

/**
 * The lists that a sync of one account reads. A first sync on a platform that is read repository by repository asks only
 * where the index knows something of the account, and where no night has been yet; asked for by hand, everything is read.
 */
export async function chooseSources(input: Input): Promise<ChosenSources> {
  const { run, account, platform, credential, now } = input
  const catalog = await readCatalog(run, account.platform)
  const sources = await listCatalogSources({ platform, catalog, credential, now })
  if (platform.sync !== 'by_repository' || run.trigger !== 'link') return { sources, readAt: null }
  const { platform: of, platformUserId } = account
  const { passes, incomplete } = await withScope({}, async (tx) => ({
    passes: await listRepositoryPasses(tx, of, sources),
    incomplete: await listIncompleteRepositories(tx, {
      platform: of,
      platformUserId,
      mergedSince: completionSince(now),
    }),
  }))
  const read = passes.filter(({ completedAt }) => completedAt !== null)
  // One that no night could find is not there for one account either.
  const gone = passes.filter(({ completedAt, failureKind }) => completedAt === null && failureKind === 'not_found')
  const known = new Set([...read, ...gone].map(({ sourceKey }) => sourceKey))
  const isOpen = (source: string) => {
    const key = source.toLowerCase()
    return !known.has(key) || incomplete.has(key.slice(key.indexOf(':') + 1))
  }
  return { sources: sources.filter(isOpen), readAt: oldestOf(read) }
}
