import { recordAuditEvent } from '@/lib/db/audit-events'
import { endPreview, findRosterImport } from '@/lib/db/roster-imports'
import { withScope } from '@/lib/db/scope'
import { AppError } from '@/lib/domain/errors'
import { type RosterActor, rosterPlace } from './roster-actor'

/**
 * Throws a preview away, with what stood in the file.
 * @throws AppError not_found `roster_import_not_found`; conflict `roster_import_ended`
 */
export async function discardRoster(
  actor: RosterActor,
  { importId }: { importId: string },
  { now }: { now: Date },
): Promise<void> {
  const { universityId } = rosterPlace(actor)
  await withScope({ universityId }, async (tx) => {
    const head = await findRosterImport(tx, { universityId, importId })
    if (head === null) throw new AppError('not_found', 'roster_import_not_found')
    const isEnded = await endPreview(tx, { universityId, importId, state: 'discarded', now })
    if (!isEnded) throw new AppError('conflict', 'roster_import_ended')
    await recordAuditEvent(tx, {
      actor,
      action: 'roster.discarded',
      subject: { kind: 'roster_import', id: importId },
      data: { fileSha256: head.fileSha256 },
      occurredAt: now,
    })
  })
}
