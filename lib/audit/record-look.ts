import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import type { OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

/**
 * Writes down that the operator breaks the glass at a university, by which command and why, before anything is looked at.
 * @throws AppError forbidden `break_glass_reason_required`
 */
export async function recordLook(
  actor: OperatorActor,
  { command }: { command: string },
  { now }: { now: Date } = { now: new Date() },
): Promise<void> {
  const { universityId } = actor
  assertCan(actor, 'audit.view', { universityId })
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  await withScope({ universityId }, (tx) =>
    recordAuditEvent(tx, {
      actor,
      action: 'operator.looked',
      subject: { kind: 'university', id: universityId },
      data: { command },
      occurredAt: now,
    }),
  )
}
