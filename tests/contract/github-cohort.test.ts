import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { MERGED } from '@/lib/domain/landing-rule'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type { CohortPlace, Credential, PlatformPort, PullRequestPage } from '@/lib/platforms/port'
import type { Account } from '@/sandbox/world/types'
import { openPlatformSandbox, type PlatformSandbox, referenceOf } from './platform-sandbox'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const LIN_YUE = 71204501
const CHEN_SIYUAN = 71204502
const NOBODY_ID = 71204503

let world: PlatformSandbox
let credential: Credential

beforeAll(async () => {
  world = await openPlatformSandbox()
  const token = await world.grantToken('github', NOBODY_ID)
  credential = { kind: 'token', of: 'university', token }
})
afterAll(() => world.close())
beforeEach(() => world.sandbox.faults.clear())

function port(): Extract<PlatformPort, { sync: 'by_cohort' }> {
  const { github } = world.platforms
  if (github.sync !== 'by_cohort') throw new Error('GitHub is read in cohorts')
  return github
}

function place(account: Account, more: Partial<CohortPlace> = {}): CohortPlace {
  return { account: referenceOf(account), cursor: null, untilUpdatedAt: null, ...more }
}

const accountsOf = (...ids: number[]) => ids.map((id) => world.account('github', id))
const keyOf = (one: { platformRepositoryId: string; number: number }) => `${one.platformRepositoryId}#${one.number}`

/** What was asked of GitHub since: requests, and their points. */
async function counted<T>(work: () => Promise<T>): Promise<{ answer: T; requests: number; points: number }> {
  const before = world.sandbox.log.lastSequence
  const answer = await work()
  const entries = world.sandbox.log.since(before)
  return { answer, requests: entries.length, points: entries.reduce((sum, entry) => sum + entry.costPoints, 0) }
}

async function withNodeIds(places: readonly CohortPlace[]): Promise<CohortPlace[]> {
  const { answers } = await port().scanCohort({ places, credential })
  return places.map((one, at) => ({
    ...one,
    account: { ...one.account, nodeId: answers[at]?.named?.nodeId ?? null },
  }))
}

async function scanToTheEnd(first: CohortPlace): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const { answers } = await port().scanCohort({ places: [{ ...first, cursor }], credential })
    found.push(...(answers[0]?.glimpses ?? []).map(keyOf))
    cursor = answers[0]?.nextCursor ?? null
  } while (cursor !== null)
  return found
}

test('a hundred accounts are one request and one point, and each shows its newest', async () => {
  const all = world.sandbox.context.world.listAccounts('github', { limit: 1000 })
  const people = all.filter(({ kind, deletedAs, isPrivate }) => kind === 'User' && !deletedAs && !isPrivate)
  const places = await withNodeIds(people.slice(0, 100).map((account) => place(account)))
  const { answer, requests, points } = await counted(() => port().scanCohort({ places, credential }))
  expect({ requests, points }).toEqual({ requests: 1, points: 1 })
  expect(answer.answers.map(({ platformUserId }) => platformUserId)).toEqual(
    places.map(({ account }) => account.platformUserId),
  )
  expect(answer.allowance?.remaining).toBeLessThan(5000)
  for (const { platformUserId, glimpses, nextCursor, sight } of answer.answers) {
    const total = world.pullRequestsOf('github', Number(platformUserId)).length
    expect(glimpses.length).toBe(Math.min(total, 10))
    expect(nextCursor === null).toBe(total <= 10)
    expect(sight).toBe(total === 0 ? 'unclear' : 'visible')
  }
})

test('goes on at the place of each, down to its watermark', async () => {
  const [linYue] = await withNodeIds(accountsOf(LIN_YUE).map((account) => place(account)))
  if (!linYue) throw new Error('nobody')
  const truth = world.pullRequestsOf('github', LIN_YUE)
  const expected = truth.map((one) => keyOf({ platformRepositoryId: String(one.repositoryId), number: one.number }))
  expect((await scanToTheEnd(linYue)).sort()).toEqual(expected.sort())
  const untilUpdatedAt = truth[2]?.updatedAt ?? null
  const { answers } = await port().scanCohort({ places: [{ ...linYue, untilUpdatedAt }], credential })
  expect(answers[0]?.nextCursor).toBeNull()
  expect(answers[0]?.glimpses.every(({ updatedAt }) => updatedAt >= (untilUpdatedAt ?? updatedAt))).toBe(true)
  expect(answers[0]?.glimpses.length).toBeGreaterThanOrEqual(3)
})

test('a private profile, a suspended account and one without anything are three things', async () => {
  const { world: outside } = world.sandbox.context
  const hidden = world.trapped('private_profile').authorId
  const seenBefore = new Date('2026-01-01T00:00:00Z')
  const places = await withNodeIds([
    place(world.account('github', hidden), { untilUpdatedAt: seenBefore }),
    place(world.account('github', hidden)),
    place(world.account('github', CHEN_SIYUAN), { untilUpdatedAt: seenBefore }),
    place(world.account('github', LIN_YUE), { untilUpdatedAt: seenBefore }),
  ])
  outside.changeAccount('github', CHEN_SIYUAN, { deletedAs: 'null' })
  const { answers } = await port().scanCohort({ places, credential })
  outside.changeAccount('github', CHEN_SIYUAN, { deletedAs: null })
  expect(answers.map(({ sight }) => sight)).toEqual(['private', 'unclear', 'suspended', 'visible'])
  const look = (id: number) =>
    port().lookAtEmptyAccount({ account: referenceOf(world.account('github', id)), credential })
  expect(await look(hidden)).toBe('private')
  expect(await look(LIN_YUE)).toBe('visible')
})

