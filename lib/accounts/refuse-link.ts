import { recordAuditEvent } from '@/lib/db/audit-events'
import { finishLinkAttempt } from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError, type ErrorKind } from '@/lib/domain/errors'
import type { Platform } from '@/lib/domain/platform'

type Refusal = { platform: Platform; code: string; kind: ErrorKind; attemptId?: string; now: Date }

/**
 * Ends an attempt for a reason: nothing of it stays but the audit event.
 * @returns the error to throw
 */
export async function refuseLink(actor: MemberActor, refusal: Refusal): Promise<AppError> {
  const { platform, code, kind, attemptId, now } = refusal
  const { personId, universityId } = actor
  await withScope({ personId, universityId }, async (tx) => {
    if (attemptId !== undefined) await finishLinkAttempt(tx, attemptId, now)
    await recordAuditEvent(tx, {
      actor,
      action: 'account.link_refused',
      subject: { kind: 'person', id: personId },
      data: { platform, code },
      occurredAt: now,
    })
  })
  return new AppError(kind, code)
}
