import { ROLES, type Role } from '@/lib/domain/actor'
import type { ParsedRow } from './parse-roster'

export const ROSTER_FIELDS = ['name', 'college', 'programme', 'className', 'email'] as const
export type RosterField = (typeof ROSTER_FIELDS)[number] | 'roles'
export const ROSTER_KINDS = ['new', 'changed', 'unchanged'] as const
export type RosterKind = (typeof ROSTER_KINDS)[number]

/** A member as the roster could change them. */
export type RosterMember = {
  memberId: string
  number: string
  name: string
  college: string
  programme: string
  className: string
  email: string
  status: string
  roles: readonly { role: string; source: string }[]
}

export type RosterChange = { field: RosterField; from: string; to: string }

/** What the import does with one row of the file. */
export type PlanLine = {
  line: number
  kind: RosterKind
  memberId: string | null
  number: string
  name: string
  college: string
  programme: string
  className: string
  email: string
  /** Roles as they would be then. */
  roles: Role[]
  /** What the file says of them; null: nothing. */
  saidRoles: Role[] | null
  changes: RosterChange[]
  addRoles: Role[]
  removeRoles: Role[]
  /** Left the university; the import leaves that as it is. */
  hasLeft: boolean
}

/**
 * What each row would do. An empty cell, or a column that the file has not, leaves what is known. Roles that the roster
 * gave before and does not name any more are taken back; those that an admin or the sign-in gave stay.
 */
export function planRoster(rows: readonly ParsedRow[], members: readonly RosterMember[]): PlanLine[] {
  const byNumber = new Map(members.map((member) => [member.number, member]))
  return rows.map((row) => planRow(row, byNumber.get(row.studentNumber) ?? null))
}

function planRow(row: ParsedRow, member: RosterMember | null): PlanLine {
  const after = {
    name: row.name,
    college: row.college,
    programme: row.programme ?? member?.programme ?? '',
    className: row.className ?? member?.className ?? '',
    email: row.email ?? member?.email ?? '',
  }
  const roles = planRoles(row.roles, member)
  const changes = member === null ? [] : changesOf(member, after, roles.after)
  const isUnchanged = changes.length === 0 && roles.add.length === 0
  return {
    line: row.line,
    kind: member === null ? 'new' : isUnchanged ? 'unchanged' : 'changed',
    memberId: member?.memberId ?? null,
    number: row.studentNumber,
    ...after,
    roles: roles.after,
    saidRoles: row.roles === null ? null : [...row.roles],
    changes,
    addRoles: roles.add,
    removeRoles: roles.remove,
    hasLeft: member?.status === 'left',
  }
}

type RolePlan = { after: Role[]; add: Role[]; remove: Role[] }

function planRoles(said: readonly Role[] | null, member: RosterMember | null): RolePlan {
  const held = member?.roles ?? []
  // A file that does not speak of roles changes none; who is new and has none said is a student.
  const wanted = said ?? (held.length === 0 ? (['student'] as const) : null)
  const holds = (role: Role) => held.some((one) => one.role === role)
  const gone = (role: Role) => held.some((one) => one.role === role && one.source === 'roster')
  const add = wanted === null ? [] : ROLES.filter((role) => wanted.some((one) => one === role) && !holds(role))
  const remove = wanted === null ? [] : ROLES.filter((role) => gone(role) && !wanted.some((one) => one === role))
  const after = ROLES.filter((role) => add.includes(role) || (holds(role) && !remove.includes(role)))
  return { after, add, remove }
}

function changesOf(
  member: RosterMember,
  after: Record<(typeof ROSTER_FIELDS)[number], string>,
  rolesAfter: readonly Role[],
): RosterChange[] {
  const fields = ROSTER_FIELDS.filter((field) => member[field] !== after[field])
  const changes: RosterChange[] = fields.map((field) => ({ field, from: member[field], to: after[field] }))
  const before = ROLES.filter((role) => member.roles.some((one) => one.role === role))
  if (before.join() === rolesAfter.join()) return changes
  return [...changes, { field: 'roles', from: before.join(), to: rolesAfter.join() }]
}
