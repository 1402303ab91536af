import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClaim } from '@/lib/claims/create-claim'
import { editClaim } from '@/lib/claims/edit-claim'
import { getClaim } from '@/lib/claims/get-claim'
import { listClaims } from '@/lib/claims/list-claims'
import { previewClaim } from '@/lib/claims/preview-claim'
import type { CreateClaimInput } from '@/lib/claims/schema'
import { submitClaim } from '@/lib/claims/submit-claim'
import { withdrawClaim } from '@/lib/claims/withdraw-claim'
import {
  daysAgo,
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestAccount,
  type TestContribution,
  type TestMember,
  type TestRepository,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

// Real transactions on a machine that does other things too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const now = { now: NOW }
let world: TestWorld
let university: TestUniversity
let student: TestMember
let author: TestAccount
let repository: TestRepository

beforeAll(async () => {
  world = await openTestWorld()
  university = await makeUniversity(world)
  repository = await makeRepository(world)
}, 60_000)

afterAll(() => world?.close())

beforeEach(async () => {
  student = await makeMember(world, university)
  author = await makeLinkedAccount(world, student.personId)
})

const contribute = (options: Partial<Parameters<typeof makeContribution>[1]> = {}): Promise<TestContribution> =>
  makeContribution(world, { repository, author, ...options })

function claimOver(contributions: readonly TestContribution[], over: Partial<CreateClaimInput> = {}): CreateClaimInput {
  return {
    termId: university.termId,
    contributionIds: contributions.map(({ contributionId }) => contributionId),
    aiUse: {},
    aiUseNote: {},
    statement: '分词器快了一倍。',
    ...over,
  }
}

async function draftOver(...contributions: TestContribution[]): Promise<string> {
  return (await createClaim(student.actor, claimOver(contributions), now)).claimId
}

/** What an error says: kind, code and details. */
async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'not refused',
    (error) => ({ kind: error.kind, code: error.code, ...(error.details ?? {}) }),
  )
}

