import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  openTestWorld,
  type TestWorld,
} from '@/tests/factories'

let world: TestWorld

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)

afterAll(() => world?.close())

test('a claim of the factories holds its items, its reserved works and its evidence', async () => {
  const university = await makeUniversity(world)
  const student = await makeMember(world, university)
  const author = await makeLinkedAccount(world, student.personId)
  const repository = await makeRepository(world)
  const contributions = [
    await makeContribution(world, { repository, author }),
    await makeContribution(world, { repository, author }),
  ]
  const { claimId } = await makeClaim(world, { university, student, contributions })
  expect(await world.db.claimItem.count({ where: { claimId } })).toBe(2)
  expect(await world.db.liveWork.count({ where: { claimId } })).toBe(2)
  expect(await world.db.evidence.count({ where: { claimId } })).toBe(2)
})
