import { recordAuditEvent } from '@/lib/db/audit-events'
import { endCatalogImport, findCatalogImport, lockCatalogPlan } from '@/lib/db/catalog-imports'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import {
  type CatalogImportSummary,
  type CatalogPlanLine,
  catalogImportSummarySchema,
  catalogPlanLineSchema,
} from './import-records'
import type { ApplyCatalogFileInput } from './schema'
import { takeBackOverride } from './take-back-override'
import { writeOverride } from './write-override'

/**
 * Does what a preview said, whole or not at all: a line that somebody changed since keeps all of them from being written.
 * Words that are not in the file stay as they are.
 * @throws AppError not_found `catalog_import_not_found`; conflict `catalog_import_ended`, `catalog_has_bad_rows`,
 *   `catalog_changed_since`
 */
export async function applyCatalogFile(
  actor: MemberActor,
  { importId, leaveOutBad }: ApplyCatalogFileInput,
  { now }: { now: Date },
): Promise<CatalogImportSummary> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const apply = async (tx: Tx): Promise<CatalogImportSummary> => {
    await lockKey(tx, `catalog-import:${universityId}`)
    const key = { universityId, importId }
    const head = await findCatalogImport(tx, key)
    if (head === null) throw new AppError('not_found', 'catalog_import_not_found')
    const stored = await lockCatalogPlan(tx, key)
    if (stored === null) throw new AppError('conflict', 'catalog_import_ended')
    const summary = catalogImportSummarySchema.parse(head.summary)
    if (summary.bad > 0 && !leaveOutBad) throw new AppError('conflict', 'catalog_has_bad_rows')
    for (const line of stored) await write(tx, { actor, line: catalogPlanLineSchema.parse(line), now })
    await endCatalogImport(tx, { ...key, state: 'applied', now })
    const { new: added, changed: updated, removed, unchanged } = summary
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.imported',
      subject: { kind: 'catalog_import', id: importId },
      data: { fileSha256: head.fileSha256, added, updated, removed, unchanged },
      occurredAt: now,
    })
    return summary
  }
  return withScope(actor, apply, { timeoutSeconds: 120 })
}

type Writing = { actor: MemberActor; line: CatalogPlanLine; now: Date }

async function write(tx: Tx, { actor, line, now }: Writing): Promise<void> {
  const { kind, platform, owner, name, word, expectedVersion } = line
  if (kind === 'unchanged') return
  const key = { platform, owner, name }
  const isWritten =
    kind === 'removed'
      ? await takeBackOverride(tx, { actor, key, expectedVersion: expectedVersion ?? 0, now })
      : await writeOverride(tx, { actor, word: { ...key, ...word }, expectedVersion, now })
  if (!isWritten) throw new AppError('conflict', 'catalog_changed_since', { name: `${owner}/${name ?? '*'}` })
}
