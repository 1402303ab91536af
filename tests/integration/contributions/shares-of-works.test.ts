import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClaim } from '@/lib/claims/create-claim'
import { getClaim } from '@/lib/claims/get-claim'
import { submitClaim } from '@/lib/claims/submit-claim'
import { warnClaims } from '@/lib/claims/warn-claims'
import { withdrawClaim } from '@/lib/claims/withdraw-claim'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listJoint } from '@/lib/contributions/list-joint'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { takeShareStep } from '@/lib/contributions/take-share-step'
import { findJointWorks } from '@/lib/db/joint-works'
import { withScope } from '@/lib/db/scope'
import {
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
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

const SYSTEM = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null } as const

let world: TestWorld
let here: TestUniversity
let there: TestUniversity
let author: TestMember
let helper: TestMember
let authorAccount: TestAccount
let helperAccount: TestAccount
let made: TestContribution

beforeAll(async () => {
  world = await openTestWorld()
  here = await makeUniversity(world)
  there = await makeUniversity(world)
}, 60_000)
afterAll(() => world.close())

beforeEach(async () => {
  author = await makeMember(world, here)
  helper = await makeMember(world, there)
  authorAccount = await makeLinkedAccount(world, author.personId)
  helperAccount = await makeLinkedAccount(world, helper.personId)
  made = await makeContribution(world, { repository: await makeRepository(world), author: authorAccount })
})

const nameHelper = (contributionId = made.contributionId, account = helperAccount) =>
  world.db.contributionCoAuthor.create({
    data: {
      contributionId,
      platform: account.platform,
      platformUserId: account.platformUserId,
      login: account.login,
      seenAt: NOW,
    },
  })

const halves = () => ({ [authorAccount.platformUserId]: 50, [helperAccount.platformUserId]: 50 })
const propose = ({ actor }: TestMember, { contributionId } = made, version = 0) =>
  takeShareStep(actor, { contributionId, step: { kind: 'propose', version, percents: halves() } }, { now: NOW })
const confirm = ({ actor }: TestMember, version = 1) =>
  takeShareStep(actor, { contributionId: made.contributionId, step: { kind: 'confirm', version } }, { now: NOW })

async function submitted(member: TestMember, university: TestUniversity, { contributionId } = made): Promise<string> {
  const content = { contributionIds: [contributionId], aiUse: {}, aiUseNote: {}, statement: '' }
  const { claimId } = await createClaim(member.actor, { ...content, termId: university.termId }, { now: NOW })
  await submitClaim(member.actor, { claimId, version: 2 }, { now: NOW })
  return claimId
}

async function reasonsFor({ actor }: TestMember, { contributionId } = made): Promise<string[]> {
  const { items } = await listContributions(actor, listContributionsQuery.parse({ filter: 'all' }))
  return items.find((one) => one.contributionId === contributionId)?.reasons.map(({ code }) => code) ?? ['not listed']
}

const partOf = async ({ actor }: TestMember, claimId: string) =>
  (await getClaim(actor, { claimId })).calculation?.lines.find(({ code }) => code === 'share')?.data

