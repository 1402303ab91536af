import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { MemberActor } from '@/lib/domain/actor'
import { approveMany } from '@/lib/reviews/approve-many'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { endorseMany } from '@/lib/reviews/endorse-many'
import { bulkFormSchema } from '@/lib/reviews/schema'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from './stage'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: Stage
const deps = { now: NOW }

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)
afterAll(() => world?.close())
beforeEach(async () => {
  stage = await setStage(world)
})

const claimRow = (claimId: string) => world.db.claim.findFirstOrThrow({ where: { id: claimId } })
const refused = (code: string) => expect.objectContaining({ code })

/** Nothing at all was written for the claim. */
async function expectUntouched(claimId: string, state = 'in_review'): Promise<void> {
  expect(await claimRow(claimId)).toMatchObject({ state, version: 1 })
  expect(await world.db.creditEntry.count({ where: { claimId } })).toBe(0)
  expect(await world.db.auditEvent.count({ where: { subjectId: claimId } })).toBe(0)
}

test('a professor endorses, an admin approves: decision, line, audit event and notification each time', async () => {
  const { claimId } = await stage.claimOf(2)
  const endorsed = await decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, deps)
  // Two of 120 lines each: 2 + 3 points, a quarter of a credit each.
  expect(endorsed).toEqual({ claimId, state: 'endorsed', creditHundredths: 50 })
  expect(await claimRow(claimId)).toMatchObject({ version: 2, endorsedByPersonId: stage.professor.personId })
  const approved = await decideClaim(stage.admin.actor, { claimId, version: 2, action: 'approve' }, deps)
  expect(approved).toEqual({ claimId, state: 'approved', creditHundredths: 50 })

  const entry = await world.db.creditEntry.findFirstOrThrow({ where: { claimId }, include: { student: true } })
  expect(entry).toMatchObject({
    sequence: 1n,
    kind: 'award',
    creditHundredths: 50,
    endorsedByMemberId: stage.professor.memberId,
    approvedByMemberId: stage.admin.memberId,
  })
  expect(entry.evidenceHashes).toHaveLength(2)
  expect(entry.student).toMatchObject({
    studentNumber: stage.student.number,
    name: stage.student.name,
    college: '计算机学院',
    programme: '软件工程',
    className: '2301',
  })
  const actions = await world.db.auditEvent.findMany({ where: { subjectId: claimId }, orderBy: { id: 'asc' } })
  expect(actions.map(({ action }) => action)).toEqual(['claim.endorsed', 'claim.approved'])
  const told = await world.db.notification.findMany({
    where: { memberId: stage.student.memberId },
    orderBy: { id: 'asc' },
  })
  expect(told.map(({ code }) => code)).toEqual(['claim_endorsed', 'claim_approved'])
  expect(await world.db.liveWork.count({ where: { claimId } })).toBe(2)
})

test('a refused item lets go of its work and lowers the figure', async () => {
  const { claimId, itemIds } = await stage.claimOf(2)
  const [kept = '', dropped = ''] = itemIds
  const result = await decideClaim(
    stage.professor.actor,
    {
      claimId,
      version: 1,
      action: 'endorse',
      items: [
        { claimItemId: kept, outcome: 'accepted' },
        { claimItemId: dropped, outcome: 'refused', reasonCode: 'trivial' },
      ],
    },
    deps,
  )
  expect(result.creditHundredths).toBe(25)
  expect(await world.db.liveWork.count({ where: { claimId } })).toBe(1)
  const items = await world.db.claimItem.findMany({ where: { claimId }, orderBy: { ordinal: 'asc' } })
  expect(items.map(({ outcome, outcomeReason }) => [outcome, outcomeReason])).toEqual([
    ['accepted', null],
    ['refused', 'trivial'],
  ])
  // Its work may be in another claim by now: an admin cannot take it back in.
  const again = decideClaim(
    stage.admin.actor,
    { claimId, version: 2, action: 'approve', items: [{ claimItemId: dropped, outcome: 'accepted' }] },
    deps,
  )
  await expect(again).rejects.toEqual(refused('item_refused_before'))
})

test('a claim of which nothing is left is not endorsed', async () => {
  const { claimId, itemIds } = await stage.claimOf(1)
  const items = itemIds.map((claimItemId) => ({
    claimItemId,
    outcome: 'refused' as const,
    reasonCode: 'trivial' as const,
  }))
  const nothing = decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse', items }, deps)
  await expect(nothing).rejects.toEqual(refused('no_items'))
  await expectUntouched(claimId)
})

