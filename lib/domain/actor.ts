export const ROLES = ['student', 'reviewer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** A person acting at one university, with the roles held there and the departments assigned for review. */
export type MemberActor = {
  kind: 'member'
  personId: string
  memberId: string
  universityId: string
  roles: readonly Role[]
  reviewDepartmentIds: readonly string[]
}

/** Stands where a member's id is kept and somebody acted who is none: an operator. */
export const NO_MEMBER = '00000000-0000-0000-0000-000000000000'

/** The names under which the machine acts; each is listed in the permissions of exactly what it may do. */
export const SYSTEM_NAMES = [
  'SYSTEM_SETUP',
  'SYSTEM_SIGN_IN',
  'SYSTEM_SYNC',
  'SYSTEM_EVIDENCE',
  'SYSTEM_REVERT_WATCH',
  'SYSTEM_LEDGER_WATCH',
  'SYSTEM_NOTIFIER',
  'SYSTEM_HOUSEKEEPING',
] as const
export type SystemName = (typeof SYSTEM_NAMES)[number]

/** The machine itself, with a loud name: only the actions that list the name accept it. */
export type SystemActor = { kind: 'system'; name: `SYSTEM_${string}`; universityId: string | null }

/** Who runs the deployment. Sees tenant data only by break-glass: a reason is required and audited. */
export type OperatorActor = { kind: 'operator'; name: string; reason: string; universityId: string | null }

export type Actor = MemberActor | SystemActor | OperatorActor

/** Whether the actor is a member who holds the role. */
export function hasRole(actor: Actor, role: Role): boolean {
  return actor.kind === 'member' && actor.roles.includes(role)
}