describe('what a claim holds whole', () => {
  test('is not parted as long as it stands: no lock, no claim of a part, and a warning to who decides', async () => {
    const claimId = await submitted(author, here)
    await nameHelper()
    expect(await warnClaims(SYSTEM, { contributionId: made.contributionId, code: 'claimed_whole' })).toBe(1)
    const [item] = (await getClaim(author.actor, { claimId })).items
    expect(item?.warnings).toContainEqual(
      expect.objectContaining({ code: 'claimed_whole', proof: { count: 1, logins: helperAccount.login } }),
    )
    expect(await reasonsFor(helper)).toEqual(['shares_not_agreed', 'shares_claimed_whole'])
    await propose(author)
    await expect(confirm(helper)).rejects.toMatchObject({ code: 'shares_claimed_whole' })

    const { version } = await world.db.claim.findFirstOrThrow({ where: { id: claimId } })
    await withdrawClaim(author.actor, { claimId, version }, { now: NOW })
    expect(await confirm(helper)).toMatchObject({ state: 'locked' })
    expect(await reasonsFor(helper)).toEqual([])
    for (const [member, university] of [
      [author, here],
      [helper, there],
    ] as const) {
      expect(await partOf(member, await submitted(member, university))).toEqual({ percent: 50 })
    }
  })

  test('nor by the last yes of the one whose claim it is', async () => {
    await submitted(author, here)
    await nameHelper()
    await propose(helper)
    await expect(confirm(author)).rejects.toMatchObject({ code: 'shares_claimed_whole' })
  })

  test('an agreement that stood before leaves nothing of what a claim has whole, until the credit is revoked', async () => {
    await nameHelper()
    await propose(author)
    await confirm(helper)
    const claimId = await submitted(author, here)
    const { universityId } = here
    // As a claim of before the parts: credited whole.
    await world.db.claimItem.updateMany({
      where: { claimId },
      data: { judgement: { eligible: true, tier: 'standard', reasons: [] } },
    })
    await world.db.claim.updateMany({ where: { id: claimId }, data: { state: 'approved' } })
    expect(await reasonsFor(helper)).toEqual(['shares_claimed_whole'])
    await expect(submitted(helper, there)).rejects.toMatchObject({ code: 'items_do_not_count' })
    const entry = {
      universityId,
      claimId,
      memberId: author.memberId,
      termId: here.termId,
      evidenceHashes: [],
      issuedAt: NOW,
    }
    const line = {
      ...entry,
      approvedByMemberId: author.memberId,
      studentDigest: 'digest',
      policyVersionId: here.policyVersionId,
    }
    const award = crypto.randomUUID()
    const by = { engineVersion: 1, calculation: { items: [] }, calculationHash: 'hash', reason: 'because' }
    await world.db.creditEntry.createMany({
      data: [
        { ...line, ...by, sequence: 1, id: award, kind: 'award', creditHundredths: 25, previousHash: '0', hash: '1' },
        {
          ...line,
          reason: 'because',
          sequence: 2,
          id: crypto.randomUUID(),
          kind: 'revocation',
          correctsEntryId: award,
          creditHundredths: -25,
          previousHash: '1',
          hash: '2',
        },
      ],
    })
    expect(await reasonsFor(helper)).toEqual([])
  })

  test('who has no part learns nothing of it, nor from another university’s claims', async () => {
    await submitted(author, here)
    await nameHelper()
    const stranger = await makeMember(world, here)
    const seenBy = async (scope: { personId?: string; universityId?: string }) =>
      (await withScope(scope, (tx) => findJointWorks(tx, [made.workId]))).get(made.workId)
    expect(await seenBy(helper)).toMatchObject({ wholeByOther: true, wholeBySelf: false })
    expect(await seenBy(author)).toMatchObject({ wholeByOther: false, wholeBySelf: true })
    for (const scope of [stranger, {}, { universityId: here.universityId }]) {
      expect(await seenBy(scope)).toMatchObject({ wholeByOther: false, wholeBySelf: false })
    }
  })
})

