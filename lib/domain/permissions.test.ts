import { describe, expect, it } from 'vitest'
import { type Actor, type MemberActor, ROLES, type Role, SYSTEM_NAMES } from './actor'
import { isAppError } from './errors'
import { ACTIONS, type Action, assertCan, can, type Resource } from './permissions'

const member = (roles: readonly Role[], over: Partial<MemberActor> = {}): MemberActor => ({
  kind: 'member',
  personId: 'me',
  memberId: 'member-me',
  universityId: 'here',
  roles,
  reviewDepartmentIds: roles.includes('reviewer') ? ['cs'] : [],
  ...over,
})

const THEIRS: Resource = {
  universityId: 'here',
  ownerPersonId: 'other',
  departmentId: 'cs',
  stage: 'endorsement',
  endorsedByPersonIds: [],
}
const MINE: Resource = { ...THEIRS, ownerPersonId: 'me' }
const AWAITING_APPROVAL: Resource = { ...THEIRS, stage: 'approval', endorsedByPersonIds: ['professor'] }
const STUDENT = member(['student'])
const REVIEWER = member(['reviewer'])
const ADMIN = member(['admin'])
const OPERATOR: Actor = { kind: 'operator', name: 'ops', reason: '核对学生申诉', universityId: null }

/** Every way of standing to a thing that the rules tell apart. */
const CASES: Readonly<Record<string, [Actor, Resource]>> = {
  's:mine': [STUDENT, MINE],
  's:theirs': [STUDENT, THEIRS],
  'r:mine': [REVIEWER, MINE],
  'r:theirs': [REVIEWER, THEIRS],
  'r:elsewhere': [REVIEWER, { ...THEIRS, departmentId: 'math' }],
  'r:approval': [REVIEWER, AWAITING_APPROVAL],
  'a:mine': [ADMIN, { ...AWAITING_APPROVAL, ownerPersonId: 'me' }],
  'a:theirs': [ADMIN, THEIRS],
  'a:approval': [ADMIN, AWAITING_APPROVAL],
  'a:endorsed': [ADMIN, { ...AWAITING_APPROVAL, endorsedByPersonIds: ['me'] }],
  operator: [OPERATOR, THEIRS],
  ...Object.fromEntries(SYSTEM_NAMES.map((name) => [name, [{ kind: 'system', name, universityId: null }, THEIRS]])),
}

const S = ['s:mine', 's:theirs']
const R = ['r:mine', 'r:theirs', 'r:elsewhere', 'r:approval']
const A = ['a:mine', 'a:theirs', 'a:approval', 'a:endorsed']
const A_OTHERS = ['a:theirs', 'a:approval', 'a:endorsed']

/** The expected table, written by hand: who may, among all cases above. Everybody else may not. */
const ALLOWED: Readonly<Record<Action, readonly string[]>> = {
  'account.link': ['s:mine'],
  'account.list': ['s:mine'],
  'account.unlink': ['s:mine'],
  'account.refresh': ['s:mine', 'operator'],
  'self.view': ['s:mine', 'r:mine', 'a:mine'],
  'self.settings': ['s:mine', 'r:mine', 'a:mine'],
  'self.export': ['s:mine', 'r:mine', 'a:mine'],
  'self.withdraw_consent': ['s:mine', 'r:mine', 'a:mine'],
  'expired.forget': ['SYSTEM_HOUSEKEEPING'],
  'sync.run': ['SYSTEM_SYNC', 'operator'],
  'sync.view': ['s:mine', ...A, 'operator'],
  'sync.health': [...A, 'operator'],
  'sync.pause': [...A, 'operator'],
  'sync.retry': [...A, 'operator'],
  'contribution.list': ['s:mine'],
  'contribution.view': [...S, ...R, ...A],
  'contribution.explain': ['s:mine'],
  'contribution.add': ['s:mine'],
  'contribution.share': ['s:mine'],
  'catalog.view': [...S, ...R, ...A, 'SYSTEM_SYNC', 'SYSTEM_EVIDENCE', 'operator'],
  'catalog.propose': [...S, ...R, ...A],
  'catalog.read_nomination': ['SYSTEM_EVIDENCE'],
  'catalog.override': [...A, 'operator'],
  'catalog.share': ['SYSTEM_SETUP', 'operator'],
  'policy.view': [...S, ...R, ...A],
  'policy.view_drafts': A,
  'policy.draft': A,
  'policy.publish': [...A, 'SYSTEM_SETUP', 'operator'],
  'claim.create': ['s:mine'],
  'claim.list_own': ['s:mine'],
  'claim.edit': ['s:mine'],
  'claim.submit': ['s:mine'],
  'claim.withdraw': ['s:mine'],
  'claim.view': ['s:mine', 'r:mine', 'r:theirs', 'r:approval', ...A, 'operator'],
  'claim.freeze_evidence': ['SYSTEM_EVIDENCE'],
  'claim.retry_evidence': ['s:mine', ...A],
  'claim.start_review': ['SYSTEM_EVIDENCE'],
  'review.queue': [...R, ...A],
  'review.decide_item': ['r:theirs', 'a:approval'],
  'review.endorse': ['r:theirs'],
  'review.request_changes': ['r:theirs', 'a:approval'],
  'review.reject': ['r:theirs', 'a:approval'],
  'review.approve': ['a:approval'],
  'ledger.view': [...A, 'operator'],
  'ledger.view_own': ['s:mine'],
  'ledger.issue': ['a:approval'],
  'ledger.correct': A_OTHERS,
  'ledger.revoke': A_OTHERS,
  'ledger.verify': [...A, 'SYSTEM_LEDGER_WATCH', 'operator'],
  'report.view': A,
  'report.export': [...A, 'operator'],
  'report.file': A,
  'report.columns': A,
  'report.application_form': ['s:mine', 'r:mine', 'r:theirs', 'r:approval', ...A],
  'people.list': A,
  'people.view': A,
  'roster.import': [...A, 'operator'],
  'role.grant': [...A_OTHERS, 'SYSTEM_SIGN_IN', 'SYSTEM_SETUP', 'operator'],
  'member.change': [...A_OTHERS, 'operator'],
  'person.erase': ['operator'],
  'department.assign': [...A, 'operator'],
  'member.admit': ['SYSTEM_SIGN_IN', 'SYSTEM_SETUP'],
  'term.manage': [...A, 'SYSTEM_SETUP', 'operator'],
  'university.settings': [...A, 'operator'],
  'university.create': ['SYSTEM_SETUP', 'operator'],
  'secrets.reseal': ['operator'],
  'audit.view': [...A, 'operator'],
  'notification.list': ['s:mine', 'r:mine', 'a:mine'],
  'notification.send': ['SYSTEM_NOTIFIER', 'SYSTEM_EVIDENCE', 'SYSTEM_REVERT_WATCH', 'SYSTEM_SYNC'],
}

