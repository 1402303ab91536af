import type { SystemName } from './actor'

/**
 * How the actor must stand to what is acted on. Whatever a relation looks at must be given with the resource: what is
 * left out is refused.
 * - `university`: anything of the actor's university, or shared.
 * - `self`: the actor's own, by construction (lists, links, new claims).
 * - `own`: a thing that names its person, and it is the actor.
 * - `department`: of a department assigned to the reviewer.
 * - `endorsement`: as `department`, not one's own claim, and the claim waits for an endorsement.
 * - `others`: anything of the university that is not one's own (nobody grants or corrects for oneself).
 * - `approval`: as `others`, not endorsed by oneself, and the claim waits for approval.
 */
export const RELATIONS = ['university', 'self', 'own', 'department', 'endorsement', 'others', 'approval'] as const
export type Relation = (typeof RELATIONS)[number]

/** Who may do one thing. A role, system or operator that is not named may not. `break_glass` wants a reason. */
export type Rule = {
  student?: Relation
  reviewer?: Relation
  admin?: Relation
  system?: readonly SystemName[]
  operator?: 'plain' | 'break_glass'
}

const EVERY_MEMBER_SELF = { student: 'self', reviewer: 'self', admin: 'self' } as const
const EVERY_MEMBER = { student: 'university', reviewer: 'university', admin: 'university' } as const
const DECIDES = { reviewer: 'endorsement', admin: 'approval' } as const

/** The one table of the product. */
export const PERMISSIONS = {
  // one's own accounts and data
  'account.link': { student: 'self' },
  'account.list': { student: 'self' },
  'account.unlink': { student: 'own' },
  'account.refresh': { student: 'own', operator: 'break_glass' },
  'self.view': EVERY_MEMBER_SELF,
  'self.settings': EVERY_MEMBER_SELF,
  'self.export': EVERY_MEMBER_SELF,
  'self.withdraw_consent': EVERY_MEMBER_SELF,
  /** what ran out, whoever's it was: link attempts with their tokens, sessions, counters */
  'expired.forget': { system: ['SYSTEM_HOUSEKEEPING'] },
  // sync
  'sync.run': { system: ['SYSTEM_SYNC'], operator: 'break_glass' },
  'sync.view': { student: 'own', admin: 'university', operator: 'break_glass' },
  /** how the university's syncs do, all of its accounts together */
  'sync.health': { admin: 'university', operator: 'break_glass' },
  'sync.pause': { admin: 'university', operator: 'break_glass' },
  'sync.retry': { admin: 'university', operator: 'break_glass' },
  // contributions: public facts; whose they are is a matter of the query
  'contribution.list': { student: 'self' },
  'contribution.view': EVERY_MEMBER,
  'contribution.explain': { student: 'self' },
  'contribution.add': { student: 'self' },
  'contribution.share': { student: 'self' },
  // catalog
  'catalog.view': { ...EVERY_MEMBER, system: ['SYSTEM_SYNC', 'SYSTEM_EVIDENCE'], operator: 'plain' },
  'catalog.propose': EVERY_MEMBER,
  'catalog.read_nomination': { system: ['SYSTEM_EVIDENCE'] },
  'catalog.override': { admin: 'university', operator: 'break_glass' },
  'catalog.share': { system: ['SYSTEM_SETUP'], operator: 'plain' },
  // policy
  'policy.view': EVERY_MEMBER,
  'policy.view_drafts': { admin: 'university' },
  'policy.draft': { admin: 'university' },
  'policy.publish': { admin: 'university', system: ['SYSTEM_SETUP'], operator: 'break_glass' },
  // claims
  'claim.create': { student: 'self' },
  'claim.list_own': { student: 'self' },
  'claim.edit': { student: 'own' },
  'claim.submit': { student: 'own' },
  'claim.withdraw': { student: 'own' },
  'claim.view': { student: 'own', reviewer: 'department', admin: 'university', operator: 'break_glass' },
  'claim.freeze_evidence': { system: ['SYSTEM_EVIDENCE'] },
  'claim.retry_evidence': { student: 'own', admin: 'university' },
  'claim.start_review': { system: ['SYSTEM_EVIDENCE'] },
  // review: a professor endorses, an admin approves, nobody does both on one claim
  'review.queue': { reviewer: 'university', admin: 'university' },
  'review.decide_item': DECIDES,
  'review.endorse': { reviewer: 'endorsement' },
  'review.request_changes': DECIDES,
  'review.reject': DECIDES,
  'review.approve': { admin: 'approval' },
  // ledger
  'ledger.view': { admin: 'university', operator: 'break_glass' },
  'ledger.view_own': { student: 'self' },
  'ledger.issue': { admin: 'approval' },
  'ledger.correct': { admin: 'others' },
  'ledger.revoke': { admin: 'others' },
  'ledger.verify': { admin: 'university', system: ['SYSTEM_LEDGER_WATCH'], operator: 'break_glass' },
  // reports
  'report.view': { admin: 'university' },
  'report.export': { admin: 'university', operator: 'break_glass' },
  'report.file': { admin: 'university' },
  'report.columns': { admin: 'university' },
  'report.application_form': { student: 'own', reviewer: 'department', admin: 'university' },
  // people
  'people.list': { admin: 'university' },
  'people.view': { admin: 'university' },
  'roster.import': { admin: 'university', operator: 'break_glass' },
  'role.grant': { admin: 'others', system: ['SYSTEM_SIGN_IN', 'SYSTEM_SETUP'], operator: 'break_glass' },
  /** status: here, or left */
  'member.change': { admin: 'others', operator: 'break_glass' },
  /** at the person's wish; nobody erases anybody on a screen */
  'person.erase': { operator: 'break_glass' },
  'department.assign': { admin: 'university', operator: 'break_glass' },
  'member.admit': { system: ['SYSTEM_SIGN_IN', 'SYSTEM_SETUP'] },
  'term.manage': { admin: 'university', system: ['SYSTEM_SETUP'], operator: 'break_glass' },
  'university.settings': { admin: 'university', operator: 'break_glass' },
  'university.create': { system: ['SYSTEM_SETUP'], operator: 'plain' },
  /** what is sealed with a former key, sealed with the present one; nobody reads it */
  'secrets.reseal': { operator: 'break_glass' },
  // audit and notifications
  'audit.view': { admin: 'university', operator: 'break_glass' },
  'notification.list': EVERY_MEMBER_SELF,
  'notification.send': { system: ['SYSTEM_NOTIFIER', 'SYSTEM_EVIDENCE', 'SYSTEM_REVERT_WATCH', 'SYSTEM_SYNC'] },
} as const satisfies Readonly<Record<string, Rule>>
