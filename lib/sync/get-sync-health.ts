import { listFailedAccounts } from '@/lib/db/failed-accounts'
import { withScope } from '@/lib/db/scope'
import { listSyncAllowances } from '@/lib/db/sync-allowances'
import {
  countFailedNights,
  countFailedRuns,
  countNightJobs,
  countOpenRuns,
  readAccountFreshness,
  readRepositoryFreshness,
} from '@/lib/db/sync-health'
import { listSyncPauses } from '@/lib/db/sync-pauses'
import { countAccountSkips, countRepositorySkips } from '@/lib/db/sync-skip-list'
import { getTimeZone } from '@/lib/db/terms-read'
import { findConnection } from '@/lib/db/university-connections'
import type { MemberActor, OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { type CatalogKeys, readCatalogKeys } from './catalog-keys'
import type { PlatformHealth, SyncHealth } from './view'

const DAY_MS = 86_400_000
/** Failures and skipped records of this long are counted. */
export const HEALTH_DAYS = 7
/** Failed accounts shown of a platform; the people's list has the rest. */
const ACCOUNTS_SHOWN = 20

/** Since when what went wrong counts. */
export function failuresSince(now: Date): Date {
  return new Date(now.getTime() - HEALTH_DAYS * DAY_MS)
}

/** How the syncs of the actor's university do, platform by platform. */
export async function getSyncHealth(
  actor: MemberActor | OperatorActor,
  deps: { now: Date; platforms?: Platforms } = { now: new Date() },
): Promise<SyncHealth> {
  const { universityId } = actor
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  assertCan(actor, 'sync.health', { universityId })
  const platforms = deps.platforms ?? createPlatforms()
  const since = failuresSince(deps.now)
  const shared = await readShared(universityId, since)
  const health: PlatformHealth[] = []
  for (const platform of PLATFORMS) {
    const isByRepository = platforms[platform].sync === 'by_repository'
    const keys = isByRepository ? await readCatalogKeys({ universityId, platform: platforms[platform] }) : null
    health.push(await platformHealth({ universityId, platform, since, keys, shared }))
  }
  return { platforms: health, days: HEALTH_DAYS, timeZone: shared.timeZone }
}

type Shared = Awaited<ReturnType<typeof readShared>>

/** What one query tells of all platforms. */
async function readShared(universityId: string, since: Date) {
  return withScope({ universityId }, async (tx) => ({
    timeZone: await getTimeZone(tx, universityId),
    pauses: await listSyncPauses(tx, universityId),
    allowances: await listSyncAllowances(tx, universityId),
    runs: await countOpenRuns(tx, universityId),
    jobs: await countNightJobs(tx),
    failures: await countFailedRuns(tx, { universityId, since }),
    nights: await countFailedNights(tx, { universityId, since }),
    accounts: await readAccountFreshness(tx, universityId),
    skips: await countAccountSkips(tx, { universityId, since }),
  }))
}

type Input = { universityId: string; platform: Platform; since: Date; keys: CatalogKeys | null; shared: Shared }

async function platformHealth({ universityId, platform, since, keys, shared }: Input): Promise<PlatformHealth> {
  const is = (one: { platform: Platform }) => one.platform === platform
  const pause = shared.pauses.find(is)
  const accounts = shared.accounts.find(is)
  const { connection, failedAccounts, repositories, repositorySkips } = await withScope(
    { universityId },
    async (tx) => ({
      connection: await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] }),
      failedAccounts: await listFailedAccounts(tx, { universityId, platform, since, limit: ACCOUNTS_SHOWN + 1 }),
      repositories: keys && (await readRepositoryFreshness(tx, { platform, ...keys })),
      repositorySkips: keys === null ? 0 : await countRepositorySkips(tx, { platform, ...keys, since }),
    }),
  )
  const total = (of: 'due' | 'running' | 'later') =>
    (shared.runs.find(is)?.[of] ?? 0) + shared.jobs.filter(is).reduce((sum, job) => sum + job[of], 0)
  const next = [shared.runs.find(is)?.nextAt, ...shared.jobs.filter(is).map(({ nextAt }) => nextAt)]
  const nextMs = next.flatMap((at) => at?.getTime() ?? [])
  return {
    platform,
    isConnected: Boolean(connection?.secretSealed),
    pause: pause
      ? { reason: pause.reason, pausedAt: pause.pausedAt, byOperator: pause.pausedByMemberId === null }
      : null,
    allowances: shared.allowances.filter(is).map(({ platform: _, ...told }) => told),
    queue: {
      due: total('due'),
      running: total('running'),
      later: total('later'),
      nextAt: nextMs.length === 0 ? null : new Date(Math.min(...nextMs)),
      givenUp: shared.jobs.filter(is).reduce((sum, job) => sum + job.givenUp, 0),
    },
    failures: shared.failures.filter(is).map(({ platform: _, ...failure }) => failure),
    failedNights: shared.nights.filter(is).map(({ platform: _, ...failure }) => failure),
    accounts: {
      linked: accounts?.accounts ?? 0,
      neverRead: accounts?.neverRead ?? 0,
      hidden: accounts?.hidden ?? 0,
      oldestAt: accounts?.oldestAt ?? null,
    },
    repositories: repositories && { ...repositories, catalogued: keys?.sourceKeys.length ?? 0 },
    skipped: (shared.skips.get(platform) ?? 0) + repositorySkips,
    failedAccounts: failedAccounts.slice(0, ACCOUNTS_SHOWN).map(({ personId: _, platform: __, ...account }) => account),
    hasMoreFailed: failedAccounts.length > ACCOUNTS_SHOWN,
  }
}
