import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SANDBOX_CLIENTS } from '../../options'
import { type RunningSandbox, startSandbox } from '../../server'
import { askGraphql, githubTokenOf } from '../../testing/github-account'
import { createWorld } from '../../world'

let sandbox: RunningSandbox
let token = ''

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, world: createWorld() })
  token = await githubTokenOf(sandbox.origin, 'linyue-dev')
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.faults.clear())

const ask = (query: string, variables = {}, as = token) => askGraphql(sandbox.origin, as, query, variables)

async function dataOf(query: string, variables = {}, as = token): Promise<unknown> {
  const { body } = await ask(query, variables, as)
  return z.object({ data: z.unknown() }).parse(body).data
}

const queries = fileURLToPath(new URL('../../../../shared/platforms/github/queries', import.meta.url))

describe('what GitHub would refuse', () => {
  test.each([
    ['{ viewer { login shoeSize } }', 'undefinedField', 'extensions.code'],
    ['{ viewer { pullRequests { totalCount } } }', 'MISSING_PAGINATION_BOUNDARIES', 'type'],
    ['{ viewer { pullRequests(first: 101) { totalCount } } }', 'EXCESSIVE_PAGINATION', 'type'],
    ['{ viewer { pullRequests(first: 0) { totalCount } } }', 'INVALID_PAGINATION', 'type'],
    [
      '{ viewer { pullRequests(first: 100) { nodes { files(first: 100) { nodes { path } } reviews(first: 100) { nodes { reactions(first: 100) { totalCount } } } } } } }',
      'MAX_NODE_LIMIT_EXCEEDED',
      'type',
    ],
  ])('%s', async (query, expected, where) => {
    const { status, body } = await ask(query)
    expect(status).toBe(200)
    expect(body).toHaveProperty(`errors.0.${where}`, expected)
    expect(body).not.toHaveProperty('data')
  })

  test('a query that does not parse, a body without one, a client id and secret, no token', async () => {
    expect((await ask('{ viewer { ')).body).toHaveProperty('errors.0.message')
    const address = `${sandbox.origin}/github/api/graphql`
    const headers = { authorization: `Bearer ${token}` }
    expect((await fetch(address, { method: 'POST', headers, body: '{}' })).status).toBe(400)
    const { clientId, clientSecret } = SANDBOX_CLIENTS.github
    const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
    const body = JSON.stringify({ query: '{ viewer { login } }' })
    expect((await fetch(address, { method: 'POST', headers: basic, body })).status).toBe(401)
    expect((await fetch(address, { method: 'POST', body })).status).toBe(401)
  })

  test('what the sandbox does not have fails by name', async () => {
    const { body } = await ask('{ viewer { starredRepositories(first: 1) { totalCount } } }')
    expect(body).toHaveProperty('errors.0.message', 'The sandbox does not know User.starredRepositories')
  })
})

describe('cost', () => {
  test.each([
    ['{ rateLimit { cost nodeCount } viewer { login } }', { cost: 1, nodeCount: 0 }],
    [
      '{ rateLimit { cost nodeCount } viewer { pullRequests(first: 100) { nodes { number } } } }',
      { cost: 1, nodeCount: 100 },
    ],
    [
      '{ rateLimit { cost nodeCount } viewer { pullRequests(first: 100) { nodes { labels(first: 20) { nodes { name } } files(first: 50) { totalCount } } } } }',
      { cost: 2, nodeCount: 7100 },
    ],
  ])('of %s', async (query, expected) => {
    expect(await dataOf(query)).toHaveProperty('rateLimit', expected)
  })

  test('is taken off and told in headers and log', async () => {
    const before = await ask('{ rateLimit { remaining } }')
    const after = await ask(
      '{ viewer { pullRequests(first: 100) { nodes { labels(first: 1) { nodes { name } } reviews(first: 1) { totalCount } } } } }',
    )
    const remaining = (answer: typeof before) => Number(answer.headers.get('x-ratelimit-remaining'))
    expect(remaining(before) - remaining(after)).toBe(2)
    expect(sandbox.log.since(0).at(-1)).toMatchObject({ account: 'linyue-dev', costPoints: 2 })
  })
})

