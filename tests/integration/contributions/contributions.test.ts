import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { explainMissing } from '@/lib/contributions/explain-missing'
import { listContributions } from '@/lib/contributions/list-contributions'
import type { LookUpResult } from '@/lib/contributions/look-up'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { summarizeContributions } from '@/lib/contributions/summarize-contributions'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { byPlatform } from '@/lib/domain/platform'
import type { PullRequestSeen } from '@/lib/platforms/port'
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
  type TestMember,
  type TestRepository,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

// Real transactions on a machine that does other things too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const baseUrls = byPlatform((platform) => [`https://${platform}.example`])
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

const query = (over: Record<string, unknown> = {}) => listContributionsQuery.parse(over)
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'not refused',
    (error) => ({ kind: error.kind, code: error.code }),
  )

test('lists all of the own accounts, newest first, with reasons, page by page and nobody else’s', async () => {
  const gitee = await makeLinkedAccount(world, student.personId, { platform: 'gitee' })
  const there = await makeRepository(world, { platform: 'gitee' })
  const stranger = await makeLinkedAccount(world, (await makeMember(world, university)).personId)
  for (let day = 1; day <= 20; day += 1) {
    await makeContribution(world, { repository, author, landedAt: daysAgo(day * 2) })
    await makeContribution(world, { repository: there, author: gitee, landedAt: daysAgo(day * 2 - 1), additions: null })
  }
  await makeContribution(world, { repository, author: stranger })
  const first = await listContributions(student.actor, query())
  expect(first.items).toHaveLength(30)
  expect(first.items[0]).toMatchObject({ platform: 'gitee', counts: true, previewHundredths: 10 })
  expect(first.items[0]?.reasons).toEqual([{ code: 'stats_missing', blocks: false, data: {} }])
  expect(first.items[1]).toMatchObject({ platform: 'github', counts: true, previewHundredths: 25 })
  const second = await listContributions(student.actor, query({ cursor: first.nextCursor }))
  expect(second.items).toHaveLength(10)
  expect(second.nextCursor).toBeNull()
  const times = [...first.items, ...second.items].map(({ landedAt }) => landedAt?.getTime() ?? 0)
  expect(times).toEqual([...times].sort((a, b) => b - a))
  expect((await listContributions(student.actor, query({ platform: 'gitee' }))).items).toHaveLength(20)
})

test('says why each one does not count, and filters by it', async () => {
  const open = await makeContribution(world, { repository, author, landing: 'not_landed' })
  const branch = await makeContribution(world, { repository, author, baseBranch: 'release' })
  const unlisted = await makeContribution(world, { repository: await makeRepository(world, { catalog: null }), author })
  const excluded = await makeContribution(world, {
    repository: await makeRepository(world, { catalog: 'excluded' }),
    author,
  })
  const tiny = await makeContribution(world, { repository, author, additions: 1, deletions: 0 })
  const claimed = await makeContribution(world, { repository, author })
  const { claimId } = await makeClaim(world, { university, student, contributions: [claimed] })
  const good = await makeContribution(world, { repository, author })

  const { items } = await listContributions(student.actor, query({ filter: 'does_not_count' }))
  const reasons = Object.fromEntries(items.map((item) => [item.contributionId, item.reasons.map(({ code }) => code)]))
  expect(reasons).toEqual({
    [open.contributionId]: ['not_merged'],
    [branch.contributionId]: ['other_branch'],
    [unlisted.contributionId]: ['not_in_catalog'],
    [excluded.contributionId]: ['excluded_repository'],
    [tiny.contributionId]: ['trivial'],
    [claimed.contributionId]: ['already_claimed'],
  })
  expect(items.find(({ contributionId }) => contributionId === claimed.contributionId)).toMatchObject({ claimId })
  const counting = await listContributions(student.actor, query({ filter: 'counts' }))
  expect(counting.items.map(({ contributionId }) => contributionId)).toEqual([good.contributionId])
})

