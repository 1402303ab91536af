import { type LinkedAccountRow, listMembersWithAccounts } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import { listAccountsUnderWay } from '@/lib/db/sync-runs'
import { listUniversities } from '@/lib/db/universities'
import { findConnection } from '@/lib/db/university-connections'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
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

/**
 * Asks for the syncs of one page of a university's members and queues the next page. Only platforms for which the
 * university has a credential of its own: without one, a night's work would end in a request to sign in. A backfill asks also for those that are fresh.
 */
export async function syncUniversityAccounts(
  actor: SystemActor,
  input: { universityId: string; afterMemberId: string | null; trigger: 'nightly' | 'backfill' },
  deps: { now: Date } = { now: new Date() },
): Promise<{ requested: number; isLastPage: boolean }> {
  const { universityId, afterMemberId, trigger } = input
  assertCan(actor, 'sync.run', { universityId })
  const { members, due } = await withScope({ universityId }, async (tx) => {
    const connected = new Set<Platform>()
    for (const platform of PLATFORMS) {
      const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] })
      if (connection?.secretSealed) connected.add(platform)
    }
    const members = await listMembersWithAccounts(tx, { universityId, afterMemberId, limit: MEMBERS_A_PAGE })
    const accounts = members.flatMap((member) => member.accounts)
    const underWay = await listAccountsUnderWay(
      tx,
      accounts.map(({ id }) => id),
    )
    return {
      members,
      due: accounts.filter(
        (one) =>
          connected.has(one.platform) && !underWay.has(one.id) && (trigger === 'backfill' || isOld(one, deps.now)),
      ),
    }
  })
  const universityActor: SystemActor = { ...actor, universityId }
  for (const { id: accountId, personId } of due) {
    await requestSync(universityActor, { accountId, personId, trigger }, deps)
  }
  const last = members.length < MEMBERS_A_PAGE ? null : (members.at(-1)?.memberId ?? null)
  if (last !== null) {
    await withScope({ universityId }, (tx) =>
      enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: last, trigger }),
    )
  }
  return { requested: due.length, isLastPage: last === null }
}

function isOld({ syncedAt }: LinkedAccountRow, now: Date): boolean {
  return syncedAt === null || now.getTime() - syncedAt.getTime() >= FRESH_HOURS * 3_600_000
}
