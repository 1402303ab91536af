import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyRoster } from '@/lib/people/apply-roster'
import { getOverview } from '@/lib/people/get-overview'
import { previewRoster } from '@/lib/people/preview-roster'
import { listUnassignedClaims } from '@/lib/reviews/list-unassigned-claims'
import {
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

let world: TestWorld
let university: TestUniversity
let admin: TestMember
const deps = { now: NOW }

beforeAll(async () => {
  world = await openTestWorld()
  university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
}, 60_000)
afterAll(() => world?.close())

test('a roster puts claims of nobody’s queue into the queue of the college that it names', async () => {
  const { universityId } = university
  const stuck = await makeMember(world, university, { departmentId: null })
  const account = await makeLinkedAccount(world, stuck.personId)
  const repository = await makeRepository(world, {})
  const contributions = [await makeContribution(world, { repository, author: account })]
  const { claimId } = await makeClaim(world, { university, student: stuck, contributions })
  await world.db.claim.updateMany({ where: { id: claimId }, data: { departmentId: null } })
  const { tasks } = await getOverview(admin.actor, deps)
  expect(tasks).toContainEqual({ code: 'claims_without_department', count: 1 })
  expect((await listUnassignedClaims(admin.actor)).claims).toMatchObject([
    { claimId, studentNumber: stuck.number, studentName: stuck.name },
  ])
  const bytes = new TextEncoder().encode(`学号,姓名,学院\n${stuck.number},${stuck.name},人工智能学院\n`)
  const { importId } = await previewRoster(admin.actor, { fileName: '名单.csv', bytes }, deps)
  await applyRoster(admin.actor, { importId, leaveOutBad: false }, deps)
  const department = await world.db.department.findFirstOrThrow({ where: { universityId, name: '人工智能学院' } })
  expect(await world.db.claim.findFirstOrThrow({ where: { id: claimId } })).toMatchObject({
    departmentId: department.id,
    state: 'in_review',
    version: 1,
  })
  const event = await world.db.auditEvent.findFirstOrThrow({ where: { subjectId: claimId } })
  expect(event).toMatchObject({
    action: 'claim.department_assigned',
    data: { claimId, departmentId: department.id },
  })
  expect((await listUnassignedClaims(admin.actor)).claims).toEqual([])
})
