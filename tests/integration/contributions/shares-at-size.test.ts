import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listJointContributionIds } from '@/lib/db/co-authors'
import { tellCoAuthors } from '@/lib/db/contribution-shares'
import { type Tx, withScope } from '@/lib/db/scope'
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
  type TestWorld,
} from '@/tests/factories'

vi.setConfig({ hookTimeout: 60_000 })

/** So many accounts that have nothing to do with it, each with a contribution that names another as co-author. */
const OTHERS = 3_000
/** What a handful of look-ups may read. */
const FEW = 40

let world: TestWorld
let author: TestMember
let helper: TestMember
let accounts: [TestAccount, TestAccount]
let contributionId: string

beforeAll(async () => {
  world = await openTestWorld()
  const university = await makeUniversity(world)
  author = await makeMember(world, university)
  helper = await makeMember(world, await makeUniversity(world))
  accounts = [await makeLinkedAccount(world, author.personId), await makeLinkedAccount(world, helper.personId)]
  const repository = await makeRepository(world)
  const made = await makeContribution(world, { repository, author: accounts[0] })
  contributionId = made.contributionId
  await nameCoAuthor(contributionId, accounts[1])
  await world.db.$executeRaw`
    with people as (insert into person (id) select gen_random_uuid() from generate_series(1, ${OTHERS}) returning id)
    insert into linked_account (id, person_id, platform, platform_user_id, login, linked_at)
    select gen_random_uuid(), id, 'github', 'other-' || row_number() over (), 'other', now() from people`
  const { universityId } = university
  await world.db.$executeRaw`
    with students as (
      insert into member (university_id, id, person_id, number, name)
      select ${universityId}::uuid, gen_random_uuid(), person_id, platform_user_id, '学生'
        from linked_account where login = 'other' returning id)
    insert into member_role (university_id, member_id, role, source)
    select ${universityId}::uuid, id, 'student', 'roster' from students`
  const like = await world.db.contribution.findUniqueOrThrow({ where: { id: contributionId } })
  await world.db.contribution.createMany({
    data: Array.from({ length: OTHERS }, (_, index) => ({
      ...like,
      id: crypto.randomUUID(),
      number: 100_000 + index,
      authorPlatformUserId: `other-${index + 1}`,
      landingProof: [],
    })),
  })
  await world.db.$executeRaw`
    insert into contribution_co_author (contribution_id, platform, platform_user_id, login, seen_at)
    select id, 'github', 'co-' || number, 'co', now() from contribution where number >= 100000`
  await world.db.$executeRaw`analyze`
})
afterAll(() => world.close())

const nameCoAuthor = (id: string, { platform, platformUserId, login }: TestAccount) =>
  world.db.contributionCoAuthor.create({ data: { contributionId: id, platform, platformUserId, login, seenAt: NOW } })

/** How many rows of some tables the transaction read, by whatever plan, also within functions. */
async function rowsRead(tx: Tx, tables: string[]): Promise<number> {
  const rows = await tx.$queryRaw<unknown[]>`
    select (sum(seq_tup_read) + sum(coalesce(idx_tup_fetch, 0)))::int as read
      from pg_stat_xact_user_tables where relname = any(${tables}::text[])`
  const [first] = z.array(z.object({ read: z.number() })).parse(rows)
  return first?.read ?? Number.POSITIVE_INFINITY
}

test('telling the others reads the accounts of those who are named, and of nobody else', async () => {
  const data = { contributionId, reference: 'lab/model#1', login: accounts[0].login }
  await withScope(author, async (tx) => {
    await tellCoAuthors(tx, { contributionId, code: 'shares_proposed', data, now: NOW })
    expect(await rowsRead(tx, ['linked_account'])).toBeLessThanOrEqual(FEW)
  })
  const told = await world.db.notification.findMany({ where: { code: 'shares_proposed' }, select: { memberId: true } })
  expect(told).toEqual([{ memberId: helper.memberId }])
})

test('what one wrote with others is found without reading what everybody wrote', async () => {
  for (const [member, account] of [
    [author, accounts[0]],
    [helper, accounts[1]],
  ] as const) {
    await withScope(member, async (tx) => {
      expect(await listJointContributionIds(tx, [account], 50)).toEqual([contributionId])
      expect(await rowsRead(tx, ['contribution', 'contribution_co_author'])).toBeLessThanOrEqual(FEW)
    })
  }
})