describe('a claim from draft to submission', () => {
  test('a draft is judged as it stands, and gives what its items give together', async () => {
    const counting = await contribute()
    const open = await contribute({ landing: 'not_landed' })
    const claimId = await draftOver(counting, open)
    const claim = await getClaim(student.actor, { claimId })
    // 2 points + 3 for more than 100 lines, at 20 points a credit
    expect(claim.calculation?.creditHundredths).toBe(25)
    expect(claim.items.map(({ counts, hundredths }) => [counts, hundredths])).toEqual([
      [true, 25],
      [false, 0],
    ])
    expect(claim.items[1]?.reasons.map(({ code }) => code)).toContain('not_merged')
    expect(claim.actions).toEqual(['submit', 'withdraw'])
    expect(await world.db.liveWork.count({ where: { claimId } })).toBe(0)
  })

  test('submission keeps the rules, reserves the works, queues the evidence and tells the student', async () => {
    const contribution = await contribute()
    const claimId = await draftOver(contribution)
    const { version } = await getClaim(student.actor, { claimId })
    expect(await submitClaim(student.actor, { claimId, version }, now)).toEqual({
      version: version + 1,
      creditHundredths: 25,
    })
    const row = await world.db.claim.findFirstOrThrow({ where: { id: claimId } })
    expect(row).toMatchObject({
      state: 'submitted',
      policyVersionId: university.policyVersionId,
      departmentId: university.departmentId,
      evidenceState: 'collecting',
      creditHundredths: 25,
    })
    expect(await world.db.liveWork.findMany({ where: { claimId } })).toMatchObject([{ workId: contribution.workId }])
    expect(await world.db.notification.findMany({ where: { memberId: student.memberId } })).toMatchObject([
      { code: 'claim_submitted' },
    ])
    const events = await world.db.auditEvent.findMany({ where: { subjectId: claimId }, orderBy: { id: 'asc' } })
    expect(events.map(({ action }) => action)).toEqual(['claim.created', 'claim.submitted'])
    const jobs = await world.db.$queryRaw<unknown[]>`
      select 1 from graphile_worker.jobs where key = ${`freeze-evidence:${claimId}`}`
    expect(jobs).toHaveLength(1)
  })

  test('what does not count refuses the submission, by name, and nothing is written', async () => {
    const claimId = await draftOver(await contribute(), await contribute({ landing: 'not_landed', title: 'Half done' }))
    const { version } = await getClaim(student.actor, { claimId })
    expect(await refusal(submitClaim(student.actor, { claimId, version }, now))).toEqual({
      kind: 'conflict',
      code: 'items_do_not_count',
      count: 1,
      title: 'Half done',
    })
    expect(await world.db.claim.findFirstOrThrow({ where: { id: claimId } })).toMatchObject({ state: 'draft' })
    expect(await world.db.liveWork.count({ where: { claimId } })).toBe(0)
  })

  test('a student of no college is told so, since no queue would show the claim; with one it goes through', async () => {
    const claimId = await draftOver(await contribute())
    const { version } = await getClaim(student.actor, { claimId })
    const move = (departmentId: string | null) =>
      world.db.member.updateMany({ where: { id: student.memberId }, data: { departmentId } })
    await move(null)
    const submitted = () => submitClaim(student.actor, { claimId, version }, now)
    expect(await refusal(submitted())).toEqual({ kind: 'conflict', code: 'department_missing' })
    expect(await getClaim(student.actor, { claimId })).toMatchObject({ state: 'draft', version })
    expect(await world.db.liveWork.count({ where: { claimId } })).toBe(0)
    await move(university.otherDepartmentId)
    await submitted()
    const row = await world.db.claim.findFirstOrThrow({ where: { id: claimId } })
    expect(row).toMatchObject({ state: 'submitted', departmentId: university.otherDepartmentId })
  })

  test('an account that was unlinked gives no new claims', async () => {
    const contribution = await contribute()
    const claimId = await draftOver(contribution)
    const { version } = await getClaim(student.actor, { claimId })
    await world.db.linkedAccount.update({ where: { id: author.accountId }, data: { unlinkedAt: daysAgo(0) } })
    expect(await refusal(submitClaim(student.actor, { claimId, version }, now))).toMatchObject({
      code: 'items_do_not_count',
    })
  })

  test('of two tabs that change one claim, the second is told', async () => {
    const claimId = await draftOver(await contribute())
    const { version } = await getClaim(student.actor, { claimId })
    const other = await contribute()
    await editClaim(student.actor, { claimId, version, ...claimOver([other]) }, now)
    expect(await refusal(submitClaim(student.actor, { claimId, version }, now))).toMatchObject({
      kind: 'conflict',
      code: 'claim_changed',
    })
    expect((await getClaim(student.actor, { claimId })).items.map((item) => item.contributionId)).toEqual([
      other.contributionId,
    ])
  })
})

