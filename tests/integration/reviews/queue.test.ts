import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { MemberActor } from '@/lib/domain/actor'
import { getAward } from '@/lib/ledger/get-award'
import { listLedger } from '@/lib/ledger/list-ledger'
import { listOwnCredits } from '@/lib/ledger/list-own-credits'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { getClaimForReview } from '@/lib/reviews/get-claim-for-review'
import { listApprovalQueue } from '@/lib/reviews/list-approval-queue'
import { listReviewQueue } from '@/lib/reviews/list-review-queue'
import { loadEvidenceDiff } from '@/lib/reviews/load-evidence-diff'
import { daysAgo, makeMember, NOW, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from './stage'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: Stage
let foreign: Stage
let elsewhere: TestMember
let otherStudent: TestMember

beforeAll(async () => {
  world = await openTestWorld()
  stage = await setStage(world)
  foreign = await setStage(world)
  elsewhere = await makeMember(world, stage.university, {
    roles: ['reviewer'],
    reviewDepartmentIds: [stage.university.otherDepartmentId],
  })
  otherStudent = await makeMember(world, stage.university)
})
afterAll(() => world?.close())

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'not refused',
    (error) => error.code,
  )

describe('the queue', () => {
  test('shows the longest wait first, page by page, each claim once, of assigned departments only', async () => {
    const own = await setStage(world)
    const { professor, university } = own
    const expected: string[] = []
    for (let days = 9; days > 4; days -= 1) {
      expected.push((await own.claimOf(1, { queuedAt: daysAgo(days), warningCount: days % 2 })).claimId)
    }
    const away = await own.claimOf(1, { departmentId: university.otherDepartmentId })
    await own.claimOf(1, { state: 'submitted' })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await listReviewQueue(professor.actor, { cursor }, { limit: 2 })
      seen.push(...page.items.map(({ claimId }) => claimId))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(expected)
    const two = { ...professor.actor, reviewDepartmentIds: [university.departmentId, university.otherDepartmentId] }
    const both = await listReviewQueue(two)
    expect(both.items.map(({ claimId }) => claimId)).toEqual([...expected, away.claimId])
    expect(both.departments.map(({ name, waiting }) => [name, waiting])).toEqual([
      ['人工智能学院', 1],
      ['计算机学院', 5],
    ])
    const clean = await listReviewQueue(professor.actor, { filter: 'no_warnings' })
    expect(clean.items.map(({ bulk }) => bulk)).toEqual([true, true])
    const warned = await listReviewQueue(professor.actor, { filter: 'with_warnings' })
    expect(warned.items.map(({ warningCount, bulk }) => [warningCount, bulk])).toEqual([
      [1, false],
      [1, false],
      [1, false],
    ])
  })

  test('never shows own claims; what the reader endorsed says so', async () => {
    const own = await setStage(world)
    const { claimId } = await own.claimOf(1)
    await world.db.liveWork.deleteMany({ where: { claimId: claimId } })
    const { memberId, personId } = own.professor
    await world.db.claim.updateMany({ where: { id: claimId }, data: { memberId, personId } })
    expect((await listReviewQueue(own.professor.actor)).items).toEqual([])
    await own.endorsedClaimOf(1)
    const both: MemberActor = { ...own.professor.actor, roles: ['reviewer', 'admin'] }
    const [mine] = (await listApprovalQueue(both)).items
    expect(mine).toMatchObject({ endorsedByName: '周慎之', endorsedByYou: true, bulk: false })
    const [theirs] = (await listApprovalQueue(own.admin.actor)).items
    expect(theirs).toMatchObject({ endorsedByYou: false, bulk: true })
  })

  test('is closed to who has not the role, and to departments that are not assigned', async () => {
    const { otherDepartmentId } = stage.university
    expect(await codeOf(listReviewQueue(stage.student.actor))).toBe('role_not_allowed')
    expect(await codeOf(listReviewQueue(stage.admin.actor))).toBe('role_not_allowed')
    expect(await codeOf(listApprovalQueue(stage.professor.actor))).toBe('role_not_allowed')
    expect(await codeOf(listReviewQueue(stage.professor.actor, { departmentId: otherDepartmentId }))).toBe(
      'department_not_found',
    )
    expect(await codeOf(listReviewQueue(stage.professor.actor, { cursor: 'nonsense' }))).toBe('bad_cursor')
  })
})

