import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MERGED } from '@/lib/domain/landing-rule'
import { PLATFORM_TRAITS, PLATFORMS, type Platform } from '@/lib/domain/platform'
import { repositorySchema } from '@/lib/platforms/gitee/schema'
import { toRepository } from '@/lib/platforms/gitee/transform'
import { isPlatformError, type PlatformError } from '@/lib/platforms/platform-error'
import type { Credential, PlatformPort, PullRequestSeen } from '@/lib/platforms/port'
import { shownProject } from '@/sandbox/gitee/repository-shape'
import { shownAccountId, shownRepositoryId } from '@/sandbox/world/shown-ids'
import { EXPECTATIONS } from './expectations'
import { openPlatformSandbox, type PlatformSandbox, referenceOf, serviceCredential } from './platform-sandbox'

let world: PlatformSandbox
beforeAll(async () => {
  world = await openPlatformSandbox()
})
afterAll(() => world.close())
beforeEach(() => world.sandbox.faults.clear())

async function failure(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  )
  if (!isPlatformError(error)) throw new Error(`no platform error but ${error}`)
  return error
}

async function readAll(port: PlatformPort, credential: Credential, pageOf = 100): Promise<PullRequestSeen[]> {
  const account = referenceOf(world.account(port.platform, EXPECTATIONS[port.platform].author))
  const found: PullRequestSeen[] = []
  const { catalog } = EXPECTATIONS[port.platform]
  for (const source of await port.listSources({ catalog, credential })) {
    let cursor: string | null = null
    for (let page = 0; page < pageOf; page += 1) {
      const answer = await port.listAuthorPullRequests({ account, source, credential, cursor, untilUpdatedAt: null })
      found.push(...answer.items)
      expect(answer.skipped).toEqual([])
      cursor = answer.nextCursor
      if (cursor === null) break
    }
  }
  return found
}