describe('the table', () => {
  it.each(ACTIONS)('%s', (action) => {
    const allowed = Object.entries(CASES).filter(([, [actor, resource]]) => can(actor, action, resource).allowed)
    expect(allowed.map(([name]) => name).sort()).toEqual([...ALLOWED[action]].sort())
  })

  it.each(ACTIONS)('%s stops at the wall between universities', (action) => {
    for (const [actor, resource] of Object.values(CASES)) {
      const bound: Actor = { ...actor, universityId: 'here' }
      expect(can(bound, action, { ...resource, universityId: 'there' }).allowed).toBe(false)
    }
  })

  it.each(ACTIONS)('%s wants a reason wherever an operator reaches tenant data', (action) => {
    const silent: Actor = { kind: 'operator', name: 'ops', reason: ' ok ', universityId: null }
    const plain: readonly Action[] = ['catalog.view', 'catalog.share', 'university.create']
    expect(can(silent, action, THEIRS).allowed).toBe(plain.includes(action))
  })

  it.each(ACTIONS)('%s is not for a member without roles, nor for an unknown part of the system', (action) => {
    expect(can(member([]), action, MINE)).toEqual({ allowed: false, code: 'role_not_allowed' })
    const stray: Actor = { kind: 'system', name: 'SYSTEM_STRAY', universityId: null }
    expect(can(stray, action, MINE)).toEqual({ allowed: false, code: 'system_not_listed' })
  })
})

describe('separation of duties', () => {
  const everything = member(ROLES)

  it.each([
    ['endorsing one’s own claim', 'review.endorse', MINE, 'own_claim'],
    ['approving one’s own claim', 'review.approve', { ...AWAITING_APPROVAL, ownerPersonId: 'me' }, 'own_claim'],
    [
      'approving what one endorsed',
      'review.approve',
      { ...AWAITING_APPROVAL, endorsedByPersonIds: ['me'] },
      'endorsed_by_you',
    ],
    [
      'rejecting at approval what one endorsed',
      'review.reject',
      { ...AWAITING_APPROVAL, endorsedByPersonIds: ['me'] },
      'endorsed_by_you',
    ],
    ['granting oneself a role', 'role.grant', MINE, 'not_for_yourself'],
    ['correcting one’s own credit', 'ledger.correct', MINE, 'not_for_yourself'],
  ] as const)('%s is refused, even with all roles', (...[, action, resource, code]) => {
    expect(can(everything, action, resource)).toEqual({ allowed: false, code })
  })

  it('lets each role decide at its own stage only', () => {
    expect(can(REVIEWER, 'review.reject', AWAITING_APPROVAL)).toEqual({ allowed: false, code: 'other_stage' })
    expect(can(ADMIN, 'review.reject', THEIRS)).toEqual({ allowed: false, code: 'other_stage' })
  })
})

describe('what is not said is refused', () => {
  it.each([
    ['claim.edit', STUDENT],
    ['claim.view', REVIEWER],
    ['review.endorse', REVIEWER],
    ['review.approve', ADMIN],
    ['ledger.correct', ADMIN],
  ] as const)('%s of a thing about which nothing is known', (action, actor) => {
    expect(can(actor, action).allowed).toBe(false)
  })

  it('approval, when the endorsers were not looked up', () => {
    const { endorsedByPersonIds: _forgotten, ...unknown } = AWAITING_APPROVAL
    expect(can(ADMIN, 'review.approve', unknown).allowed).toBe(false)
  })
})

describe('assertCan', () => {
  const refusal = (actor: Actor, action: Action, resource: Resource): unknown => {
    try {
      assertCan(actor, action, resource)
      return null
    } catch (error) {
      return isAppError(error) ? `${error.kind} ${error.code}` : error
    }
  }

  it('makes "not yours" look like "not there", and says what is refused for the role', () => {
    expect(refusal(STUDENT, 'claim.view', MINE)).toBeNull()
    expect(refusal(STUDENT, 'claim.view', THEIRS)).toBe('not_found not_found')
    expect(refusal(REVIEWER, 'claim.view', { ...THEIRS, departmentId: 'math' })).toBe('not_found not_found')
    expect(refusal(ADMIN, 'claim.view', { ...THEIRS, universityId: 'there' })).toBe('not_found not_found')
    expect(refusal(STUDENT, 'audit.view', {})).toBe('forbidden role_not_allowed')
    expect(refusal(REVIEWER, 'review.endorse', MINE)).toBe('forbidden own_claim')
  })
})
