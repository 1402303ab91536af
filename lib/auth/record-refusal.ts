import { signInActor } from '@/lib/auth/sign-in-actor'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'

/** Writes down that somebody whom the university knows was not let in, and why; not who, since nobody here they are. */
export async function recordRefusal(
  refusal: { universityId: string; providerId: string; code: string },
  now: Date,
): Promise<void> {
  const { universityId, providerId, code } = refusal
  await withScope({ universityId }, (tx) =>
    recordAuditEvent(tx, {
      actor: signInActor(universityId),
      action: 'session.refused',
      subject: { kind: 'university', id: universityId },
      data: { provider: providerId, code },
      occurredAt: now,
    }),
  )
}