test('sent back: words are needed, items are decided anew, the works stay reserved', async () => {
  const { claimId, itemIds } = await stage.claimOf(1)
  const act = (comment: string) =>
    decideClaim(
      stage.professor.actor,
      {
        claimId,
        version: 1,
        action: 'request_changes',
        comment,
        items: [{ claimItemId: itemIds[0] ?? '', outcome: 'refused', reasonCode: 'ai_use_unclear' }],
      },
      deps,
    )
  await expect(act('')).rejects.toEqual(refused('reason_required'))
  await expectUntouched(claimId)
  expect((await act('请说明人工智能的使用情况。')).state).toBe('changes_requested')
  const item = await world.db.claimItem.findFirstOrThrow({ where: { claimId } })
  expect(item).toMatchObject({ outcome: null, outcomeReason: 'ai_use_unclear' })
  expect(await world.db.liveWork.count({ where: { claimId } })).toBe(1)
})

test('rejected with a reason: the works may be claimed again', async () => {
  const { claimId } = await stage.claimOf(2)
  const act = (reasonCode: 'other' | 'not_own_work' | null) =>
    decideClaim(stage.professor.actor, { claimId, version: 1, action: 'reject', reasonCode }, deps)
  await expect(act(null)).rejects.toEqual(refused('reason_required'))
  await expect(act('other')).rejects.toEqual(refused('reason_required'))
  expect((await act('not_own_work')).state).toBe('rejected')
  expect(await world.db.liveWork.count({ where: { claimId } })).toBe(0)
})

test('who comes second is told who was first, and how', async () => {
  const { claimId } = await stage.claimOf(1)
  await decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, deps)
  const other = await makeMember(world, stage.university, { roles: ['reviewer'] })
  const second = decideClaim(other.actor, { claimId, version: 1, action: 'reject', reasonCode: 'trivial' }, deps)
  await expect(second).rejects.toMatchObject({
    kind: 'conflict',
    code: 'decided_first',
    details: { name: '周慎之', action: 'endorse' },
  })
})

test('a claim that was withdrawn meanwhile says so', async () => {
  const { claimId } = await stage.claimOf(1)
  await world.db.claim.updateMany({ where: { id: claimId }, data: { state: 'withdrawn', version: 2 } })
  const act = decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, deps)
  await expect(act).rejects.toEqual(refused('claim_withdrawn'))
})

test('nobody decides their own claim, at either stage', async () => {
  const everything = { ...stage.student.actor, roles: ['student', 'reviewer', 'admin'] as const }
  const actor: MemberActor = { ...everything, reviewDepartmentIds: [stage.university.departmentId] }
  const first = await stage.claimOf(1)
  const second = await stage.endorsedClaimOf(1)
  const endorse = decideClaim(actor, { claimId: first.claimId, version: 1, action: 'endorse' }, deps)
  await expect(endorse).rejects.toEqual(refused('own_claim'))
  const approve = decideClaim(actor, { claimId: second.claimId, version: 1, action: 'approve' }, deps)
  await expect(approve).rejects.toEqual(refused('own_claim'))
  await expectUntouched(first.claimId)
  await expectUntouched(second.claimId, 'endorsed')
})

test('who endorsed does not approve, in a later round either', async () => {
  const both: MemberActor = { ...stage.professor.actor, roles: ['reviewer', 'admin'] }
  const { claimId } = await stage.endorsedClaimOf(1)
  const approve = decideClaim(both, { claimId, version: 1, action: 'approve' }, deps)
  await expect(approve).rejects.toEqual(refused('endorsed_by_you'))
  // Sent back, handed in again, and endorsed by somebody else.
  const other = await makeMember(world, stage.university, { roles: ['reviewer'] })
  await world.db.claim.updateMany({
    where: { id: claimId },
    data: { endorsedByPersonId: other.personId },
  })
  const later = decideClaim(both, { claimId, version: 1, action: 'approve' }, deps)
  await expect(later).rejects.toEqual(refused('endorsed_by_you'))
  await expectUntouched(claimId, 'endorsed')
})

test('another department, another university, a student: refused, and nothing gives the claim away', async () => {
  const { claimId } = await stage.claimOf(1)
  const elsewhere = await makeMember(world, stage.university, {
    roles: ['reviewer'],
    reviewDepartmentIds: [stage.university.otherDepartmentId],
  })
  const foreign = await makeUniversity(world)
  const foreignProfessor = await makeMember(world, foreign, { roles: ['reviewer'] })
  const foreignAdmin = await makeMember(world, foreign, { roles: ['admin'] })
  const otherStudent = await makeMember(world, stage.university)
  const act = (actor: MemberActor, action: 'endorse' | 'approve', id = claimId) =>
    decideClaim(actor, { claimId: id, version: 1, action }, deps)
  const nowhere = '00000000-0000-4000-8000-000000000000'
  for (const { actor } of [elsewhere, foreignProfessor, otherStudent]) {
    await expect(act(actor, 'endorse')).rejects.toEqual(refused('claim_not_found'))
    await expect(act(actor, 'endorse', nowhere)).rejects.toEqual(refused('claim_not_found'))
  }
  await expect(act(foreignAdmin.actor, 'approve')).rejects.toEqual(refused('claim_not_found'))
  await expect(act(stage.student.actor, 'endorse')).rejects.toEqual(refused('role_not_allowed'))
  await expect(act(stage.admin.actor, 'endorse')).rejects.toEqual(refused('role_not_allowed'))
  await expect(act(stage.professor.actor, 'approve')).rejects.toEqual(refused('role_not_allowed'))
  await expectUntouched(claimId)
})

