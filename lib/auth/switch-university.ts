import { randomUUID } from 'node:crypto'
import { hashSessionToken } from '@/lib/auth/session-cookie'
import { memberActor } from '@/lib/auth/start-session'
import type { Viewer } from '@/lib/auth/types'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { listRoles } from '@/lib/db/members-sign-in'
import { withScope } from '@/lib/db/scope'
import { deleteSessionByToken, insertSession } from '@/lib/db/sessions'
import { ROLES, type Role } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'

export type UniversitySwitch = { universityId: string; oldToken: string; newToken: string }

/**
 * Goes on as a member of another of one's universities: a new token, the same end of the session.
 * @returns the roles held there, to know which page comes first
 */
export async function switchUniversityOf(
  viewer: Viewer,
  input: UniversitySwitch,
  deps: { now: Date },
): Promise<{ roles: readonly Role[] }> {
  const { personId } = viewer.actor
  const target = viewer.memberships.find(({ universityId }) => universityId === input.universityId)
  if (target === undefined) throw new AppError('not_found', 'not_found')
  const member = { personId, universityId: target.universityId, memberId: target.memberId }
  return withScope({ personId, universityId: target.universityId }, async (tx) => {
    const ended = await deleteSessionByToken(tx, hashSessionToken(input.oldToken))
    // Signed out meanwhile, in another window: nothing to go on with.
    if (ended === null) throw new AppError('unauthenticated', 'sign_in_required')
    const id = randomUUID()
    await insertSession(tx, {
      id,
      tokenHash: hashSessionToken(input.newToken),
      ...member,
      createdAt: deps.now,
      expiresAt: viewer.sessionExpiresAt,
    })
    await recordAuditEvent(tx, {
      actor: memberActor(member),
      action: 'session.switched_university',
      subject: { kind: 'session', id },
      data: { fromUniversityId: ended.universityId },
      occurredAt: deps.now,
    })
    const held = await listRoles(tx, target)
    return { roles: ROLES.filter((role) => held.some((row) => row.role === role)) }
  })
}