describe('a copy of what several wrote', () => {
  const mirrorOf = async (account: TestAccount) =>
    makeContribution(world, {
      repository: await makeRepository(world, { platform: account.platform }),
      author: account,
      workId: made.workId,
    })

  test('is parted as its work is, whichever copy is claimed', async () => {
    const gitee = await makeLinkedAccount(world, author.personId, { platform: 'gitee' })
    const mirror = await mirrorOf(gitee)
    await world.db.contribution.update({ where: { id: made.contributionId }, data: { landingState: 'not_landed' } })
    expect(await reasonsFor(author, mirror)).toEqual([])
    await nameHelper()
    expect(await reasonsFor(author, mirror)).toEqual(['shares_not_agreed'])
    await propose(author)
    await confirm(helper)
    expect(await reasonsFor(author, mirror)).toEqual([])
    expect(await partOf(author, await submitted(author, here, mirror))).toEqual({ percent: 50 })
  })

  test('is not whole anybody’s who does not show to be one of them', async () => {
    const other = await makeMember(world, here)
    const mirror = await mirrorOf(await makeLinkedAccount(world, other.personId, { platform: 'gitee' }))
    await nameHelper()
    await propose(author)
    await confirm(helper)
    expect(await reasonsFor(other, mirror)).toContain('shares_not_agreed')
  })

  test('has no agreement beside that of the copy that decides', async () => {
    await nameHelper()
    const second = await mirrorOf(authorAccount)
    await nameHelper(second.contributionId)
    expect((await listJoint(author.actor)).items.map(({ contributionId }) => contributionId)).toEqual([
      made.contributionId,
    ])
    await expect(propose(author, second)).rejects.toMatchObject({ code: 'shares_changed' })
    await propose(author)
    await confirm(helper)
    expect(await reasonsFor(helper, made)).not.toContain('shares_not_agreed')
  })
})

describe('accounts of one person', () => {
  test('have nothing to agree on between them', async () => {
    await nameHelper(made.contributionId, await makeLinkedAccount(world, author.personId))
    expect(await reasonsFor(author)).toEqual([])
    expect((await listJoint(author.actor)).items).toEqual([])
    expect(await partOf(author, await submitted(author, here))).toBeUndefined()
  })

  test('answer together, and are one part', async () => {
    const second = await makeLinkedAccount(world, author.personId)
    await nameHelper()
    await nameHelper(made.contributionId, second)
    const percents = {
      [authorAccount.platformUserId]: 30,
      [second.platformUserId]: 20,
      [helperAccount.platformUserId]: 50,
    }
    const step = { kind: 'propose', version: 0, percents } as const
    await takeShareStep(helper.actor, { contributionId: made.contributionId, step }, { now: NOW })
    expect(await confirm(author)).toMatchObject({ state: 'locked' })
    expect(await partOf(author, await submitted(author, here))).toEqual({ percent: 50 })
  })
})

test('the list shows how much its repository weighs, as the catalog says', async () => {
  const repository = await makeRepository(world, { tier: 'flagship' })
  const { contributionId } = await makeContribution(world, { repository, author: authorAccount })
  await nameHelper(contributionId)
  await nameHelper()
  const tiers = (await listJoint(author.actor)).items.map((item) => [item.contributionId, item.tier])
  expect(new Map(tiers.map(([id, tier]) => [id, tier]))).toEqual(
    new Map([
      [contributionId, 'flagship'],
      [made.contributionId, 'standard'],
    ]),
  )
})

describe('who does not answer', () => {
  const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
  const again = (now: Date) =>
    takeShareStep(author.actor, { contributionId: made.contributionId, step: { kind: 'confirm', version: 1 } }, { now })

  test('is waited for thirty days, and told until when', async () => {
    await nameHelper()
    await propose(author)
    const [item] = (await listJoint(helper.actor, { now: later(1) })).items
    expect(item).toMatchObject({ answerUntil: later(30), canLapse: false })
    await expect(again(later(29))).rejects.toMatchObject({ code: 'shares_nothing_proposed' })
    expect((await listJoint(author.actor, { now: later(30) })).items).toMatchObject([{ canLapse: true }])
    expect(await again(later(30))).toMatchObject({ state: 'locked' })
    expect(await partOf(helper, await submitted(helper, there))).toEqual({ percent: 50 })
  })

  test('is not waited for at all once they left every university', async () => {
    await nameHelper()
    await world.db.member.update({
      where: { universityId_id: { universityId: there.universityId, id: helper.memberId } },
      data: { status: 'left' },
    })
    expect(await propose(author)).toMatchObject({ state: 'locked' })
  })
})
