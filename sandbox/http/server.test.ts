import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type RunningSandbox, startSandbox } from '../server'
import { createWorld } from '../world'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, world: createWorld() })
})
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.faults.clear()
  sandbox.log.clear()
})

const USER = '/github/api/users/linyue-dev'

function get(path: string): Promise<Response> {
  return fetch(sandbox.origin + path)
}

async function addFault(fault: Record<string, unknown>): Promise<Response> {
  return fetch(`${sandbox.origin}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) })
}

describe('faults', () => {
  test('hit what they match, after some and for as often as asked, then are gone', async () => {
    await addFault({ match: { path: '/users/' }, kind: 'status_500', afterMatches: 1, times: 2 })
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) statuses.push((await get(USER)).status)
    expect(statuses).toEqual([200, 500, 500, 200])
    expect((await get('/gitee/api/v5/users/lin-yue')).status).toBe(200)
  })

  test('502 is a page, not JSON; truncate is half of the JSON', async () => {
    await addFault({ kind: 'status_502' })
    const broken = await get(USER)
    expect(broken.status).toBe(502)
    expect(broken.headers.get('content-type')).toContain('text/html')
    await addFault({ kind: 'truncate' })
    await expect((await get(USER)).json()).rejects.toThrow()
  })

  test('slow answers late, timeout hangs and ends in 502', async () => {
    await addFault({ kind: 'slow', delayMs: 120 })
    const startedAt = performance.now()
    expect((await get(USER)).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThan(100)
    await addFault({ kind: 'timeout', delayMs: 50 })
    expect((await get(USER)).status).toBe(502)
  })

  test('rate_limit and secondary have the form of the platform', async () => {
    await addFault({ kind: 'rate_limit', retryAfterSeconds: 30 })
    const limited = await get(USER)
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
    await addFault({ kind: 'secondary', retryAfterSeconds: 7 })
    const secondary = await get(USER)
    expect([secondary.status, secondary.headers.get('retry-after')]).toEqual([403, '7'])
  })

  test('an unknown kind is refused and nothing is added', async () => {
    expect((await addFault({ kind: 'earthquake' })).status).toBe(422)
    expect(sandbox.faults.list()).toEqual([])
  })
})

describe('the request log', () => {
  test('tells path, status and cost, masks secrets, leaves out control', async () => {
    await get(`${USER}?access_token=secret-one`)
    const answer = z
      .object({ costPoints: z.number(), requests: z.array(z.object({ path: z.string(), costPoints: z.number() })) })
      .parse(await (await get('/_sandbox/requests')).json())
    expect(answer.requests).toEqual([{ path: `${USER}?access_token=***`, costPoints: 1 }])
    expect(answer.costPoints).toBe(1)
  })
})

describe('world look-ups', () => {
  test('find pull requests by trap and change one', async () => {
    const rows = z.object({
      pullRequests: z.array(z.object({ repositoryId: z.number(), number: z.number(), fullName: z.string() })),
    })
    const found = rows.parse(
      await (await get('/_sandbox/world/pull-requests?platform=github&trap=ghstack_base')).json(),
    )
    expect(found.pullRequests.map(({ fullName }) => fullName)).toEqual(['pytorch/pytorch'])
    const [first] = found.pullRequests
    const address = `${sandbox.origin}/_sandbox/world/pull-requests/github/${first?.repositoryId}/${first?.number}`
    const changed = await fetch(address, { method: 'PATCH', body: JSON.stringify({ title: 'Changed' }) })
    expect(await changed.json()).toMatchObject({ pullRequest: { title: 'Changed' } })
  })

  test('an open one lands and is reverted', async () => {
    const { world } = sandbox.context
    const list = world.listPullRequests({ platform: 'github', repositoryId: 155220641 })
    const pulls = Array.from({ length: list.length }, (_, index) => list.at(index))
    const open = pulls.find((pull) => pull?.state === 'open')
    const address = `${sandbox.origin}/_sandbox/world/pull-requests/github/155220641/${open?.number}`
    const body = JSON.stringify({ at: '2026-11-24T07:00:00Z' })
    expect(await (await fetch(`${address}/land`, { method: 'POST', body })).json()).toMatchObject({
      pullRequest: { state: 'merged', mergedAt: '2026-11-24T07:00:00.000Z' },
    })
    expect((await fetch(`${address}/revert`, { method: 'POST' })).status).toBe(200)
    const changed = open && world.findPullRequest(open)
    const sha = changed?.revertedBy?.sha ?? ''
    const revert = world.findCommit('github', 155220641, sha)
    expect(revert?.message).toContain(`This reverts commit ${changed?.landing?.sha}.`)
  })

  test('people and accounts can be asked for', async () => {
    const { people } = z
      .object({ people: z.array(z.object({ key: z.string() })) })
      .parse(await (await get('/_sandbox/people')).json())
    expect(people.map(({ key }) => key)).toContain('lin-yue')
    const accounts = await (await get('/_sandbox/world/accounts?platform=gitee&search=chensiyuan')).json()
    expect(accounts).toMatchObject({ accounts: [{ login: 'chensiyuan' }] })
    expect((await get('/_sandbox/world/accounts?platform=myspace')).status).toBe(422)
  })
})
