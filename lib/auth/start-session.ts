import { randomUUID } from 'node:crypto'
import { hashSessionToken, SESSION_SECONDS } from '@/lib/auth/session-cookie'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import { insertSession } from '@/lib/db/sessions'
import type { MemberActor } from '@/lib/domain/actor'

export type SessionStart = {
  member: { personId: string; universityId: string; memberId: string }
  /** What the browser will keep; the database gets its hash. */
  token: string
  /** `oidc-<slug>`, the door that was used. */
  provider: string
  now: Date
}

/** Starts a session; it ends after {@link SESSION_SECONDS}, whatever is done meanwhile. */
export async function startSession({ member, token, provider, now }: SessionStart): Promise<{ expiresAt: Date }> {
  const id = randomUUID()
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000)
  await withScope(member, async (tx) => {
    await insertSession(tx, { id, tokenHash: hashSessionToken(token), ...member, createdAt: now, expiresAt })
    await recordAuditEvent(tx, {
      actor: memberActor(member),
      action: 'session.started',
      subject: { kind: 'session', id },
      data: { provider },
      occurredAt: now,
    })
  })
  return { expiresAt }
}

/** The member as the author of an event; roles play no part in that. */
export function memberActor(member: SessionStart['member']): MemberActor {
  return { kind: 'member', ...member, roles: [], reviewDepartmentIds: [] }
}
