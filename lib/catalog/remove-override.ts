import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import { removeOwnEntry } from '@/lib/db/university-catalog-entries'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { keysOf } from './find-catalog-line'
import { queueRewarning } from './queue-rewarning'
import type { RemoveOverrideInput } from './schema'

/**
 * Takes the university's own word back: the shared base holds again. Submitted claims that this touches are warned by a job.
 * @throws AppError conflict `catalog_changed` when it is gone, or was changed meanwhile
 */
export async function removeOverride(
  actor: MemberActor,
  { expectedVersion, ...key }: RemoveOverrideInput,
  { now }: { now: Date },
): Promise<void> {
  assertCan(actor, 'catalog.override', { universityId: actor.universityId })
  await withScope(actor, async (tx) => {
    const removed = await removeOwnEntry(tx, { universityId: actor.universityId, ...keysOf(key), expectedVersion })
    if (!removed) throw new AppError('conflict', 'catalog_changed')
    const fullName = `${key.owner}/${key.name ?? '*'}`
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.override_removed',
      subject: { kind: 'catalog_entry', id: `${key.platform}:${fullName}` },
      data: { platform: key.platform, fullName },
      occurredAt: now,
    })
    await queueRewarning(tx, actor.universityId, key)
  })
}
