import { recordAuditEvent } from '@/lib/db/audit-events'
import { lockKey, withScope } from '@/lib/db/scope'
import { findSurgeLimit, saveSurgeLimit } from '@/lib/db/surge-settings'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { SurgeLimitInput } from './schema'

/**
 * Sets from how many on a class's pull requests to one repository in a week are looked at together. It holds for claims that
 * are looked at from then on.
 * @throws AppError conflict `settings_changed`
 */
export async function setSurgeLimit(
  actor: MemberActor,
  { surgeLimit, expectedSurgeLimit }: SurgeLimitInput,
  { now }: { now: Date },
): Promise<void> {
  const { universityId } = actor
  assertCan(actor, 'university.settings', { universityId })
  await withScope({ universityId }, async (tx) => {
    await lockKey(tx, `surge-limit:${universityId}`)
    const before = await findSurgeLimit(tx, universityId)
    if (before !== expectedSurgeLimit) throw new AppError('conflict', 'settings_changed')
    if (before === surgeLimit) return
    await saveSurgeLimit(tx, { universityId, surgeLimit, now })
    await recordAuditEvent(tx, {
      actor,
      action: 'university.settings_changed',
      subject: { kind: 'university', id: universityId },
      data: { changed: { surgeLimit: { from: before, to: surgeLimit } } },
      occurredAt: now,
    })
  })
}