test('a copy names the one that counts, and a term leaves out what landed outside of it', async () => {
  const original = await makeContribution(world, { repository, author, number: 70_001, landedAt: daysAgo(5) })
  await makeContribution(world, { repository, author, landedAt: daysAgo(4), workId: original.workId })
  await makeContribution(world, { repository, author, landedAt: new Date('2026-03-01T00:00:00Z') })
  const { items } = await listContributions(student.actor, query({ termId: university.termId }))
  expect(items.map(({ reasons }) => reasons)).toEqual([
    [
      {
        code: 'duplicate',
        blocks: true,
        data: {
          canonicalContributionId: original.contributionId,
          other: `${repository.owner}/${repository.name}#70001`,
          proof: 'cherry_pick',
          value: (70_001).toString(16).padStart(40, '0').slice(0, 12),
        },
      },
    ],
    [],
  ])
  const foreign = await makeUniversity(world)
  expect(await refusal(listContributions(student.actor, query({ termId: foreign.termId })))).toEqual({
    kind: 'not_found',
    code: 'term_not_found',
  })
})

test('the summary counts what is ready in the running term, together under the caps', async () => {
  for (let index = 0; index < 6; index += 1) await makeContribution(world, { repository, author })
  const summary = await summarizeContributions(student.actor, { now: NOW })
  // six at 0.25 meet the cap of 1.00 a repository
  expect(summary).toMatchObject({ readyCount: 6, readyHundredths: 100, creditTotalHundredths: 0, hasAccounts: true })
  expect(summary.term?.id).toBe(university.termId)
})

test('under rules that tolerate a revert, of two copies one counts all the same: what stands before what was taken back', async () => {
  const exclusions = { ...DEFAULT_POLICY.exclusions, reverted: 'warn' as const }
  const lenient = await makeUniversity(world, { policy: { ...DEFAULT_POLICY, exclusions } })
  const member = await makeMember(world, lenient)
  const own = await makeLinkedAccount(world, member.personId)
  const made = (landing: 'landed' | 'reverted', day: number, workId?: string) =>
    makeContribution(world, {
      repository,
      author: own,
      landing,
      landedAt: daysAgo(day),
      ...(workId === undefined ? {} : { workId }),
    })
  const first = await made('reverted', 9)
  const second = await made('reverted', 8, first.workId)
  const third = await made('reverted', 7)
  const fourth = await made('landed', 6, third.workId)
  const { items } = await listContributions(member.actor, query())
  const counts = new Map(items.map((item) => [item.contributionId, item.counts]))
  expect(counts).toEqual(
    new Map([
      [fourth.contributionId, true],
      [third.contributionId, false],
      [second.contributionId, false],
      [first.contributionId, true],
    ]),
  )
  const summary = await summarizeContributions(member.actor, { now: NOW })
  expect(summary).toMatchObject({ readyCount: 2, readyHundredths: 50 })
})

test('a back-port to a release branch never takes the place of the change on the branch that counts', async () => {
  const earlier = { repository, author, landedAt: daysAgo(9), baseBranch: 'release/1.0' }
  const backPort = await makeContribution(world, earlier)
  const change = await makeContribution(world, { repository, author, landedAt: daysAgo(5), workId: backPort.workId })
  const { items } = await listContributions(student.actor, query())
  expect(items.map(({ contributionId, counts }) => [contributionId, counts])).toEqual([
    [change.contributionId, true],
    [backPort.contributionId, false],
  ])
})

test('only a student has contributions to list, and what a cursor holds is checked', async () => {
  const reviewer = await makeMember(world, university, { roles: ['reviewer'] })
  for (const ask of [
    () => listContributions(reviewer.actor, query()),
    () => summarizeContributions(reviewer.actor),
    () => explainMissing(reviewer.actor, { address: 'a/b#1' }, { now: NOW, baseUrls }),
  ]) {
    expect(await refusal(ask())).toMatchObject({ kind: 'forbidden' })
  }
  expect(await refusal(listContributions(student.actor, query({ cursor: 'bogus' })))).toMatchObject({
    code: 'bad_cursor',
  })
})

const nothing = async (): Promise<LookUpResult> => ({ found: false, platformFailure: null })
const never = async (): Promise<LookUpResult> => {
  throw new Error('the platform was asked')
}
const address = (owner: string, name: string, number: number): string =>
  `看看这个：https://github.example/${owner}/${name}/pull/${number}/files`

test('a pasted address is answered from stored facts without asking the platform', async () => {
  const { number } = await makeContribution(world, { repository, author, landing: 'not_landed' })
  const stranger = await makeLinkedAccount(world, (await makeMember(world, university)).personId)
  const theirs = await makeContribution(world, { repository, author: stranger })
  const ask = (n: number, lookUp = never) =>
    explainMissing(
      student.actor,
      { address: address(repository.owner, repository.name, n) },
      { now: NOW, baseUrls, lookUp },
    )
  const mine = await ask(number)
  expect(mine).toMatchObject({ source: 'stored', counts: false })
  expect(mine.reasons.map(({ code }) => code)).toEqual(['not_merged'])
  // Somebody else's is looked at again: the commit that landed it may name one.
  expect((await ask(theirs.number, nothing)).reasons).toEqual([
    { code: 'not_yours', blocks: true, data: { author: stranger.login } },
  ])
})

