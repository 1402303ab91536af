import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SANDBOX_CLIENTS } from '../options'
import { type RunningSandbox, startSandbox } from '../server'
import { PlainBrowser } from '../testing/plain-browser'
import { shownId } from './ids'

const LIN_YUE = 5150001
const CALLBACK = 'http://localhost:43210/api/link/gitcode/callback'
const SAMPLES = '../shared/platforms/gitcode'

let sandbox: RunningSandbox
let now = Date.parse('2026-11-24T02:00:00Z')
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => new Date(now) })
})
beforeEach(() => {
  // Each in an hour of its own: the limits are real here.
  now += 3_600_000
  sandbox.faults.clear()
})
afterAll(() => sandbox.close())

async function authorize(changed: Record<string, string> = {}) {
  const form = {
    client_id: SANDBOX_CLIENTS.gitcode.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'all_user',
    state: 'state-1',
    account: String(LIN_YUE),
    ...changed,
  }
  return new PlainBrowser(sandbox.origin).follow('/gitcode/oauth/authorize', { form })
}

/** As GitCode's document has it: all in the address, the secret in the body. */
function exchange(changed: Record<string, string>, secret: string = SANDBOX_CLIENTS.gitcode.clientSecret) {
  const query = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: SANDBOX_CLIENTS.gitcode.clientId,
    ...changed,
  })
  const body = new URLSearchParams({ client_secret: secret })
  return fetch(`${sandbox.origin}/gitcode/oauth/token?${query}`, { method: 'POST', body })
}

const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  scope: z.string(),
  created_at: z.string(),
})

