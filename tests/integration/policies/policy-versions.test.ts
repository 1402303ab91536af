import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CreditPolicy } from '@/lib/domain/credit-policy'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { draftPolicy } from '@/lib/policies/draft-policy'
import { findPolicy } from '@/lib/policies/find-policy'
import { getPolicyVersion } from '@/lib/policies/get-policy-version'
import { listPolicyVersions } from '@/lib/policies/list-policy-versions'
import { publishPolicy } from '@/lib/policies/publish-policy'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

let world: TestWorld
let admin: TestMember
let student: TestMember
let elsewhere: TestMember

const stricter: CreditPolicy = { ...DEFAULT_POLICY, minimumHundredths: 20 }
const now = { now: NOW }

beforeAll(async () => {
  world = await openTestWorld()
  const university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  student = await makeMember(world, university, { roles: ['student'] })
  elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
}, 60_000)

afterAll(() => world?.close())

describe('the next version of the rules', () => {
  test('is a draft that only admins of the university see, and does not count yet', async () => {
    const draft = await draftPolicy(admin.actor, JSON.stringify(stricter), now)
    expect(draft).toMatchObject({ version: 2, status: 'draft' })
    expect(await findPolicy(student.actor)).toMatchObject({ version: 1 })
    for (const stranger of [student, elsewhere]) {
      await expect(getPolicyVersion(stranger.actor, draft.id)).rejects.toMatchObject({ code: 'policy_not_found' })
    }
    expect((await listPolicyVersions(student.actor, {})).versions.map(({ version }) => version)).toEqual([1])
    expect((await listPolicyVersions(admin.actor, {})).versions.map(({ version }) => version)).toEqual([2, 1])
  })

  test('is published only as it was read', async () => {
    const read = await draftPolicy(admin.actor, JSON.stringify(stricter), now)
    const changed = await draftPolicy(admin.actor, JSON.stringify({ ...stricter, minimumHundredths: 30 }), now)
    expect(changed).toMatchObject({ id: read.id, version: 2 })
    const asRead = { policyVersionId: read.id, documentSha256: read.documentSha256 }
    await expect(publishPolicy(admin.actor, asRead, now)).rejects.toMatchObject({ code: 'policy_changed' })
    const asItIs = { policyVersionId: read.id, documentSha256: changed.documentSha256 }
    await expect(publishPolicy(student.actor, asItIs, now)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(publishPolicy(elsewhere.actor, asItIs, now)).rejects.toMatchObject({ kind: 'not_found' })
    await publishPolicy(admin.actor, asItIs, now)
    expect(await findPolicy(student.actor)).toMatchObject({ version: 2, policy: { minimumHundredths: 30 } })
    await expect(publishPolicy(admin.actor, asItIs, now)).rejects.toMatchObject({ code: 'policy_changed' })
  })

  test('once published never changes, whoever asks the database', async () => {
    const published = await findPolicy(admin.actor)
    const id = published?.id ?? ''
    const change = world.db.policyVersion.updateMany({ where: { id }, data: { document: {} } })
    await expect(change).rejects.toThrow(/never changes/)
    await expect(world.db.policyVersion.deleteMany({ where: { id } })).rejects.toThrow(/never changes/)
  })
})

describe('a document that makes no sense is named', () => {
  test.each([
    ['not json', '{', 'policy_not_json'],
    ['too large', JSON.stringify('x'.repeat(70_000)), 'policy_too_large'],
    ['another shape', JSON.stringify({ ...DEFAULT_POLICY, surprise: 1 }), 'policy_shape'],
    ['a minimum above the cap', JSON.stringify({ ...DEFAULT_POLICY, minimumHundredths: 90_000 }), 'policy_problem'],
  ])('%s', async (_, document, code) => {
    const before = await world.db.policyVersion.count()
    await expect(draftPolicy(admin.actor, document, now)).rejects.toMatchObject({ kind: 'invalid', code })
    expect(await world.db.policyVersion.count()).toBe(before)
  })
})