describe('one work, one live claim', () => {
  test('of two claims over one work handed in at once exactly one wins, the other hears which', async () => {
    const contribution = await contribute({ title: 'Faster tokenizer' })
    const drafts = [await draftOver(contribution), await draftOver(contribution)]
    const answers = await Promise.all(
      drafts.map((claimId) => refusal(submitClaim(student.actor, { claimId, version: 2 }, now))),
    )
    expect(answers.filter((answer) => answer === 'not refused')).toHaveLength(1)
    const winner = drafts[answers.indexOf('not refused')]
    expect(answers.find((answer) => answer !== 'not refused')).toEqual({
      kind: 'conflict',
      code: 'work_already_claimed',
      title: 'Faster tokenizer',
      claimId: winner,
    })
    expect(await world.db.liveWork.count({ where: { workId: contribution.workId } })).toBe(1)
  })

  test('across universities too, without telling what the other claim is', async () => {
    const elsewhere = await makeUniversity(world)
    const there = await makeMember(world, elsewhere, { personId: student.personId })
    const contribution = await contribute({ title: 'Faster tokenizer' })
    const here = await draftOver(contribution)
    const input = { ...claimOver([contribution]), termId: elsewhere.termId }
    const { claimId } = await createClaim(there.actor, input, now)
    await submitClaim(there.actor, { claimId, version: 2 }, now)
    expect(await refusal(submitClaim(student.actor, { claimId: here, version: 2 }, now))).toEqual({
      kind: 'conflict',
      code: 'work_claimed_elsewhere',
      title: 'Faster tokenizer',
      claimId: null,
    })
  })

  test('at two universities at once exactly one wins', async () => {
    const elsewhere = await makeUniversity(world)
    const there = await makeMember(world, elsewhere, { personId: student.personId })
    const contribution = await contribute()
    const here = await draftOver(contribution)
    const input = { ...claimOver([contribution]), termId: elsewhere.termId }
    const { claimId } = await createClaim(there.actor, input, now)
    const answers = await Promise.all([
      refusal(submitClaim(student.actor, { claimId: here, version: 2 }, now)),
      refusal(submitClaim(there.actor, { claimId, version: 2 }, now)),
    ])
    expect(answers.filter((answer) => answer === 'not refused')).toHaveLength(1)
    expect(await world.db.liveWork.count({ where: { workId: contribution.workId } })).toBe(1)
  })

  test('a copy of a work in the same claim is no second work', async () => {
    const original = await contribute({ landedAt: daysAgo(9) })
    const copy = await contribute({ workId: original.workId, landedAt: daysAgo(8), title: 'Cherry-pick' })
    const claimId = await draftOver(original, copy)
    expect(await refusal(submitClaim(student.actor, { claimId, version: 2 }, now))).toMatchObject({
      code: 'items_do_not_count',
      title: 'Cherry-pick',
    })
  })

  test('withdrawing lets go of the works', async () => {
    const contribution = await contribute()
    const first = await draftOver(contribution)
    await submitClaim(student.actor, { claimId: first, version: 2 }, now)
    await withdrawClaim(student.actor, { claimId: first, version: 3 }, now)
    expect(await world.db.liveWork.count({ where: { workId: contribution.workId } })).toBe(0)
    const second = await draftOver(contribution)
    await submitClaim(student.actor, { claimId: second, version: 2 }, now)
    expect(await refusal(withdrawClaim(student.actor, { claimId: first, version: 4 }, now))).toMatchObject({
      code: 'wrong_state',
    })
  })
})

describe('after changes were asked for', () => {
  test('the student exchanges an item and hands in again under the same rules', async () => {
    const [kept, dropped, added] = [await contribute(), await contribute(), await contribute()]
    const contributions = [kept, dropped]
    const { claimId } = await makeClaim(world, { university, student, contributions, state: 'changes_requested' })
    await editClaim(student.actor, { claimId, version: 1, ...claimOver([kept, added]) }, now)
    const seen = await getClaim(student.actor, { claimId })
    expect(seen.calculation?.creditHundredths).toBe(50)
    await submitClaim(student.actor, { claimId, version: 2 }, now)
    const works = await world.db.liveWork.findMany({ where: { claimId } })
    expect(works.map(({ workId }) => workId).sort()).toEqual([kept.workId, added.workId].sort())
    expect(await world.db.claim.findFirstOrThrow({ where: { id: claimId } })).toMatchObject({
      state: 'submitted',
      policyVersionId: university.policyVersionId,
    })
  })

  test('what the catalog says since then does not refuse what was handed in before', async () => {
    const home = await makeRepository(world)
    const contribution = await contribute({ repository: home })
    const contributions = [contribution]
    const { claimId } = await makeClaim(world, { university, student, contributions, state: 'changes_requested' })
    await world.db.catalogEntry.updateMany({ where: { name: home.name }, data: { status: 'excluded' } })
    await submitClaim(student.actor, { claimId, version: 1 }, now)
    expect(await world.db.claim.findFirstOrThrow({ where: { id: claimId } })).toMatchObject({ state: 'submitted' })
  })
})

