import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type RunningSandbox, startSandbox } from '../server'
import { giteeTokensOf } from '../testing/gitee-account'
import type { PullRequest } from '../world/types'

const CHEN_SIYUAN = 9150002
const REPO = '/repos/mindspore/mindspore'
const CHINA_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/

const pullSchema = z.object({
  id: z.number(),
  number: z.number(),
  state: z.enum(['open', 'closed', 'merged']),
  title: z.string(),
  created_at: z.string().regex(CHINA_TIME),
  updated_at: z.string().regex(CHINA_TIME),
  closed_at: z.string().regex(CHINA_TIME).nullable(),
  merged_at: z.string().regex(CHINA_TIME).nullable(),
  labels: z.array(z.object({ id: z.number(), name: z.string() })),
  user: z.object({ id: z.number(), login: z.string() }).nullable(),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
  head: z.object({ ref: z.string(), sha: z.string(), repo: z.unknown() }),
})
const pullsSchema = z.array(pullSchema)

let sandbox: RunningSandbox
let token = ''
let now = Date.now()

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => new Date(now) })
  token = (await giteeTokensOf(sandbox.origin, CHEN_SIYUAN)).access_token
})
beforeEach(() => sandbox.faults.clear())
afterAll(() => sandbox.close())

function ask(path: string, authorization: string | null = `Bearer ${token}`): Promise<Response> {
  const headers = authorization === null ? {} : { authorization }
  return fetch(`${sandbox.origin}/gitee/api/v5${path}`, { headers })
}

async function listPulls(query: string) {
  const response = await ask(`${REPO}/pulls?${query}`)
  expect(response.status).toBe(200)
  return { pulls: pullsSchema.parse(await response.json()), headers: response.headers }
}

function findPull(matches: (pull: PullRequest) => boolean): PullRequest {
  const { world } = sandbox.context
  const repository = world.findRepositoryByName('gitee', 'mindspore', 'mindspore')
  const list = world.listPullRequests({ platform: 'gitee', repositoryId: repository?.id ?? 0 })
  for (let index = 0; index < list.length; index += 1) {
    const pull = list.at(index)
    if (pull && matches(pull)) return pull
  }
  throw new Error('the small world has no such pull request')
}

