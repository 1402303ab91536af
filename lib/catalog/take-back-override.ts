import { recordAuditEvent } from '@/lib/db/audit-events'
import type { Tx } from '@/lib/db/scope'
import { removeOwnEntry } from '@/lib/db/university-catalog-entries'
import type { MemberActor } from '@/lib/domain/actor'
import { keysOf } from './find-catalog-line'
import { queueRewarning } from './queue-rewarning'
import type { CatalogKey } from './schema'

type TakingBack = { actor: MemberActor; key: CatalogKey; expectedVersion: number; now: Date }

/**
 * Takes the university's own word back in the caller's transaction, with its audit event; live claims that this touches are
 * looked at again by a job.
 * @returns false when it is gone, or was changed meanwhile
 */
export async function takeBackOverride(tx: Tx, { actor, key, expectedVersion, now }: TakingBack): Promise<boolean> {
  const { universityId } = actor
  const removed = await removeOwnEntry(tx, { universityId, ...keysOf(key), expectedVersion })
  if (!removed) return false
  const fullName = `${key.owner}/${key.name ?? '*'}`
  await recordAuditEvent(tx, {
    actor,
    action: 'catalog.override_removed',
    subject: { kind: 'catalog_entry', id: `${key.platform}:${fullName}` },
    data: { platform: key.platform, fullName },
    occurredAt: now,
  })
  await queueRewarning(tx, universityId, key)
  return true
}
