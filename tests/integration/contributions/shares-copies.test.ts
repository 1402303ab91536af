import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { lookForCopies } from '@/lib/db/look-for-copies'
import { listLandedContributions } from '@/lib/db/own-contributions'
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
  type TestMember,
  type TestWorld,
} from '@/tests/factories'

vi.setConfig({ hookTimeout: 60_000 })

let world: TestWorld
let helper: TestMember
let accounts: { author: TestAccount; helper: TestAccount }
let contributionIds: string[]

beforeAll(async () => {
  world = await openTestWorld()
  const university = await makeUniversity(world)
  const author = await makeMember(world, university)
  helper = await makeMember(world, university)
  accounts = {
    author: await makeLinkedAccount(world, author.personId),
    helper: await makeLinkedAccount(world, helper.personId),
  }
  // Somebody else's, which names the helper, and the helper's own: one change in two places.
  const title = 'Tokenize in one pass'
  const joint = await makeContribution(world, {
    repository: await makeRepository(world),
    author: accounts.author,
    title,
  })
  const own = await makeContribution(world, { repository: await makeRepository(world), author: accounts.helper, title })
  contributionIds = [joint.contributionId, own.contributionId]
  const { platform, platformUserId, login } = accounts.helper
  await world.db.contributionCoAuthor.create({
    data: { contributionId: joint.contributionId, platform, platformUserId, login, seenAt: NOW },
  })
})
afterAll(() => world.close())

const jobs = () => world.db.$queryRaw`select key from graphile_worker.jobs where key like 'find-copies:%' order by key`

test('what names one as co-author is looked at for copies beside what one wrote alone', async () => {
  const { author, helper: helping } = accounts
  await withScope({}, (tx) => lookForCopies(tx, 'github', [author.platformUserId]))
  expect(await jobs()).toEqual([])
  await withScope({}, (tx) => lookForCopies(tx, 'github', [helping.platformUserId]))
  expect(await jobs()).toEqual([{ key: `find-copies:${helper.personId}` }])
})

test('and is compared with it, for whoever is named and not for whoever is not', async () => {
  const comparedOf = (account: TestAccount) =>
    withScope(helper, async (tx) =>
      (await listLandedContributions(tx, [account], 10)).map(({ contributionId }) => contributionId).sort(),
    )
  expect(await comparedOf(accounts.helper)).toEqual(contributionIds.toSorted())
  expect(await comparedOf(accounts.author)).toEqual(contributionIds.slice(0, 1))
})