test('an admin does not skip the professor', async () => {
  const { claimId } = await stage.claimOf(1)
  const act = decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, deps)
  await expect(act).rejects.toMatchObject({ kind: 'conflict' })
  await expectUntouched(claimId)
})

test('items of another claim are refused', async () => {
  const mine = await stage.claimOf(1)
  const other = await stage.claimOf(1)
  const items = [{ claimItemId: other.itemIds[0] ?? '', outcome: 'refused' as const, reasonCode: 'trivial' as const }]
  const act = decideClaim(stage.professor.actor, { claimId: mine.claimId, version: 1, action: 'endorse', items }, deps)
  await expect(act).rejects.toEqual(refused('unknown_item'))
})

test('evidence that is not complete is not decided upon', async () => {
  const { claimId } = await stage.claimOf(1, { evidence: false })
  const act = decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, deps)
  await expect(act).rejects.toEqual(refused('evidence_incomplete'))
})

test('in bulk: claims without warnings are endorsed, each of the others is told why not', async () => {
  const clean = await stage.claimOf(1)
  const warned = await stage.claimOf(1, { warningCount: 1 })
  const stale = await stage.claimOf(1)
  const own = await stage.claimOf(1)
  await world.db.liveWork.deleteMany({ where: { claimId: own.claimId } })
  const { memberId, personId } = stage.professor
  await world.db.claim.updateMany({ where: { id: own.claimId }, data: { memberId, personId } })
  const results = await endorseMany(
    stage.professor.actor,
    {
      claims: [
        { claimId: clean.claimId, version: 1 },
        { claimId: warned.claimId, version: 1 },
        { claimId: stale.claimId, version: 7 },
        { claimId: own.claimId, version: 1 },
      ],
    },
    deps,
  )
  expect(results.map((result) => (result.ok ? 'ok' : result.code))).toEqual([
    'ok',
    'has_warnings',
    'claim_changed',
    'own_claim',
  ])
  expect((await claimRow(clean.claimId)).state).toBe('endorsed')
  await expectUntouched(warned.claimId)
})

test('in bulk: an admin approves what others endorsed', async () => {
  const one = await stage.endorsedClaimOf(1)
  const two = await stage.endorsedClaimOf(1)
  const both: MemberActor = { ...stage.professor.actor, roles: ['reviewer', 'admin'] }
  const claims = [one, two].map(({ claimId, version }) => ({ claimId, version }))
  const own = await approveMany(both, { claims }, deps)
  expect(own.map((result) => (result.ok ? 'ok' : result.code))).toEqual(['endorsed_by_you', 'endorsed_by_you'])
  const results = await approveMany(stage.admin.actor, { claims }, deps)
  expect(results.every(({ ok }) => ok)).toBe(true)
  const lines = await world.db.creditEntry.findMany({
    where: { universityId: stage.university.universityId },
    orderBy: { sequence: 'asc' },
  })
  expect(lines.map(({ sequence }) => sequence)).toEqual([1n, 2n])
  expect(lines[1]?.previousHash).toBe(lines[0]?.hash)
})

test('a claim that was warned since it was read is not agreed to unseen, alone or among others', async () => {
  const { claimId } = await stage.endorsedClaimOf(1)
  await world.db.claim.updateMany({ where: { id: claimId }, data: { warningCount: 2 } })
  const approve = { claimId, version: 1, action: 'approve' } as const
  await expect(decideClaim(stage.admin.actor, { ...approve, warningCount: 1 }, deps)).rejects.toMatchObject({
    kind: 'conflict',
    code: 'claim_warned',
    details: { count: 1 },
  })
  const claims = [{ claimId, version: 1, warningCount: 1 }]
  expect(await approveMany(stage.admin.actor, { claims }, deps)).toMatchObject([{ ok: false, code: 'claim_warned' }])
  expect(await world.db.creditEntry.count({ where: { claimId } })).toBe(0)
  expect(
    await approveMany(stage.admin.actor, { claims: [{ claimId, version: 1, warningCount: 2 }] }, deps),
  ).toMatchObject([{ ok: true }])
})

test('a box of the list says how many warnings it showed', () => {
  const claimId = '0198c1a2-0000-7000-8000-000000000001'
  expect(bulkFormSchema.parse({ claims: [`${claimId}.3.2`] })).toEqual({
    claims: [{ claimId, version: 3, warningCount: 2 }],
  })
  expect(bulkFormSchema.safeParse({ claims: [`${claimId}.3`] }).success).toBe(false)
})
