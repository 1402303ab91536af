import { type LinkedAccountRow, listMembersWithAccounts } from '@/lib/db/linked-accounts'
import { type Tx, withScope } from '@/lib/db/scope'
import { listSyncPauses } from '@/lib/db/sync-pauses'
import { listAccountsUnderWay } from '@/lib/db/sync-runs'
import { listUniversities } from '@/lib/db/universities'
import { findConnection } from '@/lib/db/university-connections'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { enqueue } from '@/lib/queue/enqueue'
import { requestSync } from './request-sync'

const MEMBERS_A_PAGE = 100
/** Who refreshed by hand today is not asked for again tonight. */
const FRESH_HOURS = 12

/** Every night: one job a university, so that a big one does not hold up the others. */
export async function syncAllAccounts(actor: SystemActor): Promise<{ universities: number }> {
  assertCan(actor, 'sync.run', {})
  const universities = await withScope({}, listUniversities)
  for (const { id: universityId } of universities) {
    await withScope({ universityId }, (tx) =>
      enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: null, trigger: 'nightly' }),
    )
  }
  return { universities: universities.length }
}

/** What others' nights read is taken over later, by a university that cannot ask by itself. */
const AFTER_OTHERS_MS = 3 * 3_600_000

type Input = { universityId: string; afterMemberId: string | null; trigger: 'nightly' | 'backfill' }
type Deps = { now: Date; platforms?: Platforms }

/**
 * A university's night, or a page of it: platforms that answer about many accounts at once, and those that are read
 * repository by repository, have a job of their own; on the others each account of one page of members is asked for and
 * the next page is queued. Only platforms for which the university has a credential of its own: without one, a night's work
 * would end in a request to sign in. A paused platform is left out. A backfill reads also what is fresh.
 */
export async function syncUniversityAccounts(
  actor: SystemActor,
  input: Input,
  deps: Deps = { now: new Date() },
): Promise<{ requested: number; isLastPage: boolean }> {
  const { universityId, afterMemberId, trigger } = input
  assertCan(actor, 'sync.run', { universityId })
  const { isLastPage, lastMemberId, due } = await withScope({ universityId }, async (tx) => {
    const connected = await listConnected(tx, universityId)
    const oneByOne = await queueTogether(tx, { ...input, connected }, deps)
    if (oneByOne.size === 0) return { isLastPage: true, lastMemberId: null, due: [] }
    const members = await listMembersWithAccounts(tx, { universityId, afterMemberId, limit: MEMBERS_A_PAGE })
    const accounts = members.flatMap((member) => member.accounts).filter(({ platform }) => oneByOne.has(platform))
    const underWay = await listAccountsUnderWay(
      tx,
      accounts.map(({ id }) => id),
    )
    const isDue = (one: LinkedAccountRow) => !underWay.has(one.id) && (trigger === 'backfill' || isOld(one, deps.now))
    return {
      isLastPage: members.length < MEMBERS_A_PAGE,
      lastMemberId: members.at(-1)?.memberId ?? null,
      due: accounts.filter(isDue),
    }
  })
  for (const { id: accountId, personId } of due) {
    await requestSync({ ...actor, universityId }, { accountId, personId, trigger }, deps)
  }
  if (!isLastPage) {
    await withScope({ universityId }, (tx) =>
      enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: lastMemberId, trigger }),
    )
  }
  return { requested: due.length, isLastPage }
}

/**
 * Queues, with the first page, what reads many accounts at once.
 * @returns the connected platforms whose accounts are to be asked for one by one
 */
async function queueTogether(
  tx: Tx,
  { universityId, afterMemberId, trigger, connected }: Input & { connected: ReadonlySet<Platform> },
  { now, platforms = createPlatforms() }: Deps,
): Promise<Set<Platform>> {
  const oneByOne = new Set<Platform>()
  const paused = new Set((await listSyncPauses(tx, universityId)).map(({ platform }) => platform))
  for (const platform of PLATFORMS) {
    if (paused.has(platform)) continue
    const { sync } = platforms[platform]
    const isConnected = connected.has(platform)
    if (sync === 'by_repository') {
      if (afterMemberId !== null) continue
      const payload = { universityId, platform, startedAt: now.toISOString() }
      await enqueue(tx, 'sync-repositories', payload, isConnected ? now : new Date(now.getTime() + AFTER_OTHERS_MS))
    } else if (isConnected && sync === 'by_cohort' && trigger === 'nightly') {
      if (afterMemberId === null) await enqueue(tx, 'sync-cohort', { universityId, platform })
    } else if (isConnected) oneByOne.add(platform)
  }
  return oneByOne
}

/** The platforms for which the university has a credential. */
async function listConnected(tx: Tx, universityId: string): Promise<Set<Platform>> {
  const connected = new Set<Platform>()
  for (const platform of PLATFORMS) {
    const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] })
    if (connection?.secretSealed) connected.add(platform)
  }
  return connected
}

function isOld({ syncedAt }: LinkedAccountRow, now: Date): boolean {
  return syncedAt === null || now.getTime() - syncedAt.getTime() >= FRESH_HOURS * 3_600_000
}