describe('refused', () => {
  test('a closed term takes back what was sent back', async () => {
    const closing = await makeUniversity(world)
    const member = await makeMember(world, closing)
    const account = await makeLinkedAccount(world, member.personId)
    const contributions = [await makeContribution(world, { repository, author: account })]
    const returned = { university: closing, student: member, contributions, state: 'changes_requested' } as const
    const { claimId } = await makeClaim(world, returned)
    await world.db.term.updateMany({ where: { id: closing.termId }, data: { closedAt: NOW } })
    await submitClaim(member.actor, { claimId, version: 1 }, now)
    expect(await world.db.claim.findFirstOrThrow({ where: { id: claimId } })).toMatchObject({ state: 'submitted' })
  })

  test('a closed term takes no new claims', async () => {
    const closing = await makeUniversity(world)
    const member = await makeMember(world, closing)
    const account = await makeLinkedAccount(world, member.personId)
    const contribution = await makeContribution(world, { repository, author: account })
    const input = { ...claimOver([contribution]), termId: closing.termId }
    const { claimId } = await createClaim(member.actor, input, now)
    await world.db.term.updateMany({ where: { id: closing.termId }, data: { closedAt: NOW } })
    expect(await refusal(createClaim(member.actor, input, now))).toMatchObject({ code: 'term_closed' })
    expect(await refusal(submitClaim(member.actor, { claimId, version: 2 }, now))).toMatchObject({
      code: 'term_closed',
    })
  })

  test('another person, another university and another role find nothing there', async () => {
    const contribution = await contribute()
    const claimId = await draftOver(contribution)
    const neighbour = await makeMember(world, university)
    const stranger = await makeMember(world, await makeUniversity(world))
    const reviewer = await makeMember(world, university, { roles: ['reviewer'] })
    for (const { actor } of [neighbour, stranger, reviewer]) {
      expect(await refusal(getClaim(actor, { claimId }))).toMatchObject({ kind: 'not_found' })
      for (const act of [submitClaim, withdrawClaim]) {
        expect(await refusal(act(actor, { claimId, version: 2 }, now))).toMatchObject({ kind: 'not_found' })
      }
      const edit = { claimId, version: 2, ...claimOver([contribution]) }
      expect(await refusal(editClaim(actor, edit, now))).toMatchObject({ kind: 'not_found' })
    }
    expect((await listClaims(neighbour.actor, { filter: 'all', cursor: null })).items).toEqual([])
    expect(await refusal(listClaims(reviewer.actor, { filter: 'all', cursor: null }))).toMatchObject({
      kind: 'forbidden',
    })
    expect(await refusal(createClaim(reviewer.actor, claimOver([contribution]), now))).toMatchObject({
      kind: 'forbidden',
    })
  })

  test('contributions of somebody else, or none at all', async () => {
    const neighbour = await makeMember(world, university)
    const theirs = await makeContribution(world, {
      repository,
      author: await makeLinkedAccount(world, neighbour.personId),
    })
    const none = { contributionId: crypto.randomUUID(), workId: crypto.randomUUID(), number: 1, url: '' }
    for (const contribution of [theirs, none]) {
      expect(await refusal(createClaim(student.actor, claimOver([contribution]), now))).toMatchObject({
        kind: 'not_found',
        code: 'contribution_not_found',
      })
      const preview = { termId: university.termId, contributionIds: [contribution.contributionId] }
      expect(await refusal(previewClaim(student.actor, preview))).toMatchObject({ kind: 'not_found' })
    }
  })

  test('malformed and oversized input, with nothing written', async () => {
    const contribution = await contribute()
    const before = await world.db.claim.count()
    const many = Array.from({ length: 101 }, () => crypto.randomUUID())
    for (const over of [
      { contributionIds: [] },
      { contributionIds: many },
      { contributionIds: ["'; drop table claim; --"] },
      { statement: '长'.repeat(4001) },
      { aiUseNote: { [contribution.contributionId]: 'x'.repeat(501) } },
      { termId: 'not-an-id' },
    ]) {
      await expect(createClaim(student.actor, claimOver([contribution], over), now)).rejects.toThrow()
    }
    expect(await refusal(listClaims(student.actor, { filter: 'all', cursor: 'bogus' }))).toMatchObject({
      code: 'bad_cursor',
    })
    expect(await world.db.claim.count()).toBe(before)
  })
})

test('claims are listed newest first, page by page', async () => {
  const ids: string[] = []
  for (let index = 0; index < 5; index += 1) {
    const { claimId } = await createClaim(student.actor, claimOver([await contribute()]), { now: daysAgo(9 - index) })
    ids.unshift(claimId)
  }
  const first = await listClaims(student.actor, { filter: 'open', cursor: null, limit: 3 })
  const second = await listClaims(student.actor, { filter: 'open', cursor: first.nextCursor, limit: 3 })
  expect([...first.items, ...second.items].map(({ claimId }) => claimId)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
})
