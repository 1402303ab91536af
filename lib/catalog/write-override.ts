import { recordAuditEvent } from '@/lib/db/audit-events'
import { type CatalogListRow, findCatalogRow, findSharedLanding, isOptedOutPlace } from '@/lib/db/catalog-list'
import type { Tx } from '@/lib/db/scope'
import { saveOwnEntry } from '@/lib/db/university-catalog-entries'
import type { MemberActor } from '@/lib/domain/actor'
import { isSameJson } from '@/lib/domain/canonical-json'
import { AppError } from '@/lib/domain/errors'
import { type LandingRules, landingRulesSchema, MERGED } from '@/lib/domain/landing-rule'
import { PLATFORM_TRAITS } from '@/lib/domain/platform'
import { enqueue } from '@/lib/queue/enqueue'
import { keysOf } from './find-catalog-line'
import { queueRewarning } from './queue-rewarning'
import type { OverrideInput } from './schema'

/** A university's own word, with the repository's number where it is known. */
export type OverrideWord = Omit<OverrideInput, 'expectedVersion'> & { platformId?: string }

type Writing = { actor: MemberActor; word: OverrideWord; expectedVersion: number | null; now: Date }

/**
 * Writes the university's own word in the caller's transaction, with its audit event and with what follows from it: live
 * claims are looked at again, and what is newly included begins to be read. How changes land is the shared base's to say;
 * only where that says nothing does the university's word stand.
 * @throws AppError conflict `catalog_opted_out` where its maintainers asked to be left out, and it was to count
 * @returns false when somebody else changed the line since `expectedVersion`, and nothing was written
 */
export async function writeOverride(tx: Tx, { actor, word, expectedVersion, now }: Writing): Promise<boolean> {
  const { universityId, memberId } = actor
  const before = await findCatalogRow(tx, keysOf(word))
  if (word.status === 'included') await refuseOptedOut(tx, word)
  const landing = await landingFor(tx, word, before)
  const saved = await saveOwnEntry(tx, { universityId, memberId, entry: { ...word, landing }, expectedVersion, now })
  if (!saved) return false
  const fullName = `${word.owner}/${word.name ?? '*'}`
  await recordAuditEvent(tx, {
    actor,
    action: 'catalog.overridden',
    subject: { kind: 'catalog_entry', id: `${word.platform}:${fullName}` },
    data: { platform: word.platform, fullName, status: word.status, changed: changesOf(before, { ...word, landing }) },
    occurredAt: now,
  })
  await queueRewarning(tx, universityId, word)
  await backfill(tx, { universityId, before, word: { ...word, landing } })
  return true
}

async function refuseOptedOut(tx: Tx, word: OverrideWord): Promise<void> {
  const isOptedOut = await isOptedOutPlace(tx, keysOf(word))
  if (isOptedOut) throw new AppError('conflict', 'catalog_opted_out', { name: `${word.owner}/${word.name ?? '*'}` })
}

async function landingFor(tx: Tx, word: OverrideWord, before: CatalogListRow | null): Promise<LandingRules> {
  const shared = await findSharedLanding(tx, keysOf(word))
  if (shared !== null) return landingRulesSchema.parse(shared.landing)
  return word.landing ?? (before === null ? MERGED : landingRulesSchema.parse(before.landing))
}

type Ruled = Omit<OverrideWord, 'landing'> & { landing: LandingRules }

/**
 * Where accounts are not read as a whole, a repository is read only once it is included, so that starts now; and what
 * landed by another rule than before shows only when it is read anew.
 */
async function backfill(
  tx: Tx,
  { universityId, before, word }: { universityId: string; before: CatalogListRow | null; word: Ruled },
): Promise<void> {
  if (word.status !== 'included') return
  const isNew = before?.status !== 'included' && !PLATFORM_TRAITS[word.platform].readsWholeAccounts
  const landsOtherwise = !isSameJson(before?.landing ?? MERGED, word.landing)
  if (!isNew && !landsOtherwise) return
  await enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: null, trigger: 'backfill' })
}

function changesOf(before: CatalogListRow | null, word: Ruled): Record<string, { from: unknown; to: unknown }> {
  const fields = ['status', 'kind', 'tier', 'reason', 'acceptedBranches', 'landing'] as const
  const changed = fields.filter((field) => !isSameJson(before?.[field], word[field]))
  return Object.fromEntries(changed.map((field) => [field, { from: before?.[field] ?? null, to: word[field] }]))
}
