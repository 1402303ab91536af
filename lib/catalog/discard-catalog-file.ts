import { recordAuditEvent } from '@/lib/db/audit-events'
import { endCatalogImport, findCatalogImport } from '@/lib/db/catalog-imports'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

/**
 * Throws a preview away, with what stood in the file.
 * @throws AppError not_found `catalog_import_not_found`; conflict `catalog_import_ended`
 */
export async function discardCatalogFile(
  actor: MemberActor,
  { importId }: { importId: string },
  { now }: { now: Date },
): Promise<void> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  await withScope({ universityId }, async (tx) => {
    const head = await findCatalogImport(tx, { universityId, importId })
    if (head === null) throw new AppError('not_found', 'catalog_import_not_found')
    const isEnded = await endCatalogImport(tx, { universityId, importId, state: 'discarded', now })
    if (!isEnded) throw new AppError('conflict', 'catalog_import_ended')
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.import_discarded',
      subject: { kind: 'catalog_import', id: importId },
      data: { fileSha256: head.fileSha256 },
      occurredAt: now,
    })
  })
}
