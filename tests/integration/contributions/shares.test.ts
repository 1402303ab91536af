import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClaim } from '@/lib/claims/create-claim'
import { getClaim } from '@/lib/claims/get-claim'
import { submitClaim } from '@/lib/claims/submit-claim'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listJoint } from '@/lib/contributions/list-joint'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { takeShareStep } from '@/lib/contributions/take-share-step'
import { AppError } from '@/lib/domain/errors'
import { listNotifications } from '@/lib/notifications/list-notifications'
import {
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestAccount,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

let world: TestWorld
let here: TestUniversity
let there: TestUniversity
let author: TestMember
let helper: TestMember
let stranger: TestMember
let accounts: TestAccount[]
let contributionId: string

beforeAll(async () => {
  world = await openTestWorld()
  here = await makeUniversity(world)
  there = await makeUniversity(world)
}, 60_000)
afterAll(() => world.close())

beforeEach(async () => {
  author = await makeMember(world, here, { name: '林悦' })
  helper = await makeMember(world, there, { name: '王若曦' })
  stranger = await makeMember(world, here)
  accounts = [await makeLinkedAccount(world, author.personId), await makeLinkedAccount(world, helper.personId)]
  await makeLinkedAccount(world, stranger.personId)
  const repository = await makeRepository(world)
  const [writer] = accounts
  const made = await makeContribution(world, { repository, author: writer ?? null })
  contributionId = made.contributionId
  await nameCoAuthor(idOf(1), accounts[1]?.login ?? '')
})

const idOf = (index: number) => accounts[index]?.platformUserId ?? ''

async function nameCoAuthor(platformUserId: string, login: string): Promise<void> {
  await world.db.contributionCoAuthor.create({
    data: { contributionId, platform: 'github', platformUserId, login, seenAt: NOW },
  })
}

const halves = () => ({ [idOf(0)]: 60, [idOf(1)]: 40 })
const propose = ({ actor }: TestMember, version = 0, percents: Record<string, number> = halves()) =>
  takeShareStep(actor, { contributionId, step: { kind: 'propose', version, percents } }, { now: NOW })
const answer = ({ actor }: TestMember, kind: 'confirm' | 'refuse', version: number) =>
  takeShareStep(actor, { contributionId, step: { kind, version } }, { now: NOW })

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((caught: unknown) => caught)
  if (!(error instanceof AppError)) throw new Error(`no refusal but ${JSON.stringify(error)}`)
  return error.code
}

async function toldTo({ actor }: TestMember) {
  const { notifications } = await listNotifications(actor, {})
  return notifications.filter(({ code }) => code.startsWith('shares_'))
}

async function reasonsFor({ actor }: TestMember): Promise<string[]> {
  const { items } = await listContributions(actor, listContributionsQuery.parse({ filter: 'all' }))
  return items.find((one) => one.contributionId === contributionId)?.reasons.map(({ code }) => code) ?? ['not listed']
}

async function submitted(member: TestMember, university: TestUniversity): Promise<string> {
  const content = { contributionIds: [contributionId], aiUse: {}, aiUseNote: {}, statement: '' }
  const { claimId } = await createClaim(member.actor, { ...content, termId: university.termId }, { now: NOW })
  await submitClaim(member.actor, { claimId, version: 2 }, { now: NOW })
  return claimId
}

