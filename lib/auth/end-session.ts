import { hashSessionToken } from '@/lib/auth/session-cookie'
import { memberActor } from '@/lib/auth/start-session'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { setScope, withScope } from '@/lib/db/scope'
import { deleteSessionByToken, type EndedSession } from '@/lib/db/sessions'

/** Ends the session of a token and tells whose it was; null when there is none any more. */
export async function endSession(token: string, now: Date): Promise<EndedSession | null> {
  const sessionTokenHash = hashSessionToken(token)
  return withScope({ sessionTokenHash }, async (tx) => {
    const ended = await deleteSessionByToken(tx, sessionTokenHash)
    if (ended === null) return null
    await setScope(tx, { universityId: ended.universityId })
    await recordAuditEvent(tx, {
      actor: memberActor(ended),
      action: 'session.ended',
      subject: { kind: 'session', id: ended.id },
      data: {},
      occurredAt: now,
    })
    return ended
  })
}
