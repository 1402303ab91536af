import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { warnClaims } from '@/lib/claims/warn-claims'
import { withScope } from '@/lib/db/scope'
import { assignWorks, findDuplicatesOf, type WorkSeeker } from '@/lib/db/works'
import {
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  openTestWorld,
  type TestAccount,
  type TestContribution,
  type TestMember,
  type TestRepository,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: TestWorld
let university: TestUniversity
let elsewhere: TestUniversity
let repository: TestRepository
let student: TestMember
let author: TestAccount

beforeAll(async () => {
  world = await openTestWorld()
  university = await makeUniversity(world)
  elsewhere = await makeUniversity(world)
  repository = await makeRepository(world)
})
afterAll(() => world.close())
beforeEach(async () => {
  student = await makeMember(world, university)
  author = await makeLinkedAccount(world, student.personId)
})

let shas = 0
const newSha = () => (++shas).toString(16).padStart(40, 'e')

/** A contribution whose work has the key of one commit. */
async function known(sha: string, at = repository): Promise<TestContribution> {
  const made = await makeContribution(world, { repository: at, author })
  await world.db.workKey.create({ data: { kind: 'commit', value: sha, workId: made.workId } })
  return made
}

const assign = (...seekers: WorkSeeker[]) =>
  withScope({ universityId: university.universityId, personId: student.personId }, (tx) => assignWorks(tx, seekers))
const learns = (of: TestContribution, commitSha: string, ...cherryPickedFrom: string[]): WorkSeeker => ({
  ownWorkId: of.workId,
  commitSha,
  cherryPickedFrom,
})
const workOf = async ({ contributionId }: TestContribution) =>
  (await world.db.contribution.findUniqueOrThrow({ where: { id: contributionId } })).workId
const claim = (member: TestMember, at: TestUniversity, item: TestContribution) =>
  makeClaim(world, { university: at, student: member, contributions: [item], state: 'submitted' })

test('a copy comes to the work that is claimed, its drafts and commits too', async () => {
  const [sha, later] = [newSha(), newSha()]
  const original = await known(newSha())
  const mirror = await known(sha)
  await claim(student, university, original)
  const draft = await makeClaim(world, { university, student, contributions: [mirror], state: 'draft' })
  expect(await assign(learns(original, sha))).toEqual({ workIds: [original.workId], duplicates: [] })
  expect(await workOf(mirror)).toBe(original.workId)
  const item = await world.db.claimItem.findFirstOrThrow({ where: { claimId: draft.claimId } })
  expect(item.workId).toBe(original.workId)
  expect(await world.db.work.count({ where: { id: mirror.workId } })).toBe(0)
  expect((await assign({ ownWorkId: null, commitSha: sha, cherryPickedFrom: [later] })).workIds).toEqual([
    original.workId,
  ])
})

test('two known works are one once a third contribution names both', async () => {
  const [a, b] = [newSha(), newSha()]
  const one = await known(a)
  const other = await known(b)
  const { workIds } = await assign({ ownWorkId: null, commitSha: a, cherryPickedFrom: [b] })
  expect([await workOf(one), await workOf(other)]).toEqual([workIds[0], workIds[0]])
})

test('what somebody else claims, also behind the wall of another university, is kept', async () => {
  const sha = newSha()
  const stranger = await makeMember(world, elsewhere)
  const mine = await known(newSha())
  const theirs = await known(sha)
  await claim(stranger, elsewhere, theirs)
  expect((await assign(learns(mine, sha))).workIds).toEqual([theirs.workId])
  expect(await workOf(mine)).toBe(theirs.workId)
})

test('works that are both claimed stay, and both claims are warned', async () => {
  const sha = newSha()
  const one = await known(newSha())
  const other = await known(sha)
  const claims = [await claim(student, university, one), await claim(student, university, other)]
  const { workIds, duplicates } = await assign(learns(one, sha))
  expect(workIds).toEqual([one.workId])
  expect(duplicates).toEqual([one.contributionId, other.contributionId].sort())
  const system = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null } as const
  for (const contributionId of duplicates) {
    expect(await warnClaims(system, { contributionId, code: 'duplicate_work' })).toBe(1)
    expect(await warnClaims(system, { contributionId, code: 'duplicate_work' })).toBe(0)
  }
  const items = await world.db.claimItem.findMany({ where: { claimId: { in: claims.map(({ claimId }) => claimId) } } })
  for (const item of items) expect(JSON.stringify(item.warnings)).toContain('duplicate_work')
})

test('the other of two that are both claimed is called as its platform calls it', async () => {
  const sha = newSha()
  const gitee = await makeRepository(world, { platform: 'gitee' })
  const one = await known(newSha())
  const other = await known(sha, gitee)
  for (const item of [one, other]) await claim(student, university, item)
  await assign(learns(one, sha))
  const called = await withScope({ universityId: university.universityId }, (tx) =>
    findDuplicatesOf(tx, [one.workId, other.workId]),
  )
  expect(called.get(one.workId)).toBe(`${gitee.owner}/${gitee.name}!${other.number}`)
  expect(called.get(other.workId)).toBe(`${repository.owner}/${repository.name}#${one.number}`)
})

test('two syncs that unite the same works in any order end with one', async () => {
  const keys = [newSha(), newSha(), newSha()]
  const [a = '', b = '', c = ''] = keys
  const made = [await known(a), await known(b), await known(c)]
  const seeker = (commitSha: string, ...cherryPickedFrom: string[]) => ({
    ownWorkId: null,
    commitSha,
    cherryPickedFrom,
  })
  await Promise.all([assign(seeker(a, b, c)), assign(seeker(c, b, a)), assign(seeker(b, a))])
  expect(new Set(await Promise.all(made.map(workOf))).size).toBe(1)
})
