import type { Viewer } from '@/lib/auth/types'
import type { SessionView } from '@/lib/db/sessions'
import { ROLES } from '@/lib/domain/actor'

/** The viewer behind a session; null when the university acted at is none of theirs any more. */
export function toViewer(session: SessionView): Viewer | null {
  const university = session.memberships.find(({ universityId }) => universityId === session.universityId)
  if (university === undefined) return null
  return {
    actor: {
      kind: 'member',
      personId: session.personId,
      memberId: session.memberId,
      universityId: session.universityId,
      roles: ROLES.filter((role) => session.roles.includes(role)),
      reviewDepartmentIds: session.reviewDepartmentIds,
    },
    sessionId: session.sessionId,
    sessionExpiresAt: session.expiresAt,
    name: session.name,
    number: session.number,
    university,
    memberships: session.memberships,
    unreadNotifications: session.unreadNotifications,
  }
}