describe('the list of pull requests', () => {
  test('state is open unless asked, merged is not closed, all is everything', async () => {
    const counts: Record<string, number> = {}
    for (const state of ['open', 'closed', 'merged', 'all'] as const) {
      const { pulls, headers } = await listPulls(`state=${state}&per_page=100`)
      counts[state] = Number(headers.get('total_count'))
      if (state !== 'all') expect(new Set(pulls.map((pull) => pull.state))).toEqual(new Set([state]))
    }
    expect((await listPulls('')).pulls.every(({ state }) => state === 'open')).toBe(true)
    expect(counts.all).toBe((counts.open ?? 0) + (counts.closed ?? 0) + (counts.merged ?? 0))
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
  })

  test('pages of 20 unless asked, at most 100, with counts in the headers and links', async () => {
    const { pulls, headers } = await listPulls('state=all')
    const total = Number(headers.get('total_count'))
    expect(pulls).toHaveLength(20)
    expect(headers.get('total_page')).toBe(String(Math.ceil(total / 20)))
    expect(headers.get('link')).toContain('rel="next"')
    expect((await listPulls('state=all&per_page=1000')).pulls).toHaveLength(Math.min(total, 100))
    const seen = new Set<number>()
    for (let page = 1; page <= Math.ceil(total / 7); page += 1) {
      for (const { id } of (await listPulls(`state=all&per_page=7&page=${page}`)).pulls) seen.add(id)
    }
    expect(seen.size).toBe(total)
    expect((await listPulls('state=all&page=999')).pulls).toEqual([])
  })

  test('sorts by creation or update, both ways', async () => {
    for (const [sort, field] of [
      ['created', 'created_at'],
      ['updated', 'updated_at'],
    ] as const) {
      const times = (await listPulls(`state=all&per_page=100&sort=${sort}`)).pulls.map((pull) => pull[field])
      expect(times).toEqual(times.toSorted().reverse())
      const ascending = (await listPulls(`state=all&per_page=100&sort=${sort}&direction=asc`)).pulls
      expect(ascending.map((pull) => pull[field])).toEqual(times.toSorted())
    }
  })

  test('since starts the time of the update, whatever the order', async () => {
    const { pulls } = await listPulls('state=all&per_page=100&sort=updated')
    const middle = pulls[Math.floor(pulls.length / 2)]?.updated_at ?? ''
    const expected = pulls.filter(({ updated_at }) => updated_at >= middle).map(({ id }) => id)
    for (const order of ['sort=updated', 'sort=created', 'sort=updated&direction=asc']) {
      const found = (await listPulls(`state=all&per_page=100&${order}&since=${encodeURIComponent(middle)}`)).pulls
      expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted())
    }
    const unescaped = await listPulls(`state=all&per_page=100&sort=updated&since=${middle}`)
    expect(unescaped.pulls).toHaveLength(expected.length)
  })

  test('author, base, labels and head narrow it', async () => {
    const { pulls } = await listPulls('state=merged&author=chensiyuan&per_page=100')
    expect(pulls.length).toBeGreaterThan(0)
    expect(pulls.every(({ user }) => user?.id === CHEN_SIYUAN)).toBe(true)
    expect((await listPulls('state=all&author=nobody-here')).pulls).toEqual([])
    const sample = findPull((pull) => pull.labels.length > 1)
    const label = sample.labels[0] ?? ''
    const labelled = (await listPulls(`state=all&per_page=100&labels=${sample.labels.join(',')}`)).pulls
    expect(labelled.length).toBeGreaterThan(0)
    expect(labelled.every(({ labels }) => labels.some(({ name }) => name === label))).toBe(true)
    const based = (await listPulls(`state=all&per_page=100&base=${sample.baseBranch}`)).pulls
    expect(new Set(based.map(({ base }) => base.ref))).toEqual(new Set([sample.baseBranch]))
    const headed = (await listPulls(`state=all&head=${sample.headBranch}`)).pulls
    expect(headed.some(({ number }) => number === sample.number)).toBe(true)
  })

  test.each(['state=landed', 'sort=size', 'direction=up', 'since=yesterday'])('%s is refused', async (query) => {
    const response = await ask(`${REPO}/pulls?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ message: `${query.split('=')[0]} does not have a valid value` })
  })

  test('a page that shifts while it is read shows a row again, or leaves one out', async () => {
    const plain = (await listPulls('state=all&per_page=5&page=2')).pulls
    const first = (await listPulls('state=all&per_page=5')).pulls
    sandbox.faults.add({ match: {}, kind: 'shift_page', times: 1, afterMatches: 0, retryAfterSeconds: 60 })
    const shifted = (await listPulls('state=all&per_page=5&page=2')).pulls
    expect(shifted[0]?.id).toBe(first[4]?.id)
    expect(shifted[1]?.id).toBe(plain[0]?.id)
  })
})

describe('one pull request', () => {
  test('has the keys of the list and none of those that Gitee leaves out', async () => {
    const { pulls } = await listPulls('state=merged&per_page=1')
    const detail = await (await ask(`${REPO}/pulls/${pulls[0]?.number}`)).json()
    const [listed] = await (await ask(`${REPO}/pulls?state=merged&per_page=1`)).json()
    expect(Object.keys(detail)).toEqual(Object.keys(listed))
    for (const absent of ['additions', 'deletions', 'changed_files', 'merge_commit_sha', 'merged_by', 'merged']) {
      expect(detail).not.toHaveProperty(absent)
    }
    expect(detail.closed_at).toBe(detail.merged_at)
  })

  test('head.repo is the fork of the author, and null where the fork is gone', async () => {
    const detailOf = async ({ number }: PullRequest) =>
      pullSchema.parse(await (await ask(`${REPO}/pulls/${number}`)).json())
    const gone = await detailOf(findPull(({ headRepositoryId }) => headRepositoryId === null))
    expect(gone.head.repo).toBeNull()
    const kept = await detailOf(findPull(({ headRepositoryId }) => headRepositoryId !== null))
    expect(kept.head.repo).toMatchObject({ fork: true, full_name: `${kept.user?.login}/mindspore` })
  })

  test('files have counts as text that add up, and at times no status or no patch', async () => {
    const fileSchema = z.object({
      filename: z.string(),
      status: z.string().nullable(),
      additions: z.string().regex(/^\d+$/),
      deletions: z.string().regex(/^\d+$/),
      patch: z.object({ diff: z.string(), new_path: z.string(), too_large: z.boolean() }).nullable(),
    })
    const { pulls } = await listPulls('state=merged&per_page=60')
    const all: z.infer<typeof fileSchema>[] = []
    for (const { number } of pulls) {
      const files = z.array(fileSchema).parse(await (await ask(`${REPO}/pulls/${number}/files`)).json())
      const pull = findPull((candidate) => candidate.number === number)
      const shown = files.reduce((sum, { additions }) => sum + Number(additions), 0)
      if (pull.changedFiles <= 300) expect(shown).toBe(pull.additions)
      else expect(shown).toBeLessThan(pull.additions)
      expect(files.length).toBe(Math.min(300, pull.changedFiles))
      all.push(...files)
    }
    expect(all.some(({ status }) => status === null)).toBe(true)
    expect(all.some(({ patch }) => patch === null)).toBe(true)
    expect(all.some(({ patch }) => patch?.diff.startsWith('@@'))).toBe(true)
  })

  test('the merger stands in the operate logs, and merge says 204 or 404', async () => {
    const merged = findPull(({ state }) => state === 'merged')
    const logs = await (await ask(`${REPO}/pulls/${merged.number}/operate_logs?sort=asc`)).json()
    const entry = logs.find((log: { action_type: string }) => log.action_type === 'merged_pr')
    expect(entry.user.id).toBe(merged.mergedById)
    expect((await ask(`${REPO}/pulls/${merged.number}/merge`)).status).toBe(204)
    const open = findPull(({ state }) => state === 'open')
    expect((await ask(`${REPO}/pulls/${open.number}/merge`)).status).toBe(404)
  })

  test('commits, comments and labels answer', async () => {
    const pull = findPull(({ state, labels }) => state === 'merged' && labels.length > 0)
    const path = `${REPO}/pulls/${pull.number}`
    const commits = await (await ask(`${path}/commits`)).json()
    expect(commits).toHaveLength(pull.commitCount)
    const labels = await (await ask(`${path}/labels`)).json()
    expect(labels.map(({ name }: { name: string }) => name)).toEqual(pull.labels)
    const comments = await (await ask(`${path}/comments?comment_type=diff_comment`)).json()
    expect(comments.every(({ comment_type }: { comment_type: string }) => comment_type === 'diff_comment')).toBe(true)
  })

  test('its landed commit is found in the commit list by the message', async () => {
    const merged = findPull(({ landing, baseBranch }) => landing !== null && baseBranch === 'master')
    const landedAt = merged.landing?.at.toISOString()
    const commits = await (
      await ask(`${REPO}/commits?sha=${merged.landing?.branch}&since=${landedAt}&until=${landedAt}&per_page=100`)
    ).json()
    const landed = commits.find(({ commit }: { commit: { message: string } }) =>
      commit.message.startsWith(`!${merged.number} `),
    )
    expect(landed.sha).toBe(merged.landing?.sha)
    expect(landed.commit.message).toContain(`Merge pull request !${merged.number} from `)
    expect((await ask(`${REPO}/commits/${landed.sha}`)).status).toBe(200)
  })
})

describe('repositories and users', () => {
  test('a repository has its path form, its display form, and an address that ends in .git', async () => {
    const repository = await (await ask('/repos/mindspore/vllm-mindspore')).json()
    expect(repository).toMatchObject({
      full_name: 'mindspore/vllm-mindspore',
      path: 'vllm-mindspore',
      human_name: 'MindSpore/vLLM MindSpore 插件',
      name: 'vLLM MindSpore 插件',
    })
    expect(repository.html_url).toMatch(/\/mindspore\/vllm-mindspore\.git$/)
    expect(repository.license === null || typeof repository.license === 'string').toBe(true)
    expect((await fetch(repository.html_url)).status).toBe(200)
  })

  test('an organisation lists its repositories', async () => {
    const response = await ask('/orgs/mindspore/repos?per_page=100')
    const names = (await response.json()).map(({ path }: { path: string }) => path)
    expect(names).toContain('mindspore')
    expect(response.headers.get('total_count')).toBe(String(names.length))
    expect((await ask('/orgs/chensiyuan/repos')).status).toBe(404)
    expect(await (await ask('/users/chensiyuan')).json()).toMatchObject({ id: CHEN_SIYUAN, email: null })
  })
})

describe('refusals', () => {
  test.each([
    ['/repos/mindspore/not-there', { message: '404 Project Not Found' }],
    ['/repos/mindspore/not-there/pulls', { message: '404 Project Not Found' }],
    [`${REPO}/pulls/99999999`, { message: '404 Not Found' }],
    [`${REPO}/pulls/abc`, { message: '404 Not Found' }],
    ['/users/nobody-here', { message: '404 User Not Found' }],
    ['/search/pulls', { error: '404 Not Found' }],
  ])('%s is 404 %j', async (path, body) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual(body)
  })

  test('tokens: none where one is needed, unknown, both spellings and the query', async () => {
    const anonymous = await ask('/user', null)
    expect(anonymous.status).toBe(401)
    expect(await anonymous.json()).toEqual({ message: '登录失效，无权限访问该资源' })
    const unknown = await ask('/user', 'Bearer made-up')
    expect(unknown.status).toBe(401)
    expect(await unknown.json()).toEqual({ message: expect.stringContaining('Access token does not exist') })
    expect((await ask('/user', `token ${token}`)).status).toBe(200)
    expect((await ask(`/user?access_token=${token}`, null)).status).toBe(200)
    expect((await ask(REPO, 'Bearer sandbox-gitee-service-yunlu')).status).toBe(200)
  })

  test('60 requests an hour without a token, 5000 with one, and the hour passes', async () => {
    now += 3_600_000
    const first = await ask(REPO, null)
    expect(first.headers.get('x-ratelimit-limit')).toBe('60')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('59')
    for (let index = 0; index < 59; index += 1) await ask(REPO, null)
    const refused = await ask(REPO, null)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual({ message: 'API rate limit exceeded' })
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect((await ask(REPO)).headers.get('x-ratelimit-limit')).toBe('5000')
    now += 3_600_000
    expect((await ask(REPO, null)).status).toBe(200)
  })

  test('asked-for limits come in Gitee form', async () => {
    const fault = { match: {}, times: 1, afterMatches: 0, retryAfterSeconds: 7 } as const
    sandbox.faults.add({ ...fault, kind: 'rate_limit' })
    const limited = await ask(REPO)
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toBe('7')
    expect(await limited.json()).toEqual({ message: 'API rate limit exceeded' })
    sandbox.faults.add({ ...fault, kind: 'secondary' })
    expect(await (await ask(REPO)).json()).toEqual({ message: 'Application has exceeded the rate limit' })
  })
})
