import { recordAuditEvent } from '@/lib/db/audit-events'
import { findRepositoryCard } from '@/lib/db/repository-card'
import { type Tx, withScope } from '@/lib/db/scope'
import { findSharedEntry, type SharedEntryRow, type SharedWord, saveSharedEntry } from '@/lib/db/shared-catalog'
import type { OperatorActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { queueRewarning } from './queue-rewarning'
import type { CatalogKey } from './schema'

export type SharedChange = CatalogKey & SharedWord

/**
 * Says the shared base's word on a line, for all universities: live claims that it touches are looked at again everywhere.
 * How changes land shows with the next night's reading.
 */
export async function changeSharedEntry(
  actor: OperatorActor,
  change: SharedChange,
  { now }: { now: Date },
): Promise<void> {
  assertCan(actor, 'catalog.share', {})
  await withScope({ operator: true }, (tx) => writeSharedEntry(tx, { actor, change, now }))
}

/** The same in the caller's transaction, whose scope is the operator's. */
export async function writeSharedEntry(
  tx: Tx,
  { actor, change, now }: { actor: OperatorActor; change: SharedChange; now: Date },
): Promise<void> {
  const { platform, owner, name, ...word } = change
  const place = { platform, owner, name }
  const before = await findSharedEntry(tx, place)
  // A number keeps the word with the repository when its name goes to somebody else.
  const known = name === null || before !== null ? null : await findRepositoryCard(tx, { platform, owner, name })
  await saveSharedEntry(tx, place, { word, platformId: known?.platformRepositoryId ?? null, now })
  const fullName = `${owner}/${name ?? '*'}`
  await recordAuditEvent(tx, {
    actor,
    action: 'catalog.shared_changed',
    subject: { kind: 'catalog_entry', id: `${platform}:${fullName}` },
    data: { platform, fullName, changed: changesOf(before, word) },
    occurredAt: now,
  })
  await queueRewarning(tx, null, {
    ...place,
    platformId: before?.platformId ?? null,
    aliasKeys: before?.aliasKeys ?? [],
  })
}

function changesOf(before: SharedEntryRow | null, word: SharedWord): Record<string, { from: unknown; to: unknown }> {
  const fields = (['status', 'reason', 'kind', 'tier', 'landing', 'acceptedBranches'] as const).filter(
    (field) => word[field] !== undefined && JSON.stringify(before?.[field]) !== JSON.stringify(word[field]),
  )
  return Object.fromEntries(fields.map((field) => [field, { from: before?.[field] ?? null, to: word[field] }]))
}
