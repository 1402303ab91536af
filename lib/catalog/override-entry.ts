import { recordAuditEvent } from '@/lib/db/audit-events'
import { type CatalogListRow, findCatalogRow } from '@/lib/db/catalog-list'
import { type Tx, withScope } from '@/lib/db/scope'
import { saveOwnEntry } from '@/lib/db/university-catalog-entries'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { landingRulesSchema, MERGED } from '@/lib/domain/landing-rule'
import { assertCan } from '@/lib/domain/permissions'
import { PLATFORM_TRAITS } from '@/lib/domain/platform'
import { enqueue } from '@/lib/queue/enqueue'
import { keysOf } from './find-catalog-line'
import { queueRewarning } from './queue-rewarning'
import type { OverrideInput } from './schema'

/**
 * Writes the university's own word on a repository or owner, in front of the shared base. How changes land there stays
 * as the shared base says. Claims already submitted keep what they were judged by; where the word is another one now, they
 * are warned by a job.
 * @throws AppError conflict `catalog_changed` when somebody else changed the line meanwhile
 */
export async function overrideEntry(actor: MemberActor, input: OverrideInput, { now }: { now: Date }): Promise<void> {
  assertCan(actor, 'catalog.override', { universityId: actor.universityId })
  const { expectedVersion, ...word } = input
  const { universityId, memberId } = actor
  await withScope(actor, async (tx) => {
    const before = await findCatalogRow(tx, keysOf(input))
    const landing = before ? landingRulesSchema.parse(before.landing) : MERGED
    const saved = await saveOwnEntry(tx, { universityId, memberId, entry: { ...word, landing }, expectedVersion, now })
    if (!saved) throw new AppError('conflict', 'catalog_changed')
    const fullName = `${input.owner}/${input.name ?? '*'}`
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.overridden',
      subject: { kind: 'catalog_entry', id: `${input.platform}:${fullName}` },
      data: { platform: input.platform, fullName, status: input.status, changed: changesOf(before, word) },
      occurredAt: now,
    })
    await queueRewarning(tx, universityId, input)
    await backfill(tx, { universityId, before, input })
  })
}

/** Where accounts are not read as a whole, a repository is read only once it is included, so that starts now. */
async function backfill(
  tx: Tx,
  { universityId, before, input }: { universityId: string; before: CatalogListRow | null; input: OverrideInput },
): Promise<void> {
  const newlyIncluded = input.status === 'included' && before?.status !== 'included'
  if (!newlyIncluded || PLATFORM_TRAITS[input.platform].readsWholeAccounts) return
  await enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: null, trigger: 'backfill' })
}

function changesOf(
  before: CatalogListRow | null,
  word: Omit<OverrideInput, 'expectedVersion'>,
): Record<string, { from: unknown; to: unknown }> {
  const fields = ['status', 'kind', 'tier', 'reason', 'acceptedBranches'] as const
  const changed = fields.filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(word[field]))
  return Object.fromEntries(changed.map((field) => [field, { from: before?.[field] ?? null, to: word[field] }]))
}
