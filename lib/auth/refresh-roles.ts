import { signInActor } from '@/lib/auth/sign-in-actor'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { addSignInRole, listRoles, removeSignInRole } from '@/lib/db/members-sign-in'
import type { Tx } from '@/lib/db/scope'
import { ROLES, type Role } from '@/lib/domain/actor'

type Refresh = {
  universityId: string
  memberId: string
  /** What the sign-in said; null when it does not speak of roles. */
  said: readonly Role[] | null
  now: Date
}

/**
 * Brings the roles that only the sign-in gave up to what it says now. What the roster or an admin gave stays.
 * @returns all roles that the member holds then
 */
export async function refreshRoles(tx: Tx, { universityId, memberId, said, now }: Refresh): Promise<readonly Role[]> {
  const key = { universityId, memberId }
  const held = await listRoles(tx, key)
  const gone = said === null ? [] : held.filter(({ role, source }) => source === 'sign_in' && !includes(said, role))
  const added = (said ?? []).filter((role) => !held.some((row) => row.role === role))
  const record = (action: 'role.granted' | 'role.revoked', role: string) =>
    recordAuditEvent(tx, {
      actor: signInActor(universityId),
      action,
      subject: { kind: 'member', id: memberId },
      data: { memberId, role },
      occurredAt: now,
    })
  for (const { role } of gone) {
    await removeSignInRole(tx, { ...key, role })
    await record('role.revoked', role)
  }
  for (const role of added) {
    await addSignInRole(tx, { ...key, role, createdAt: now })
    await record('role.granted', role)
  }
  const kept = held.filter((row) => !gone.includes(row)).map(({ role }) => role)
  return ROLES.filter((role) => kept.includes(role) || added.includes(role))
}

function includes(roles: readonly Role[], role: string): boolean {
  return roles.some((one) => one === role)
}
