import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import { addSyncPause } from '@/lib/db/sync-pauses'
import type { MemberActor, OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'

/**
 * Stops the reading of one platform at the actor's university until somebody says go on. Nights leave it out, students are
 * told why, and what runs stops at its next page and keeps what it read.
 * @throws AppError conflict `sync_paused` when it is paused already
 */
export async function pauseSync(
  actor: MemberActor | OperatorActor,
  input: { platform: Platform; reason: string },
  deps: { now: Date } = { now: new Date() },
): Promise<void> {
  const { universityId } = actor
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  assertCan(actor, 'sync.pause', { universityId })
  const { platform } = input
  const reason = input.reason.trim()
  await withScope({ universityId }, async (tx) => {
    const pausedByMemberId = actor.kind === 'member' ? actor.memberId : null
    const isNew = await addSyncPause(tx, { universityId, platform, reason, pausedAt: deps.now, pausedByMemberId })
    if (!isNew) throw new AppError('conflict', 'sync_paused')
    await recordAuditEvent(tx, {
      actor,
      action: 'sync.paused',
      subject: { kind: 'university', id: universityId },
      data: { platform, pauseReason: reason },
      occurredAt: deps.now,
    })
  })
}