test('details of fifty are one request, whole; what is hidden now is reported', async () => {
  const [linYue] = await withNodeIds(accountsOf(LIN_YUE).map((account) => place(account)))
  if (!linYue) throw new Error('nobody')
  const { answers } = await port().scanCohort({ places: [linYue], credential })
  const nodeIds = (answers[0]?.glimpses ?? []).map(({ nodeId }) => nodeId)
  const asked = () => port().readPullRequests({ nodeIds: [...nodeIds, 'PR_bm9uZQ'], credential })
  const { answer, requests } = await counted(asked)
  expect(requests).toBe(1)
  expect(answer.items.map(({ nodeId }) => nodeId)).toEqual(nodeIds)
  expect(answer.items.every(({ authorPlatformUserId }) => authorPlatformUserId === String(LIN_YUE))).toBe(true)
  expect(answer.skipped).toEqual([{ reference: 'github', reason: 'hidden_record' }])
})

test.each([
  ['resource_limits', 1],
  ['status_502', 1],
  ['status_500', 3],
] as const)(
  '%s: said as too heavy or as a fault, and a heavy question is not asked again as it is',
  async (kind, times) => {
    const places = await withNodeIds(accountsOf(LIN_YUE, CHEN_SIYUAN).map((account) => place(account)))
    world.sandbox.faults.add({ match: {}, kind, times, afterMatches: 0, retryAfterSeconds: 0 })
    const scan = () => port().scanCohort({ places, credential })
    const { answer: error, requests } = await counted(() => scan().catch((caught: unknown) => caught))
    if (!isPlatformError(error)) throw new Error('no platform error')
    expect(error).toMatchObject({ kind: 'unavailable', isTooHeavy: kind !== 'status_500' })
    expect(requests).toBe(times)
  },
)

test('where GitHub cannot give the list at all, search finds the same', async () => {
  const account = { ...referenceOf(world.account('github', LIN_YUE)), login: 'an-old-login' }
  const [known] = await withNodeIds([place(world.account('github', LIN_YUE))])
  const readAll = async () => {
    const keys: string[] = []
    let cursor: string | null = null
    do {
      const page: PullRequestPage = await port().listAuthorPullRequests({
        account: { ...account, nodeId: known?.account.nodeId ?? null },
        source: 'pull-requests',
        credential,
        cursor,
        untilUpdatedAt: null,
      })
      expect(page.skipped).toEqual([])
      keys.push(...page.items.map(({ repository, number }) => keyOf({ ...repository, number })))
      cursor = page.nextCursor
    } while (cursor !== null)
    return keys.sort()
  }
  const listed = await readAll()
  world.sandbox.faults.add({
    match: { body: 'AccountPullRequests' },
    kind: 'resource_limits',
    times: 1000,
    afterMatches: 0,
    retryAfterSeconds: 0,
  })
  expect(await readAll()).toEqual(listed)
  expect(listed.length).toBeGreaterThan(25)
})

test('commits that mention many pull requests are looked up in their branches together', async () => {
  const wanted = world
    .pullRequestsOf('github', LIN_YUE)
    .filter(({ traps }) => traps.includes('commit_trailer_landing') || traps.includes('reverted'))
  const ids = wanted.map((pull) => `${pull.repositoryId}#${pull.number}`)
  const [linYue] = await withNodeIds(accountsOf(LIN_YUE).map((account) => place(account)))
  if (!linYue) throw new Error('nobody')
  let cursor: string | null = null
  const nodeIds: string[] = []
  do {
    const { answers } = await port().scanCohort({ places: [{ ...linYue, cursor }], credential })
    const hits = (answers[0]?.glimpses ?? []).filter((one) => ids.includes(keyOf(one)))
    nodeIds.push(...hits.map(({ nodeId }) => nodeId))
    cursor = answers[0]?.nextCursor ?? null
  } while (cursor !== null)
  const { items } = await port().readPullRequests({ nodeIds, credential })
  const landingRules = [
    { rule: 'commit_trailer' as const, trailer: 'Pull Request resolved: {pullRequestUrl}' },
    ...MERGED,
  ]
  const pullRequests = items.map((pullRequest) => ({ pullRequest, landingRules }))
  const together = await counted(async () => port().completePullRequests?.({ pullRequests, credential }) ?? [])
  const apart = await counted(() =>
    Promise.all(pullRequests.map((one) => port().completePullRequest({ ...one, credential }))),
  )
  expect(together.answer).toEqual(apart.answer)
  expect(together.answer.flatMap(({ branchCommits }) => branchCommits).length).toBeGreaterThan(1)
  expect(together.requests).toBeLessThan(apart.requests)
  expect(together.requests).toBeLessThanOrEqual(2)
})