describe('reading', () => {
  const LIST = `query($login: String!, $after: String, $first: Int!) { user(login: $login) { pullRequests(states: [MERGED, CLOSED], first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount pageInfo { hasNextPage endCursor } nodes { fullDatabaseId updatedAt } } } }`
  const listSchema = z.object({
    user: z.object({
      pullRequests: z.object({
        totalCount: z.number(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(z.object({ fullDatabaseId: z.string(), updatedAt: z.string() })),
      }),
    }),
  })

  test('pages newest first, each once', async () => {
    const seen: string[] = []
    let after: string | null = null
    let total = 0
    do {
      const data = listSchema.parse(await dataOf(LIST, { login: 'linyue-dev', first: 7, after }))
      const { nodes, pageInfo, totalCount } = data.user.pullRequests
      seen.push(...nodes.map(({ fullDatabaseId }) => fullDatabaseId))
      total = totalCount
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    expect(seen.length).toBe(total)
    expect(new Set(seen).size).toBe(total)
    expect(total).toBeGreaterThan(30)
  })

  test('a page that shifts while it is read: the touched one comes first in the next pass', async () => {
    const shifting = await startSandbox({ port: 0, world: createWorld() })
    const own = await githubTokenOf(shifting.origin, 'linyue-dev')
    shifting.faults.add({
      match: { path: '/graphql' },
      kind: 'shift_page',
      times: 1,
      afterMatches: 0,
      retryAfterSeconds: 0,
    })
    const read = async () => {
      const { body } = await askGraphql(shifting.origin, own, LIST, { login: 'linyue-dev', first: 100 })
      return listSchema.parse(z.object({ data: z.unknown() }).parse(body).data).user.pullRequests.nodes
    }
    const first = await read()
    const second = await read()
    expect(second[0]?.fullDatabaseId).not.toBe(first[0]?.fullDatabaseId)
    await shifting.close()
  })

  test('a private profile shows its work to itself only', async () => {
    const variables = { login: 'zimo-codes', first: 10 }
    const own = await githubTokenOf(sandbox.origin, 'zimo-codes')
    expect(listSchema.parse(await dataOf(LIST, variables)).user.pullRequests.totalCount).toBe(0)
    expect(listSchema.parse(await dataOf(LIST, variables, own)).user.pullRequests.totalCount).toBeGreaterThan(5)
  })

  test('a deleted author is null, a missing user NOT_FOUND beside the rest', async () => {
    const world = sandbox.context.world
    const list = world.listPullRequests({ platform: 'github', authorId: 68210003 })
    const deleted = list.at(0)
    const repository = deleted && world.findRepository('github', deleted.repositoryId)
    const query = `query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { author { login } } } }`
    const variables = { owner: repository?.owner, name: repository?.name, number: deleted?.number }
    expect(await dataOf(query, variables)).toEqual({ repository: { pullRequest: { author: null } } })
    const { body } = await ask('{ user(login: "nobody-at-all") { id } viewer { login } }')
    expect(body).toMatchObject({
      data: { user: null, viewer: { login: 'linyue-dev' } },
      errors: [{ type: 'NOT_FOUND', path: ['user'] }],
    })
  })

  test('a renamed repository is followed, or not when asked', async () => {
    const followed = await dataOf('{ repository(owner: "volcengine", name: "verl") { nameWithOwner databaseId } }')
    expect(followed).toEqual({ repository: { nameWithOwner: 'verl-project/verl', databaseId: 881221486 } })
    const { body } = await ask('{ repository(owner: "volcengine", name: "verl", followRenames: false) { id } }')
    expect(body).toHaveProperty('errors.0.type', 'NOT_FOUND')
  })

  test('a PyTorch landing: closed by the bot, by a commit that names the address', async () => {
    const query = `query($q: String!) { search(type: ISSUE, query: $q, first: 10) { issueCount nodes { ... on PullRequest { url merged state mergeCommit { oid } timelineItems(last: 5, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { login } closer { ... on Commit { oid message } } } } } } } } }`
    const q = 'repo:pytorch/pytorch is:pr is:closed is:unmerged label:Merged author:linyue-dev "Fold constant masks"'
    const data = z
      .object({
        search: z.object({
          nodes: z.array(
            z.object({
              url: z.string(),
              merged: z.literal(false),
              state: z.literal('CLOSED'),
              mergeCommit: z.null(),
              timelineItems: z.object({
                nodes: z.array(
                  z.object({ actor: z.object({ login: z.string() }), closer: z.object({ message: z.string() }) }),
                ),
              }),
            }),
          ),
        }),
      })
      .parse(await dataOf(query, { q }))
    const [found] = data.search.nodes
    const [closed] = found?.timelineItems.nodes ?? []
    expect(closed?.actor.login).toBe('pytorchmergebot')
    expect(closed?.closer.message).toContain(`Pull Request resolved: ${found?.url}`)
  })

  test('nodes by id, of which one is missing', async () => {
    const id = z.object({ viewer: z.object({ id: z.string() }) }).parse(await dataOf('{ viewer { id } }')).viewer.id
    const { body } = await ask('query($ids: [ID!]!) { nodes(ids: $ids) { ... on User { databaseId } } }', {
      ids: [id, 'U_none'],
    })
    expect(body).toMatchObject({ data: { nodes: [{ databaseId: 71204501 }, null] }, errors: [{ type: 'NOT_FOUND' }] })
  })

  test
    .skipIf(!existsSync(queries))
    .each(['user-merged-pull-requests', 'repository-merged-pull-requests', 'search-closed-with-label'])(
    'the ready query %s runs (skipped where ../shared is absent)',
    async (name) => {
      const query = readFileSync(`${queries}/${name}.graphql`, 'utf8')
      const variables = {
        login: 'linyue-dev',
        owner: 'huggingface',
        name: 'trl',
        q: 'repo:pytorch/pytorch is:pr label:Merged',
      }
      const { body } = await ask(query, variables)
      expect(body).not.toHaveProperty('errors')
    },
  )
})

describe('limits', () => {
  test('the primary limit is 200 with RATE_LIMITED, the secondary 403 with retry-after', async () => {
    sandbox.faults.add({
      match: { path: '/graphql' },
      kind: 'rate_limit',
      times: 1,
      afterMatches: 0,
      retryAfterSeconds: 30,
    })
    const limited = await ask('{ viewer { login } }')
    expect(limited.status).toBe(200)
    expect(limited.body).toHaveProperty('errors.0.type', 'RATE_LIMITED')
    expect(limited.headers.get('x-ratelimit-remaining')).toBe('0')
    sandbox.faults.add({ match: {}, kind: 'secondary', times: 1, afterMatches: 0, retryAfterSeconds: 5 })
    const secondary = await ask('{ viewer { login } }')
    expect([secondary.status, secondary.headers.get('retry-after')]).toEqual([403, '5'])
  })

  test('resource limits are 200 with their own error', async () => {
    sandbox.faults.add({ match: {}, kind: 'resource_limits', times: 1, afterMatches: 0, retryAfterSeconds: 0 })
    expect((await ask('{ viewer { login } }')).body).toHaveProperty('errors.0.type', 'RESOURCE_LIMITS_EXCEEDED')
  })
})

describe('an installation of the app', () => {
  const appSchema = z.object({
    appId: z.number(),
    privateKeyPem: z.string(),
    installations: z.array(z.object({ id: z.number() })),
  })

  async function installationToken(lifeSeconds: number): Promise<Response> {
    const answer = await (await fetch(`${sandbox.origin}/_sandbox/github-app`)).json()
    const { appId, privateKeyPem, installations } = appSchema.parse(answer)
    const nowSeconds = Math.floor(Date.now() / 1000)
    const jwt = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(String(appId))
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + lifeSeconds)
      .sign(createPrivateKey(privateKeyPem))
    const address = `${sandbox.origin}/github/api/app/installations/${installations[0]?.id}/access_tokens`
    return fetch(address, { method: 'POST', headers: { authorization: `Bearer ${jwt}` } })
  }

  test('buys a token that reads public work and is no viewer', async () => {
    const response = await installationToken(540)
    expect(response.status).toBe(201)
    const { token: own } = z.object({ token: z.string() }).parse(await response.json())
    expect(await dataOf('{ user(login: "linyue-dev") { databaseId } }', {}, own)).toEqual({
      user: { databaseId: 71204501 },
    })
    expect((await ask('{ viewer { login } }', {}, own)).body).toHaveProperty('errors.0.type', 'FORBIDDEN')
  })

  test('is refused for a JWT that lives too long', async () => {
    expect((await installationToken(3_600)).status).toBe(401)
  })
})
