import { recordAuditEvent } from '@/lib/db/audit-events'
import { findRepositoryCard } from '@/lib/db/repository-card'
import { type Tx, withScope } from '@/lib/db/scope'
import { findSharedEntry, type SharedEntryRow, type SharedWord, saveSharedEntry } from '@/lib/db/shared-catalog'
import type { OperatorActor } from '@/lib/domain/actor'
import { isSameJson } from '@/lib/domain/canonical-json'
import { catalogHomesSchema } from '@/lib/domain/catalog-home'
import { MERGED } from '@/lib/domain/landing-rule'
import { assertCan } from '@/lib/domain/permissions'
import { queueRereading } from './queue-rereading'
import { queueRewarning } from './queue-rewarning'
import type { CatalogKey } from './schema'

export type SharedChange = CatalogKey & SharedWord

/**
 * Says the shared base's word on a line, for all universities: live claims that it touches are looked at again everywhere,
 * and where it says otherwise than before how changes land, what is stored of the project is read again everywhere.
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
  const line = { ...place, platformId: before?.platformId ?? null, aliasKeys: before?.aliasKeys ?? [] }
  await queueRewarning(tx, null, line)
  if (await landsOtherwise(tx, { place, before, word })) {
    await queueRereading(tx, [line, ...catalogHomesSchema.parse(before?.homes ?? [])])
  }
}

type Said = { place: Pick<CatalogKey, 'platform' | 'owner' | 'name'>; before: SharedEntryRow | null; word: SharedWord }

/** Against what held there until now: a line of its own takes the place of its owner's word. */
async function landsOtherwise(tx: Tx, { place, before, word }: Said): Promise<boolean> {
  if (before !== null) return word.landing !== undefined && !isSameJson(before.landing, word.landing)
  const ofOwner = place.name === null ? null : await findSharedEntry(tx, { ...place, name: null })
  return !isSameJson(ofOwner?.landing ?? MERGED, word.landing ?? MERGED)
}

function changesOf(before: SharedEntryRow | null, word: SharedWord): Record<string, { from: unknown; to: unknown }> {
  const fields = (['status', 'reason', 'kind', 'tier', 'landing', 'acceptedBranches'] as const).filter(
    (field) => word[field] !== undefined && !isSameJson(before?.[field], word[field]),
  )
  return Object.fromEntries(fields.map((field) => [field, { from: before?.[field] ?? null, to: word[field] }]))
}
