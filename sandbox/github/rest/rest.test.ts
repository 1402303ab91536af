import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type RunningSandbox, startSandbox } from '../../server'
import { githubTokenOf } from '../../testing/github-account'
import { createWorld } from '../../world'
import type { PullRequest, Trap } from '../../world/types'

let sandbox: RunningSandbox
let token = ''

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, world: createWorld() })
  token = await githubTokenOf(sandbox.origin, 'linyue-dev')
})
afterAll(() => sandbox.close())

function get(path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }): Promise<Response> {
  return fetch(`${sandbox.origin}/github/api${path}`, { headers, redirect: 'manual' })
}

/** Address of the pull request with a trap, below the API. */
function addressOf(trap: Trap): { path: string; pull: PullRequest } {
  const { world } = sandbox.context
  const list = world.listPullRequests({ platform: 'github' })
  for (let index = 0; index < list.length; index += 1) {
    const pull = list.at(index)
    if (pull?.traps.includes(trap)) return { path: `/repositories/${pull.repositoryId}/pulls/${pull.number}`, pull }
  }
  throw new Error(`no pull request with the trap ${trap}`)
}

describe('paging', () => {
  const rowsSchema = z.array(z.object({ number: z.number(), updated_at: z.string() }))

  test('follows Link to the last page, each pull request once', async () => {
    const numbers: number[] = []
    let next: string | null | undefined =
      '/repos/huggingface/transformers/pulls?state=all&sort=updated&direction=desc&per_page=30'
    while (next) {
      const response = await get(next)
      numbers.push(...rowsSchema.parse(await response.json()).map(({ number }) => number))
      const link = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null
      next = link?.replace(`${sandbox.origin}/github/api`, '')
    }
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.length).toBe(
      sandbox.context.world.listPullRequests({ platform: 'github', repositoryId: 155220641 }).length,
    )
  })

  test('a page that shifts repeats a row that was read', async () => {
    const shifting = await startSandbox({ port: 0, world: createWorld() })
    const read = async (page: number) => {
      const address = `${shifting.origin}/github/api/repos/huggingface/trl/pulls?state=all&sort=updated&direction=desc&per_page=5&page=${page}`
      return rowsSchema.parse(await (await fetch(address)).json()).map(({ number }) => number)
    }
    shifting.faults.add({
      match: { path: '/pulls' },
      kind: 'shift_page',
      times: 1,
      afterMatches: 0,
      retryAfterSeconds: 0,
    })
    const first = await read(1)
    expect(await read(2)).toContain(first.at(-1))
    await shifting.close()
  })
})