describe.each(PLATFORMS)('%s keeps the contract', (platform: Platform) => {
  const port = () => world.platforms[platform]
  const expected = EXPECTATIONS[platform]
  const { author: authorId, catalog } = expected
  const shownAuthorId = shownAccountId(platform, authorId)

  test('proves an identity by OAuth: number, login, and nothing that was not asked for', async () => {
    const token = await world.grantToken(platform, authorId)
    const identity = await port().oauth.whoAmI(token)
    expect(identity).toMatchObject({ platformUserId: shownAuthorId, login: world.account(platform, authorId).login })
    expect(JSON.stringify(identity)).not.toContain('@')
    const address = port().oauth.authorizeUrl({
      state: 's',
      redirectUri: 'http://127.0.0.1:3000/x',
      codeChallenge: 'c',
    })
    const asked = new URL(address).searchParams
    expect(asked.get('scope') ?? '').toBe(expected.scope)
    expect(asked.get('state')).toBe('s')
    expect(asked.has('code_challenge')).toBe(expected.sendsChallenge)
  })

  test('a code is used once, and a made-up token proves nobody', async () => {
    const wrong = {
      code: 'made-up',
      redirectUri: 'http://127.0.0.1:3000/api/link/callback',
      codeVerifier: 'x'.repeat(43),
    }
    expect((await failure(port().oauth.exchangeCode(wrong))).kind).toBe('sign_in_expired')
    const error = await failure(port().oauth.whoAmI('made-up-token'))
    expect(error.kind).toBe('sign_in_expired')
    expect(error.message + error.stack).not.toContain('made-up-token')
  })

  test('revokes, or says that the platform cannot', async () => {
    const token = await world.grantToken(platform, authorId)
    const outcome = await port().oauth.revoke(token)
    expect(outcome).toBe(expected.revoked)
    if (outcome === 'revoked') expect((await failure(port().oauth.whoAmI(token))).kind).toBe('sign_in_expired')
    else expect((await port().oauth.whoAmI(token)).platformUserId).toBe(shownAuthorId)
    expect(await port().oauth.revoke(token)).toBe(outcome)
  })

  test('lists exactly what the account wrote, newest update first, numbers as identity', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const seen = await readAll(port(), credential)
    const truth = world.pullRequestsOf(platform, authorId).filter((pull) => {
      const repository = world.sandbox.context.world.findRepository(platform, pull.repositoryId)
      return repository !== null && expected.isListed(pull, repository)
    })
    const key = (repositoryId: string, number: number) => `${repositoryId}#${number}`
    const keyOf = (pull: { repositoryId: number; number: number }) =>
      key(shownRepositoryId(platform, pull.repositoryId), pull.number)
    expect(seen.map((one) => key(one.repository.platformRepositoryId, one.number)).sort()).toEqual(
      truth.map(keyOf).sort(),
    )
    expect(seen.every((one) => one.authorPlatformUserId === shownAuthorId)).toBe(true)
    expect(seen.length).toBeGreaterThan(3)
    for (const one of seen) {
      const fact = truth.find((pull) => keyOf(pull) === key(one.repository.platformRepositoryId, one.number))
      expect(one.state).toBe(fact?.state)
      const told = expected.tellsChanges ? fact?.updatedAt : fact?.createdAt
      expect(Math.abs(one.updatedAt.getTime() - (told?.getTime() ?? 0))).toBeLessThan(1000)
      const isTold = !expected.leftOutOfLists.includes('mergedAt')
      expect(one.mergedAt !== null).toBe(isTold && fact?.mergedAt !== null)
    }
  })

  test('stops at the watermark, or reads all where no change has a time', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const account = referenceOf(world.account(platform, authorId))
    const sources = await port().listSources({ catalog, credential })
    const read = (source: string, untilUpdatedAt: Date | null) =>
      port().listAuthorPullRequests({ account, source, credential, cursor: null, untilUpdatedAt })
    const pages = await Promise.all(
      sources.map(async (source) => ({ source, items: (await read(source, null)).items })),
    )
    const all = pages.find(({ items }) => items.length > 1) ?? { source: '', items: [] }
    const until = all.items[0]?.updatedAt ?? new Date()
    const last = await read(all.source, until)
    expect(last.nextCursor).toBeNull()
    expect(last.items[0]?.number).toBe(all.items[0]?.number)
    const older = all.items.filter(({ updatedAt }) => updatedAt < until)
    expect(older.length).toBeGreaterThan(0)
    if (!expected.tellsChanges) expect(last.items).toEqual(all.items)
    else expect(last.items.length).toBe(all.items.length - older.length)
  })

  test('shows one pull request, and null for what is not there', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const [pull] = world.pullRequestsOf(platform, authorId).filter((one) => one.state === 'merged')
    const repository = world.sandbox.context.world.findRepository(platform, pull?.repositoryId ?? 0)
    const { owner = '', name = '' } = repository ?? {}
    const number = pull?.number ?? 0
    expect(await port().findPullRequest({ owner, name, number, credential })).toMatchObject({ number, state: 'merged' })
    expect(await port().findPullRequest({ owner, name, number: 99_999_999, credential })).toBeNull()
    expect(await port().findPullRequest({ owner, name: 'no-such-thing', number, credential })).toBeNull()
    expect(await port().findRepository({ owner, name, credential })).toMatchObject({ owner, name, isPrivate: false })
    expect(await port().findRepository({ owner, name: '../../user', credential })).toBeNull()
  })

  test('collects evidence: files add up, diffs are hashed, no address is in it', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const pull = world.pullRequestsOf(platform, authorId).find((one) => one.state === 'merged' && one.changedFiles > 1)
    const repository = world.sandbox.context.world.findRepository(platform, pull?.repositoryId ?? 0)
    const evidence = await port().collectEvidence({
      owner: repository?.owner ?? '',
      name: repository?.name ?? '',
      number: pull?.number ?? 0,
      credential,
    })
    expect(evidence.files).toHaveLength(pull?.changedFiles ?? 0)
    expect(evidence.files.reduce((sum, file) => sum + file.additions, 0)).toBe(pull?.additions)
    expect(evidence.files.every((file) => (file.patch === null) === (file.patchSha256 === null))).toBe(true)
    expect(evidence.commits).toHaveLength(pull?.commitCount ?? 0)
    expect(evidence.commits.every((commit) => commit.authorPlatformUserId === shownAuthorId)).toBe(true)
    const told = JSON.stringify({ ...evidence, files: [] })
    expect(told).not.toMatch(/[\w.+-]+@[\w-]+\.[\w.]+/)
  })

  test('shows what is public to anybody, or asks them to sign in', async () => {
    const [pull] = world.pullRequestsOf(platform, authorId).filter((one) => one.state === 'merged')
    const repository = world.sandbox.context.world.findRepository(platform, pull?.repositoryId ?? 0)
    const place = { owner: repository?.owner ?? '', name: repository?.name ?? '', number: pull?.number ?? 0 }
    const ask = port().findPullRequest({ ...place, credential: { kind: 'anonymous' } })
    if (expected.readsWithoutToken) {
      expect((await ask)?.number).toBe(pull?.number)
      const nothing = { owner: place.owner, name: 'no-such-thing', credential: { kind: 'anonymous' } } as const
      expect(await port().findRepository(nothing)).toBeNull()
    } else expect((await failure(ask)).kind).toBe('sign_in_expired')
  })

  test('looks up what lists leave out, and no more than they do', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const seen = (await readAll(port(), credential)).find((one) => one.state === 'merged')
    if (!seen) throw new Error('nothing merged')
    const left = (['mergeCommitSha', 'mergedBy', 'additions', 'mergedAt'] as const).filter(
      (field) => seen[field] === null,
    )
    expect(left).toEqual(expected.leftOutOfLists)
    const { pullRequest } = await port().completePullRequest({ pullRequest: seen, landingRules: MERGED, credential })
    const truth = world
      .pullRequestsOf(platform, authorId)
      .find(
        (one) =>
          shownRepositoryId(platform, one.repositoryId) === seen.repository.platformRepositoryId &&
          one.number === seen.number,
      )
    expect(pullRequest.mergeCommitSha).toBe(truth?.landing?.sha)
    expect(pullRequest.mergedAt?.getTime()).toBe(truth?.mergedAt?.getTime())
    expect(pullRequest.additions).toBe(truth?.additions)
    expect(pullRequest.mergedBy?.platformUserId).toBe(shownAccountId(platform, truth?.mergedById ?? 0))
  })

  test('reads a repository for everybody page by page, where it is read so at night', async () => {
    const reading = port()
    const credential = await world.credentialOf(platform, authorId)
    if (reading.sync !== 'by_repository') {
      expect(PLATFORM_TRAITS[platform].readsWholeAccounts).toBe(true)
      return
    }
    expect(PLATFORM_TRAITS[platform].readsWholeAccounts).toBe(false)
    const sources = await reading.listSources({ catalog, credential: serviceCredential(platform) })
    const source = expected.busySource
    expect(sources).toContain(source)
    const before = world.sandbox.log.lastSequence
    const page = await reading.listRepositoryPullRequests({ source, credential, cursor: null, untilUpdatedAt: null })
    expect(world.sandbox.log.since(before)).toHaveLength(expected.requestsAPage)
    expect(new Set(page.items.map((one) => one.authorPlatformUserId)).size).toBeGreaterThan(1)
    expect(page.items.every((one) => one.state === 'merged')).toBe(true)
    const times = page.items.map((one) => one.updatedAt.getTime())
    expect(times).toEqual([...times].sort((a, b) => b - a))
    const gone = { source: 'repository:no/body', credential, cursor: null, untilUpdatedAt: null }
    expect((await failure(reading.listRepositoryPullRequests(gone))).kind).toBe('not_found')
  })

  test('never takes what another id wrote under the same login', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const account = { ...referenceOf(world.account(platform, authorId)), platformUserId: shownAccountId(platform, 1) }
    const pages = []
    for (const source of await port().listSources({ catalog, credential })) {
      const ask = { account, source, credential, cursor: null, untilUpdatedAt: null }
      if (PLATFORM_TRAITS[platform].readsWholeAccounts) {
        // Asked for by id: the platform itself says that the login is another's.
        expect((await failure(port().listAuthorPullRequests(ask))).kind).toBe('sign_in_expired')
        return
      }
      pages.push(await port().listAuthorPullRequests(ask))
    }
    expect(pages.flatMap(({ items }) => items)).toEqual([])
    const skipped = pages.flatMap((page) => page.skipped)
    expect(skipped.length).toBeGreaterThan(0)
    const reference = expect.stringMatching(new RegExp(`^[\\w./-]+${PLATFORM_TRAITS[platform].mark}\\d+$`))
    expect(skipped[0]).toMatchObject({ reason: 'other_author', reference })
  })

  test('tells a limit from a fault, and until when', async () => {
    const credential = await world.credentialOf(platform, authorId)
    const account = referenceOf(world.account(platform, authorId))
    const [source = ''] = await port().listSources({ catalog, credential })
    const named = await port().resolveAccount({ account, credential })
    const ask = () =>
      port().listAuthorPullRequests({ account: named, source, credential, cursor: null, untilUpdatedAt: null })
    const add = (kind: 'rate_limit' | 'secondary' | 'status_500' | 'truncate', times = 1) =>
      world.sandbox.faults.add({ match: {}, kind, times, afterMatches: 0, retryAfterSeconds: 120 })
    for (const kind of ['rate_limit', 'secondary'] as const) {
      add(kind)
      const limited = await failure(ask())
      expect(limited.kind).toBe('rate_limited')
      const waitSeconds = ((limited.until?.getTime() ?? 0) - Date.now()) / 1000
      expect(waitSeconds).toBeGreaterThan(expected.limitWaitSeconds[0])
      expect(waitSeconds).toBeLessThan(expected.limitWaitSeconds[1])
      // The fault that names a time names two minutes.
      if (kind === 'secondary') expect(waitSeconds).toBeGreaterThan(110)
      if (kind === 'secondary') expect(waitSeconds).toBeLessThan(130)
    }
    add('status_500', 3)
    expect((await failure(ask())).kind).toBe('unavailable')
    add('status_500')
    expect((await ask()).items.length).toBeGreaterThan(0)
    add('truncate', 1)
    expect((await failure(ask())).kind).toBe('unavailable')
  })
})