describe('the parts of what two wrote, at two universities', () => {
  test('are proposed by one, confirmed by the other, locked, and each claims their own', async () => {
    expect(await reasonsFor(author)).toEqual(['shares_not_agreed'])
    await expect(submitted(author, here)).rejects.toMatchObject({ code: 'items_do_not_count' })
    expect(await propose(author)).toMatchObject({ state: 'proposed', version: 1 })
    expect(await toldTo(author)).toEqual([])
    const [told] = await toldTo(helper)
    expect(told).toMatchObject({ code: 'shares_proposed', href: '/contributions/shares' })
    expect(await answer(helper, 'confirm', 1)).toMatchObject({ state: 'locked' })
    expect((await toldTo(author)).map(({ code }) => code)).toEqual(['shares_locked'])
    expect(await refusal(propose(author, 2))).toBe('shares_locked')

    // 2 points and 3 for 120 lines are 0.25 credits; of that 60 % and 40 %.
    for (const [member, university, hundredths, percent] of [
      [author, here, 15, 60],
      [helper, there, 10, 40],
    ] as const) {
      expect(await reasonsFor(member)).toEqual([])
      const { calculation } = await getClaim(member.actor, { claimId: await submitted(member, university) })
      expect(calculation?.creditHundredths).toBe(hundredths)
      expect(calculation?.lines.find(({ code }) => code === 'share')?.data).toEqual({ percent })
    }
    const events = await world.db.auditEvent.findMany({
      where: { subjectId: contributionId },
      orderBy: { action: 'asc' },
    })
    expect(events.map(({ action, universityId }) => [action, universityId])).toEqual([
      ['shares.confirmed', there.universityId],
      ['shares.proposed', here.universityId],
    ])
  })

  test('nobody learns more of the other than the login', async () => {
    await propose(author)
    const shown = JSON.stringify([await listJoint(helper.actor), await toldTo(helper)])
    expect(shown).toContain(accounts[0]?.login)
    for (const secret of [author.name, author.number, author.memberId, author.personId, here.universityId]) {
      expect(shown).not.toContain(secret)
    }
  })

  test('of two who propose at once one is told that it moved, and one proposal stands', async () => {
    const both = await Promise.allSettled([propose(author), propose(helper, 0, { [idOf(0)]: 10, [idOf(1)]: 90 })])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = both.find((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'shares_changed' })
    const rows = await world.db.contributionShare.findMany({ where: { contributionId } })
    expect(rows.reduce((sum, { percent }) => sum + percent, 0)).toBe(100)
    expect(rows.filter(({ confirmed }) => confirmed)).toHaveLength(1)
  })

  test('a yes to what was changed meanwhile is none; a refusal asks for another proposal', async () => {
    await propose(author)
    await propose(author, 1, { [idOf(0)]: 90, [idOf(1)]: 10 })
    expect(await refusal(answer(helper, 'confirm', 1))).toBe('shares_changed')
    expect(await answer(helper, 'refuse', 2)).toMatchObject({ state: 'refused' })
    expect((await toldTo(author)).map(({ code }) => code)).toEqual(['shares_refused'])
    expect(await refusal(answer(helper, 'confirm', 3))).toBe('shares_nothing_proposed')
    expect(await propose(helper, 3)).toMatchObject({ state: 'proposed', version: 4 })
  })

  test('who is not linked keeps a part; who links later finds it', async () => {
    await nameCoAuthor('990001', 'somebody-else')
    expect(await refusal(propose(author, 0, { [idOf(0)]: 60, [idOf(1)]: 20, 990001: 20 }))).toBe('shares_absent_short')
    await propose(author, 0, { [idOf(0)]: 37, [idOf(1)]: 30, 990001: 33 })
    expect(await answer(helper, 'confirm', 1)).toMatchObject({ state: 'locked' })
    const late = await makeMember(world, here)
    await makeLinkedAccount(world, late.personId, { platformUserId: '990001' })
    expect(await reasonsFor(late)).toEqual([])
    const claimId = await submitted(late, here)
    expect(
      (await getClaim(late.actor, { claimId })).calculation?.lines.find(({ code }) => code === 'share')?.data,
    ).toEqual({
      percent: 33,
    })
  })
})

describe('the walls around it', () => {
  test('a stranger finds nothing, by the use cases and by the database', async () => {
    await propose(author)
    expect(await refusal(propose(stranger, 1))).toBe('contribution_not_found')
    expect((await listJoint(stranger.actor)).items).toEqual([])
    const reviewer = await makeMember(world, here, { roles: ['reviewer'] })
    expect(await refusal(propose(reviewer))).toMatch(/./)
    const app = new pg.Client({ connectionString: world.database.appUrl })
    await app.connect()
    const seen = async (personId: string) => {
      await app.query('begin')
      await app.query("select set_config('app.person', $1, true)", [personId])
      const agreed = await app.query('select contribution_id from share_agreement where contribution_id = $1', [
        contributionId,
      ])
      const parts = await app.query('select percent from contribution_share where contribution_id = $1', [
        contributionId,
      ])
      const changed = await app.query('update contribution_share set percent = 50 where contribution_id = $1', [
        contributionId,
      ])
      await app.query('rollback')
      return [agreed.rowCount, parts.rowCount, changed.rowCount]
    }
    expect(await seen(helper.personId)).toEqual([1, 2, 2])
    expect(await seen(stranger.personId)).toEqual([0, 0, 0])
    await app.query('begin')
    await app.query("select set_config('app.person', $1, true)", [stranger.personId])
    const telling = app.query("select tell_co_authors($1, 'shares_locked', '{}', now())", [contributionId])
    await expect(telling).rejects.toThrow(/not for telling/)
    await app.query('rollback')
    await app.end()
  })

  test('what is locked, the database keeps', async () => {
    await propose(author)
    await answer(helper, 'confirm', 1)
    const change = world.db.contributionShare.updateMany({ where: { contributionId }, data: { percent: 50 } })
    await expect(change).rejects.toThrow(/locked/)
    await expect(
      world.db.shareAgreement.update({ where: { contributionId }, data: { state: 'proposed' } }),
    ).rejects.toThrow(/locked/)
  })
})
