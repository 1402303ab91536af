import type { Actor } from './actor'

export const ACTIONS = [
  // accounts and one's own data
  'account.link',
  'account.unlink',
  'account.list',
  'account.refresh',
  'self.view',
  'self.settings',
  'self.export',
  'self.withdraw_consent',
  // sync
  'sync.run',
  'sync.view',
  // contributions
  'contribution.list',
  'contribution.view',
  'contribution.explain',
  // catalog
  'catalog.view',
  'catalog.propose',
  'catalog.override',
  'catalog.share',
  // policy
  'policy.view',
  'policy.view_drafts',
  'policy.draft',
  'policy.publish',
  // claims
  'claim.create',
  'claim.edit',
  'claim.submit',
  'claim.withdraw',
  'claim.list_own',
  'claim.view',
  'claim.freeze_evidence',
  'claim.start_review',
  // review
  'review.queue',
  'review.decide_item',
  'review.endorse',
  'review.request_changes',
  'review.reject',
  'review.approve',
  // ledger
  'ledger.view',
  'ledger.view_own',
  'ledger.issue',
  'ledger.correct',
  'ledger.revoke',
  'ledger.verify',
  // reports
  'report.view',
  'report.export',
  'report.file',
  'report.columns',
  'report.application_form',
  // people
  'people.list',
  'people.view',
  'roster.import',
  'role.grant',
  'department.assign',
  'term.manage',
  'university.settings',
  'university.create',
  'member.admit',
  // audit and notifications
  'audit.view',
  'notification.list',
  'notification.send',
] as const
export type Action = (typeof ACTIONS)[number]

/** What is acted on, as far as the rules look at it. Leave out what the action has not. */
export type Resource = {
  universityId?: string | null
  /** The person whose it is. */
  ownerPersonId?: string | null
  departmentId?: string | null
  /** Persons who endorsed the claim. */
  endorsedByPersonIds?: readonly string[]
}

export const REFUSAL_CODES = [
  'role_not_allowed',
  'other_university',
  'not_yours',
  'other_department',
  'own_claim',
  'endorsed_by_you',
  'system_not_listed',
  'operator_not_allowed',
  'break_glass_reason_required',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
export type Permission = { allowed: true } | { allowed: false; code: RefusalCode }

/** Whether the actor may do this to that. The one table of the product; see permission-table.ts. */
export function can(_actor: Actor, _action: Action, _resource: Resource = {}): Permission {
  throw new Error('not yet')
}

/**
 * {@link can}, throwing. What lies beyond the wall of university, department or person is `not_found` ("not yours" looks
 * like "not there"); what is refused for the role or for the separation of duties is `forbidden`.
 */
export function assertCan(_actor: Actor, _action: Action, _resource: Resource = {}): void {
  throw new Error('not yet')
}