describe('github', () => {
  const port = () => world.platforms.github

  test('a landing that only the default branch shows is found there, with its trailer', async () => {
    const pull = world.trapped('commit_trailer_landing', { authorId: EXPECTATIONS.github.author })
    const repository = world.sandbox.context.world.findRepository('github', pull.repositoryId)
    const credential = await world.credentialOf('github', EXPECTATIONS.github.author)
    const place = { owner: repository?.owner ?? '', name: repository?.name ?? '', number: pull.number, credential }
    const seen = await port().findPullRequest(place)
    expect(seen?.state).toBe('closed')
    if (!seen) return
    const landingRules = [{ rule: 'commit_trailer' as const, trailer: 'Pull Request resolved: {pullRequestUrl}' }]
    const { branchCommits } = await port().completePullRequest({ pullRequest: seen, landingRules, credential })
    expect(branchCommits.map((commit) => commit.sha)).toEqual([pull.landing?.sha])
    const without = await port().completePullRequest({ pullRequest: seen, landingRules: MERGED, credential })
    expect(without.branchCommits).toEqual([])
  })

  test('an account is found by its number, never by a login that a stranger took', async () => {
    const former = world.trapped('renamed_account').authorId
    const renamed = world.account('github', former)
    const oldLogin = renamed.formerLogins[0] ?? ''
    const credential = await world.credentialOf('github', former)
    const reference = { platformUserId: String(former), nodeId: null, login: oldLogin }
    expect((await failure(port().resolveAccount({ account: reference, credential }))).kind).toBe('sign_in_expired')
    const { nodeId } = await port().oauth.whoAmI(await world.grantToken('github', former))
    const page = await port().listAuthorPullRequests({
      account: { ...reference, nodeId },
      source: 'pull-requests',
      credential,
      cursor: null,
      untilUpdatedAt: null,
    })
    expect(page.items.length).toBeGreaterThan(0)
    expect(page.items.every((item) => item.authorPlatformUserId === String(former))).toBe(true)
  })

  test('costs four points a page of a hundred, and a page that is too heavy is asked for in smaller ones', async () => {
    const credential = await world.credentialOf('github', EXPECTATIONS.github.author)
    const { nodeId } = await port().oauth.whoAmI(await world.grantToken('github', EXPECTATIONS.github.author))
    const account = { ...referenceOf(world.account('github', EXPECTATIONS.github.author)), nodeId }
    const ask = () =>
      port().listAuthorPullRequests({
        account,
        source: 'pull-requests',
        credential,
        cursor: null,
        untilUpdatedAt: null,
      })
    const before = world.sandbox.log.lastSequence
    await ask()
    const cost = world.sandbox.log.since(before).reduce((sum, entry) => sum + entry.costPoints, 0)
    expect(cost).toBe(4)
    world.sandbox.faults.add({ match: {}, kind: 'resource_limits', times: 1, afterMatches: 0, retryAfterSeconds: 0 })
    expect((await ask()).items.length).toBeGreaterThan(0)
  })

  test('without a token one pull request is read by REST, the same facts', async () => {
    const pull = world.trapped('pytorch_label_landing', { authorId: EXPECTATIONS.github.author })
    const place = { owner: 'pytorch', name: 'pytorch', number: pull.number }
    const anonymous = await port().findPullRequest({ ...place, credential: { kind: 'anonymous' } })
    const signedIn = await port().findPullRequest({
      ...place,
      credential: await world.credentialOf('github', EXPECTATIONS.github.author),
    })
    const facts = (one: PullRequestSeen | null) =>
      one && {
        state: one.state,
        closer: one.lastClosedBy?.login,
        commit: one.closerCommitSha,
        labels: one.labels,
        base: one.baseBranch,
      }
    expect(facts(anonymous)).toEqual(facts(signedIn))
    expect(anonymous?.lastClosedBy?.login).toBe('pytorchmergebot')
  })
})

describe('gitee', () => {
  const port = () => world.platforms.gitee

  test('a repository of a person is owned by the account, whose namespace has another number', () => {
    const { context } = world.sandbox
    const [ofGroup] = context.world.listRepositories('gitee')
    if (!ofGroup) throw new Error('no repository')
    const shown = (ownerId: number) => repositorySchema.parse(shownProject(context, { ...ofGroup, ownerId }))
    const own = shown(EXPECTATIONS.gitee.author)
    expect(own.namespace?.id).not.toBe(EXPECTATIONS.gitee.author)
    expect(toRepository(own).ownerPlatformUserId).toBe(String(EXPECTATIONS.gitee.author))
    expect(toRepository(shown(ofGroup.ownerId)).ownerPlatformUserId).toBe(String(ofGroup.ownerId))
  })

  test('a repository that is not there says so', async () => {
    const credential = await world.credentialOf('gitee', EXPECTATIONS.gitee.author)
    const account = referenceOf(world.account('gitee', EXPECTATIONS.gitee.author))
    const ask = port().listAuthorPullRequests({
      account,
      source: 'repository:no/body',
      credential,
      cursor: null,
      untilUpdatedAt: null,
    })
    expect((await failure(ask)).kind).toBe('not_found')
  })
})
