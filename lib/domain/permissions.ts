import type { Actor, MemberActor, OperatorActor, SystemActor } from './actor'
import { ROLES } from './actor'
import type { ClaimStage } from './claim-states'
import { AppError } from './errors'
import { PERMISSIONS, type Relation, type Rule } from './permission-table'

export type Action = keyof typeof PERMISSIONS
export const ACTIONS = Object.keys(PERMISSIONS).filter((name): name is Action => name in PERMISSIONS)

/** What is acted on, as far as the rules look at it. Leave out what the action has not: what a rule needs and does not find is refused. */
export type Resource = {
  /** Null for what all universities share. */
  universityId?: string | null
  /** The person whose it is. */
  ownerPersonId?: string | null
  departmentId?: string | null
  /** The stage at which the claim waits (see stageOf): each role decides at its own. */
  stage?: ClaimStage | null
  /** Persons who endorsed the claim; an empty list when nobody did. */
  endorsedByPersonIds?: readonly string[]
}

/** Ordered by how much they say: with several roles, the first that applies is told. */
export const REFUSAL_CODES = [
  'own_claim',
  'not_for_yourself',
  'endorsed_by_you',
  'other_stage',
  'other_department',
  'not_yours',
  'other_university',
  'role_not_allowed',
  'system_not_listed',
  'operator_not_allowed',
  'break_glass_reason_required',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
export type Permission = { allowed: true } | { allowed: false; code: RefusalCode }

/** A break-glass reason is read by people later: a lone character says nothing. */
const REASON_MIN_LENGTH = 4

/** Whether the actor may do this to that: the table of permission-table.ts, and nothing beside it. */
export function can(actor: Actor, action: Action, resource: Resource = {}): Permission {
  const rule: Rule = PERMISSIONS[action]
  const code = refusalOf(actor, rule, resource)
  return code === null ? { allowed: true } : { allowed: false, code }
}

/**
 * {@link can}, throwing. What lies beyond the wall of university, department or person is `not_found` ("not yours" looks
 * like "not there"); what is refused for the role or for the separation of duties is `forbidden` and says so.
 */
export function assertCan(actor: Actor, action: Action, resource: Resource = {}): void {
  const permission = can(actor, action, resource)
  if (permission.allowed) return
  if (BEHIND_A_WALL.has(permission.code)) throw new AppError('not_found', 'not_found')
  throw new AppError('forbidden', permission.code)
}

const BEHIND_A_WALL: ReadonlySet<RefusalCode> = new Set(['other_department', 'not_yours', 'other_university'])

function refusalOf(actor: Actor, rule: Rule, resource: Resource): RefusalCode | null {
  switch (actor.kind) {
    case 'member':
      return refusalOfMember(actor, rule, resource)
    case 'system':
      return refusalOfSystem(actor, rule, resource)
    case 'operator':
      return refusalOfOperator(actor, rule, resource)
  }
}

/** Any role that allows it is enough; else the refusal that says most. */
function refusalOfMember(actor: MemberActor, rule: Rule, resource: Resource): RefusalCode | null {
  const relations = ROLES.filter((role) => actor.roles.includes(role)).flatMap((role) => rule[role] ?? [])
  if (relations.length === 0) return 'role_not_allowed'
  if (isElsewhere(actor.universityId, resource)) return 'other_university'
  const refusals = relations.map((relation) => refusalOfRelation(actor, relation, resource))
  if (refusals.includes(null)) return null
  return REFUSAL_CODES.find((code) => refusals.includes(code)) ?? 'role_not_allowed'
}

function refusalOfRelation(actor: MemberActor, relation: Relation, resource: Resource): RefusalCode | null {
  const { ownerPersonId, departmentId, stage, endorsedByPersonIds } = resource
  const known = typeof ownerPersonId === 'string'
  const own = ownerPersonId === actor.personId
  const assigned = typeof departmentId === 'string' && actor.reviewDepartmentIds.includes(departmentId)
  switch (relation) {
    case 'university':
      return null
    case 'self':
      return own || !known ? null : 'not_yours'
    case 'own':
      return own ? null : 'not_yours'
    case 'department':
      return assigned ? null : 'other_department'
    case 'endorsement':
      if (own) return 'own_claim'
      if (!known || !assigned) return 'other_department'
      return stage === 'endorsement' ? null : 'other_stage'
    case 'others':
      if (own) return 'not_for_yourself'
      return known ? null : 'not_yours'
    case 'approval':
      if (own) return 'own_claim'
      if (!known) return 'not_yours'
      if (endorsedByPersonIds?.includes(actor.personId) ?? true) return 'endorsed_by_you'
      return stage === 'approval' ? null : 'other_stage'
  }
}

function refusalOfSystem(actor: SystemActor, rule: Rule, resource: Resource): RefusalCode | null {
  if (!rule.system?.some((name) => name === actor.name)) return 'system_not_listed'
  return isElsewhere(actor.universityId, resource) ? 'other_university' : null
}

function refusalOfOperator(actor: OperatorActor, rule: Rule, resource: Resource): RefusalCode | null {
  if (!rule.operator) return 'operator_not_allowed'
  if (isElsewhere(actor.universityId, resource)) return 'other_university'
  const explained = [...actor.reason.trim()].length >= REASON_MIN_LENGTH
  return rule.operator === 'plain' || explained ? null : 'break_glass_reason_required'
}

/** An actor without a university (system, operator) is bound to none; a resource without one is shared. */
function isElsewhere(universityId: string | null, resource: Resource): boolean {
  const there = resource.universityId ?? null
  return universityId !== null && there !== null && universityId !== there
}