function seen(over: Partial<PullRequestSeen> = {}): PullRequestSeen {
  const mergedAt = daysAgo(1)
  return {
    platform: 'github',
    repository: {
      platformRepositoryId: '1',
      ownerPlatformUserId: '2',
      owner: repository.owner,
      name: repository.name,
      url: '',
      defaultBranch: 'main',
      isFork: false,
      isArchived: false,
      isPrivate: false,
      stars: 1,
      license: null,
      language: null,
      topics: [],
    },
    number: 5,
    nodeId: null,
    title: 'Seen just now',
    url: '',
    authorPlatformUserId: author.platformUserId,
    authorLogin: author.login,
    authorType: 'user',
    authorAssociation: null,
    state: 'merged',
    createdAt: mergedAt,
    updatedAt: mergedAt,
    closedAt: mergedAt,
    mergedAt,
    baseBranch: 'main',
    labels: [],
    additions: 50,
    deletions: 0,
    changedFiles: 1,
    mergedBy: null,
    lastClosedBy: null,
    closerCommitSha: null,
    mergeCommitSha: null,
    cherryPickedFrom: [],
    reverts: [],
    mentionedBy: [],
    revertedBy: [],
    ...over,
  }
}

test('what is not stored is asked of the platform by name, and judged as the rules would', async () => {
  const home = await makeRepository(world)
  const ask = async (pullRequest: Partial<PullRequestSeen>) => {
    const base = seen()
    const id = await world.db.repository.findUniqueOrThrow({ where: { id: home.repositoryId } })
    const there = { ...base.repository, ...home, platformRepositoryId: id.platformRepositoryId }
    const whole = { ...base, repository: there, ...pullRequest }
    const kind = 'pull_request' as const
    const named = { kind, ref: '', seen: whole, coAuthors: [], landing: null, files: null }
    const found = { found: true as const, named }
    const input = { address: address(home.owner, home.name, 5) }
    const answer = await explainMissing(student.actor, input, { now: NOW, baseUrls, lookUp: async () => found })
    return answer.reasons.map(({ code }) => code)
  }
  expect(await ask({})).toEqual(['not_synced_yet'])
  expect(await ask({ state: 'open', mergedAt: null, closedAt: null })).toEqual(['not_merged'])
  expect(await ask({ authorPlatformUserId: '999', authorLogin: 'somebody' })).toEqual(['not_yours'])
  expect(await ask({ baseBranch: 'next' })).toEqual(['other_branch'])
  await world.db.linkedAccount.update({ where: { id: author.accountId }, data: { unlinkedAt: NOW } })
  expect(await ask({})).toEqual(['no_linked_account'])
})

test('what nobody knows is said so, and a platform that fails is named', async () => {
  const ask = (lookUp: () => Promise<LookUpResult>, text = address('nobody', 'nothing', 3)) =>
    explainMissing(student.actor, { address: text }, { now: NOW, baseUrls, lookUp })
  expect((await ask(nothing)).reasons.map(({ code }) => code)).toEqual(['not_on_platform', 'repository_unknown'])
  const failed = await ask(async () => ({ found: false, platformFailure: 'unavailable' }))
  expect(failed).toMatchObject({ platformFailure: 'unavailable', source: 'none' })
  expect(failed.reasons.map(({ code }) => code)).toEqual(['repository_unknown'])
  for (const [text, code] of [
    ['https://evil.example/a/b/pull/1', 'address_unknown_host'],
    ['https://github.example/a/b/issues/1', 'address_not_a_contribution'],
  ]) {
    expect(await refusal(ask(never, text))).toEqual({ kind: 'invalid', code })
  }
  await expect(ask(never, 'x'.repeat(3000))).rejects.toThrow()
})

test('questions are limited', async () => {
  const ask = () =>
    explainMissing(student.actor, { address: address('nobody', 'nothing', 3) }, { now: NOW, baseUrls, lookUp: nothing })
  for (let index = 0; index < 30; index += 1) await ask()
  expect(await refusal(ask())).toEqual({ kind: 'rate_limited', code: 'too_many_questions' })
})