describe('conditional requests', () => {
  test('304 with a token is free, without one it counts', async () => {
    const path = '/repos/huggingface/trl/pulls?per_page=5'
    const first = await get(path)
    const etag = first.headers.get('etag') ?? ''
    const again = await get(path, { authorization: `Bearer ${token}`, 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(again.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'))
    const anonymous = await get(path, { 'if-none-match': etag })
    expect(anonymous.status).toBe(304)
    const used = Number(anonymous.headers.get('x-ratelimit-used'))
    const counted = await get(path, { 'if-none-match': etag })
    expect(Number(counted.headers.get('x-ratelimit-used'))).toBe(used + 1)
  })
})

describe('repositories and people', () => {
  test('a former name answers 301 with the rest of the address kept', async () => {
    const response = await get('/repos/google/jax/pulls?state=all')
    expect(response.status).toBe(301)
    expect(response.headers.get('location')).toBe(`${sandbox.origin}/github/api/repositories/154739597/pulls?state=all`)
  })

  test('an account is found by id and by login of today', async () => {
    expect(await (await get('/user/71204504')).json()).toMatchObject({ login: 'yihan-sun-ai' })
    expect(await (await get('/users/yihansun')).json()).toMatchObject({ id: 99120001 })
    expect((await get('/users/vanished-coder')).status).toBe(404)
  })

  test('deleted authors: null in one form, ghost in the other', async () => {
    expect(await (await get(addressOf('deleted_author_null').path)).json()).toHaveProperty('user', null)
    expect(await (await get(addressOf('deleted_author_ghost').path)).json()).toMatchObject({
      user: { login: 'ghost', id: 10137 },
    })
  })

  test('a deleted fork leaves head.repo null', async () => {
    const { path } = addressOf('deleted_head_repository')
    expect(await (await get(path)).json()).toMatchObject({ head: { repo: null }, merged: true })
  })

  test('merge_commit_sha stands on what never merged', async () => {
    const { path } = addressOf('unmerged_with_merge_commit_sha')
    const answer = await (await get(path)).json()
    expect(answer).toMatchObject({
      merged: false,
      merged_at: null,
      state: 'closed',
      merge_commit_sha: expect.any(String),
    })
  })

  test('a trailer landing: closed, and a commit on the default branch names its address', async () => {
    const { path, pull } = addressOf('commit_trailer_landing')
    const shown = z.object({ html_url: z.string(), merged: z.literal(false) }).parse(await (await get(path)).json())
    const commit = await get(`/repositories/${pull.repositoryId}/commits/${pull.landing?.sha}`)
    const { message } = z.object({ commit: z.object({ message: z.string() }) }).parse(await commit.json()).commit
    expect(message).toContain(`Pull Request resolved: ${shown.html_url}`)
  })

  test('Spark: the closed event carries the commit', async () => {
    const { pull } = addressOf('spark_commit_closed')
    const events = await get(`/repositories/${pull.repositoryId}/issues/${pull.number}/events`)
    const rows = z.array(z.object({ event: z.string(), commit_id: z.string().nullable() })).parse(await events.json())
    expect(rows.find(({ event }) => event === 'closed')?.commit_id).toBe(pull.landing?.sha)
  })

  test('a squash names its co-authors by noreply id', async () => {
    const { pull } = addressOf('squash_co_author')
    const commit = await (await get(`/repositories/${pull.repositoryId}/commits/${pull.landing?.sha}`)).json()
    expect(commit).toHaveProperty(
      'commit.message',
      expect.stringContaining('<71204501+linyue-dev@users.noreply.github.com>'),
    )
  })
})

describe('search', () => {
  test('finds by qualifiers and date range', async () => {
    const query = 'is:pr is:merged author:linyue-dev merged:2026-09-01..2026-11-30'
    const answer = z
      .object({ total_count: z.number(), items: z.array(z.object({ closed_at: z.string() })) })
      .parse(await (await get(`/search/issues?q=${encodeURIComponent(query)}&per_page=100`)).json())
    expect(answer.total_count).toBeGreaterThan(5)
    expect(answer.items.every(({ closed_at }) => closed_at >= '2026-09-01' && closed_at < '2026-12-01')).toBe(true)
  })

  test('refuses a private author, a long query and what lies beyond 1,000', async () => {
    expect((await get('/search/issues?q=author:zimo-codes')).status).toBe(422)
    expect((await get(`/search/issues?q=${'x'.repeat(257)}`)).status).toBe(422)
    expect((await get('/search/issues?q=is:pr&per_page=100&page=11')).status).toBe(422)
  })
})

describe('limits', () => {
  test('an anonymous reader has 60 an hour, a wrong token none', async () => {
    const limited = await startSandbox({ port: 0, world: createWorld() })
    const statuses = []
    for (let index = 0; index < 61; index += 1)
      statuses.push((await fetch(`${limited.origin}/github/api/users/linyue-dev`)).status)
    expect(statuses.filter((status) => status === 200).length).toBe(60)
    expect(statuses.at(-1)).toBe(403)
    await limited.close()
    expect((await get('/user', { authorization: 'Bearer gho_wrong' })).status).toBe(401)
  })

  test('of more than a hundred calls at once of one caller the rest are refused, and one after them is served', async () => {
    const crowded = await startSandbox({ port: 0, world: createWorld() })
    crowded.faults.add({
      match: {},
      kind: 'slow',
      delayMs: 300,
      times: 103,
      afterMatches: 0,
      retryAfterSeconds: 0,
    })
    const address = `${crowded.origin}/github/api/rate_limit`
    const statuses = await Promise.all(Array.from({ length: 103 }, async () => (await fetch(address)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(100)
    expect(statuses.filter((status) => status === 403)).toHaveLength(3)
    expect((await fetch(address)).status).toBe(200)
    await crowded.close()
  })

  test('asking for the limit is free', async () => {
    const [first, second] = [await (await get('/rate_limit')).json(), await (await get('/rate_limit')).json()]
    expect(first).toEqual(second)
  })
})