async function tokens() {
  const { leftTo } = await authorize()
  const response = await exchange({ code: leftTo?.searchParams.get('code') ?? '' })
  return tokensSchema.parse(await response.json())
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.origin}/gitcode/api/v5${path}`, { headers })
  const body: unknown = await response.json()
  return { status: response.status, headers: response.headers, body }
}

const listSchema = z.array(z.record(z.string(), z.unknown()))
async function list(path: string) {
  const { body } = await ask(path, { authorization: 'Bearer sandbox-gitcode-service-test' })
  return listSchema.parse(body)
}

describe('authorizing', () => {
  test('sends back a code with the state, and a token that lives fifteen days and is told in GitCode’s form', async () => {
    const { leftTo } = await authorize()
    expect(leftTo?.href.startsWith(CALLBACK)).toBe(true)
    expect(leftTo?.searchParams.get('state')).toBe('state-1')
    const given = await tokens()
    expect(given).toMatchObject({ expires_in: 1_296_000, scope: 'all_user' })
    expect(given.created_at).toMatch(/^\d{4}-.*Z$/)
    const { body } = await ask('/user', { authorization: `Bearer ${given.access_token}` })
    expect(body).toMatchObject({ id: shownId(LIN_YUE), login: 'linyue' })
    now += 15 * 86_400_000
    expect((await ask('/user', { 'private-token': given.access_token })).status).toBe(401)
  })

  test('a code, or a refresh token, works once; a wrong secret never; no says no', async () => {
    const { leftTo } = await authorize()
    const code = leftTo?.searchParams.get('code') ?? ''
    expect((await exchange({ code }, 'wrong')).status).toBe(401)
    expect((await exchange({ code })).status).toBe(200)
    expect((await exchange({ code })).status).toBe(401)
    const { refresh_token } = await tokens()
    const again = { grant_type: 'refresh_token', refresh_token }
    expect([(await exchange(again)).status, (await exchange(again)).status]).toEqual([200, 401])
    expect((await authorize({ deny: '1' })).leftTo?.searchParams.get('error')).toBe('access_denied')
    expect((await authorize({ redirect_uri: 'http://evil.example/api/link/gitcode/callback' })).leftTo).toBeNull()
  })
})

describe('what GitCode has of its own', () => {
  test('wants a token for what is public, and refuses in two forms', async () => {
    expect(await ask('/repos/Ascend/MindSpeed/pulls')).toMatchObject({
      status: 401,
      body: { message: '401 Unauthorized' },
    })
    const { status, body } = await ask('/repos/no/body', { authorization: 'Bearer sandbox-gitcode-service-test' })
    expect(status).toBe(404)
    expect(body).toMatchObject({ error_code: 404, error_code_name: 'NOT_FOUND' })
    expect((await ask('/users/linyue')).status).toBe(200)
  })

  test('shows everything where Gitee shows what is open, and counts when asked to', async () => {
    const states = new Set((await list('/repos/Ascend/MindSpeed/pulls?per_page=100')).map(({ state }) => state))
    expect(states).toContain('merged')
    const { body } = await ask('/repos/Ascend/MindSpeed/pulls?only_count=true', {
      authorization: 'Bearer sandbox-gitcode-service-test',
    })
    const counts = z.object({ all: z.number(), merged: z.number() }).parse(body)
    expect(counts.all).toBeGreaterThan(counts.merged)
  })

  test('bounds the time of merging', async () => {
    const day = '2026-09-01T00:00:00+08:00'
    const path = `/repos/Ascend/MindSpeed/pulls?state=merged&per_page=100&merged_after=${encodeURIComponent(day)}`
    const merged = (await list(path)).map(({ merged_at: at }) => new Date(String(at)).getTime())
    expect(merged.length).toBeGreaterThan(0)
    expect(Math.min(...merged)).toBeGreaterThanOrEqual(Date.parse(day))
  })

  test('lists have line counts and the whole repository; a single answer has neither, and a name with two underscores', async () => {
    const [listed] = await list('/repos/Ascend/MindSpeed/pulls?state=merged')
    expect(listed).toMatchObject({
      added_lines: expect.any(Number),
      removed_lines: expect.any(Number),
      merged_by: { login: 'ascend-robot' },
      user: { id: expect.stringMatching(/^[0-9a-f]{24}$/) },
      base: { repo: { full_path: 'Ascend/MindSpeed', id: 3010001 } },
    })
    expect(JSON.stringify(listed)).not.toContain('merge_commit')
    const { body } = await ask(`/repos/Ascend/MindSpeed/pulls/${listed?.number}`, {
      authorization: 'Bearer sandbox-gitcode-service-test',
    })
    expect(body).toHaveProperty('closed__at')
    expect(body).not.toHaveProperty('added_lines')
    const [open] = await list('/repos/Ascend/MindSpeed/pulls?state=open')
    expect(open?.merged_at).toBe('')
  })

  test('times of lists have a zone and no fractions, of logs and remarks have both, in zones of their own', async () => {
    const [listed] = await list('/repos/Ascend/MindSpeed/pulls?state=merged')
    expect(listed?.updated_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
    const pull = `/repos/Ascend/MindSpeed/pulls/${listed?.number}`
    const [log] = await list(`${pull}/operate_logs`)
    expect(log?.created_at).toMatch(/\.\d{3}\+08:00$/)
    const [remark] = await list(`${pull}/comments?comment_type=diff_comment`)
    expect(remark?.created_at).toMatch(/\.\d{3}\+00:00$/)
    expect(remark).toMatchObject({ user: { id: expect.any(Number) } })
  })

  test('lists what one wrote in all repositories, only to oneself', async () => {
    const { access_token } = await tokens()
    const { body } = await ask('/user/pulls?state=merged&per_page=100', { authorization: `Bearer ${access_token}` })
    const own = listSchema.parse(body)
    expect(new Set(own.map(({ project_id }) => project_id)).size).toBeGreaterThan(1)
    expect(own.every(({ user }) => JSON.stringify(user).includes(shownId(LIN_YUE)))).toBe(true)
    const service = await ask('/user/pulls', { authorization: 'Bearer sandbox-gitcode-service-test' })
    expect(service.status).toBe(403)
  })

  test('lets fifty requests a minute pass, says no word of when, and refuses what looks like an attack', async () => {
    const token = { authorization: 'Bearer sandbox-gitcode-service-busy' }
    const statuses: number[] = []
    for (let index = 0; index < 51; index += 1) statuses.push((await ask('/users/linyue', token)).status)
    expect([statuses.slice(0, 50).every((status) => status === 200), statuses[50]]).toEqual([true, 429])
    const { headers } = await ask('/users/linyue', token)
    expect([headers.get('retry-after'), headers.get('x-ratelimit-reset')]).toEqual([null, null])
    now += 60_000
    expect((await ask('/users/linyue', token)).status).toBe(200)
    expect((await ask('/users/linyue?q=%3Cscript%3E', token)).status).toBe(418)
  })
})

describe.skipIf(!existsSync(SAMPLES))('shapes, as GitCode documents them (where its document is at hand)', () => {
  const documented = (file: string): Record<string, unknown> => {
    const text = readFileSync(`${SAMPLES}/${file}`, 'utf8')
    const schemas = [...text.matchAll(/```json\n([\s\S]*?)\n```/g)].map(
      ([, block = '']) => JSON.parse(block) as unknown,
    )
    const schema = z.object({ items: z.object({ properties: z.record(z.string(), z.unknown()) }) })
    const single = z.object({ properties: z.record(z.string(), z.unknown()) })
    for (const one of schemas) {
      const found = schema.safeParse(one).data?.items.properties ?? single.safeParse(one).data?.properties
      if (found) return found
    }
    throw new Error(`no schema in ${file}`)
  }

  test.each([
    ['get-api-v-5-repos-owner-repo-pulls.md', '/repos/Ascend/MindSpeed/pulls?state=merged'],
    ['get-api-v-5-orgs-org-repos.md', '/orgs/Ascend/repos'],
  ])('%s: nothing is shown that is not documented', async (file, path) => {
    const known = Object.keys(documented(file))
    const [shown] = await list(path)
    const extra = Object.keys(shown ?? {}).filter((key) => !known.includes(key))
    // Seen in the document's own examples, though not in its schema.
    const inExamples = ['issue_url', 'html_url', 'internal', 'license', 'open_issues_count', 'project_creator', 'owner']
    expect(extra.filter((key) => !inExamples.includes(key))).toEqual([])
  })
})