describe('a claim for review', () => {
  test('holds what is looked at, and says what the reader may do', async () => {
    const { claimId } = await stage.claimOf(2)
    const claim = await getClaimForReview(stage.professor.actor, claimId)
    expect(claim.actions).toEqual(['endorse', 'request_changes', 'reject'])
    expect(claim.calculation?.creditHundredths).toBe(50)
    expect(claim.items.map(({ hundredths, counts }) => [hundredths, counts])).toEqual([
      [25, true],
      [25, true],
    ])
    expect(claim.items[0]?.evidence).toMatchObject({ additions: 100, deletions: 20, filesTruncated: false })
    expect(claim.items[0]?.evidence?.reviews[0]).toMatchObject({ login: 'maintainer', state: 'approved' })
    const asAdmin = await getClaimForReview(stage.admin.actor, claimId)
    expect([asAdmin.actions, asAdmin.refusal]).toEqual([[], 'other_stage'])
  })

  test('of one’s own endorsement cannot be approved, and says why', async () => {
    const { claimId } = await stage.endorsedClaimOf(1)
    const both: MemberActor = { ...stage.professor.actor, roles: ['admin'] }
    const claim = await getClaimForReview(both, claimId)
    expect([claim.actions, claim.refusal]).toEqual([[], 'endorsed_by_you'])
    expect((await getClaimForReview(stage.admin.actor, claimId)).actions).toEqual([
      'request_changes',
      'reject',
      'approve',
    ])
  })

  test('is not there for others, nor are its diffs', async () => {
    const { claimId } = await stage.claimOf(1)
    const { id: evidenceId } = await world.db.evidence.findFirstOrThrow({ where: { claimId } })
    const diff = (actor: MemberActor, over = {}) => loadEvidenceDiff(actor, { claimId, evidenceId, ...over })
    for (const { actor } of [elsewhere, foreign.professor, foreign.admin]) {
      expect(await codeOf(getClaimForReview(actor, claimId))).toBe('claim_not_found')
      expect(await codeOf(diff(actor))).toBe('claim_not_found')
    }
    expect(await codeOf(getClaimForReview(stage.student.actor, claimId))).toBe('role_not_allowed')
    expect(await codeOf(diff(otherStudent.actor))).toBe('claim_not_found')
    expect(await codeOf(getClaimForReview(stage.professor.actor, 'nonsense'))).toBe('claim_not_found')
    const draft = await stage.claimOf(1, { state: 'draft' })
    expect(await codeOf(getClaimForReview(stage.admin.actor, draft.claimId))).toBe('claim_not_found')
    // Evidence of another claim is not shown under this one.
    const second = await stage.claimOf(1)
    expect(await codeOf(diff(stage.professor.actor, { claimId: second.claimId }))).toBe('claim_not_found')
    for (const { actor } of [stage.student, stage.professor, stage.admin]) {
      expect((await diff(actor)).files[0]).toMatchObject({ path: 'src/tokenizer.py', ordinal: 1 })
    }
  })
})

describe('the ledger on screen', () => {
  test('is the admin’s; one’s own lines are one’s own; a revocation frees the works', async () => {
    const own = await setStage(world)
    const { claimId } = await own.endorsedClaimOf(2)
    await decideClaim(own.admin.actor, { claimId, version: 1, action: 'approve' }, { now: NOW })
    const page = await listLedger(own.admin.actor)
    expect(page.head.sequence).toBe(1)
    const [line] = page.lines
    expect(line).toMatchObject({ kind: 'award', creditHundredths: 50, correctable: true, endorsedByName: '周慎之' })
    const entryId = line?.entryId ?? ''
    expect((await listLedger(own.admin.actor, { studentNumber: own.student.number })).lines).toHaveLength(1)
    expect((await listLedger(own.admin.actor, { studentNumber: 'nobody' })).lines).toHaveLength(0)
    const numbered = { sequence: 1, studentNumber: own.student.number }
    expect((await listLedger(own.admin.actor, { sequence: 1 })).lines).toEqual([line])
    expect((await listLedger(own.admin.actor, numbered)).lines).toEqual([line])
    expect((await listLedger(own.admin.actor, { sequence: 2 })).lines).toEqual([])
    expect((await listLedger(own.admin.actor, { sequence: 1, studentNumber: 'nobody' })).lines).toEqual([])
    expect((await listLedger(foreign.admin.actor, { sequence: 1 })).lines).toEqual([])
    expect((await listLedger(own.admin.actor, { termId: own.university.pastTermId })).lines).toHaveLength(0)

    const mine = await listOwnCredits(own.student.actor, { cursor: null })
    expect(mine.totalHundredths).toBe(50)
    expect(mine.lines[0]?.items.map(({ hundredths }) => hundredths)).toEqual([25, 25])
    const others = await makeMember(world, own.university)
    expect((await listOwnCredits(others.actor, { cursor: null })).lines).toEqual([])

    for (const { actor } of [own.student, own.professor]) {
      expect(await codeOf(listLedger(actor))).toBe('role_not_allowed')
      expect(await codeOf(getAward(actor, entryId))).toBe('role_not_allowed')
      const revoke = revokeCredit(actor, { entryId, netHundredths: 50, reason: '错误' }, { now: NOW })
      expect(await codeOf(revoke)).toBe('role_not_allowed')
    }
    expect(await codeOf(getAward(foreign.admin.actor, entryId))).toBe('credit_entry_not_found')
    const away = revokeCredit(foreign.admin.actor, { entryId, netHundredths: 50, reason: '错误' }, { now: NOW })
    expect(await codeOf(away)).toBe('credit_entry_not_found')
    const self: MemberActor = { ...own.student.actor, roles: ['student', 'admin'] }
    const forOneself = revokeCredit(self, { entryId, netHundredths: 50, reason: '错误' }, { now: NOW })
    expect(await codeOf(forOneself)).toBe('not_for_yourself')

    expect(await world.db.liveWork.count({ where: { claimId } })).toBe(2)
    await revokeCredit(own.admin.actor, { entryId, netHundredths: 50, reason: '贡献被撤回' }, { now: NOW })
    expect(await world.db.liveWork.count({ where: { claimId } })).toBe(0)
    const { award, lines } = await getAward(own.admin.actor, entryId)
    expect([award.revoked, award.netHundredths, award.correctable, lines.length]).toEqual([true, 0, false, 2])
    const again = revokeCredit(own.admin.actor, { entryId, netHundredths: 0, reason: '再次' }, { now: NOW })
    expect(await codeOf(again)).toBe('already_revoked')
  })
})
