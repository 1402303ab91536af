import { recordAuditEvent } from '@/lib/db/audit-events'
import { type Tx, withScope } from '@/lib/db/scope'
import { listSyncPauses, removeSyncPause } from '@/lib/db/sync-pauses'
import { listPausedRuns } from '@/lib/db/sync-runs'
import { findConnection } from '@/lib/db/university-connections'
import type { MemberActor, OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { enqueue } from '@/lib/queue/enqueue'

/**
 * Ends a pause: the syncs that it holds back go on now, and so does the night that it broke off or left out. Each goes on
 * from its watermark; what is fresh is not read again.
 * @returns how many syncs of single accounts go on
 * @throws AppError conflict `sync_not_paused`
 */
export async function resumeSync(
  actor: MemberActor | OperatorActor,
  { platform }: { platform: Platform },
  deps: { now: Date; platforms?: Platforms } = { now: new Date() },
): Promise<{ accounts: number }> {
  const { universityId } = actor
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  assertCan(actor, 'sync.pause', { universityId })
  const { now, platforms = createPlatforms() } = deps
  return withScope({ universityId }, async (tx) => {
    const pause = (await listSyncPauses(tx, universityId)).find((one) => one.platform === platform)
    if (pause === undefined || !(await removeSyncPause(tx, { universityId, platform }))) {
      throw new AppError('conflict', 'sync_not_paused')
    }
    const runs = await listPausedRuns(tx, { universityId, platform })
    for (const { id: runId, accountId, personId } of runs) {
      await enqueue(tx, 'sync-account', { runId, accountId, personId }, now)
    }
    await queueNight(tx, { universityId, platform, now, platforms })
    await recordAuditEvent(tx, {
      actor,
      action: 'sync.resumed',
      subject: { kind: 'university', id: universityId },
      data: { platform, pausedAt: pause.pausedAt.toISOString() },
      occurredAt: now,
    })
    return { accounts: runs.length }
  })
}

type Night = { universityId: string; platform: Platform; now: Date; platforms: Platforms }

/** Without a credential of its own a university takes over what others' nights read, and that comes with the next night. */
async function queueNight(tx: Tx, { universityId, platform, now, platforms }: Night): Promise<void> {
  const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] })
  if (!connection?.secretSealed) return
  const { sync } = platforms[platform]
  if (sync === 'by_cohort') await enqueue(tx, 'sync-cohort', { universityId, platform }, now)
  else if (sync === 'by_repository') {
    await enqueue(tx, 'sync-repositories', { universityId, platform, startedAt: now.toISOString() }, now)
  } else await enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: null, trigger: 'nightly' }, now)
}
