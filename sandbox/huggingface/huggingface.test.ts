import { createHash } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SANDBOX_CLIENTS } from '../options'
import { type RunningSandbox, startSandbox } from '../server'
import { PlainBrowser } from '../testing/plain-browser'
import { shownId } from './ids'

const LIN_YUE = 7150001
const CALLBACK = 'http://localhost:43210/api/link/huggingface/callback'
const VERIFIER = 'v'.repeat(43)
const CLIENT = SANDBOX_CLIENTS.huggingface

let sandbox: RunningSandbox
let now = Date.parse('2026-11-24T02:00:00Z')
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => new Date(now) })
})
beforeEach(() => {
  // Each in a window of its own: the limits are real here.
  now += 300_000
  sandbox.faults.clear()
})
afterAll(() => sandbox.close())

async function authorize(changed: Record<string, string> = {}) {
  const form = {
    client_id: CLIENT.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    account: String(LIN_YUE),
    ...changed,
  }
  return new PlainBrowser(sandbox.origin).follow('/huggingface/oauth/authorize', { form })
}

function exchange(changed: Record<string, string>, secret: string = CLIENT.clientSecret) {
  return fetch(`${sandbox.origin}/huggingface/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${CLIENT.clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...changed,
    }),
  })
}

const tokensSchema = z.object({ access_token: z.string(), id_token: z.string(), expires_in: z.number() })

async function signIn(changed: Record<string, string> = {}) {
  const { leftTo } = await authorize(changed)
  const response = await exchange({ code: leftTo?.searchParams.get('code') ?? '' })
  return tokensSchema.parse(await response.json())
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.origin}/huggingface${path}`, { headers })
  const body: unknown = await response.json()
  return { status: response.status, headers: response.headers, body }
}

const listSchema = z.object({
  discussions: z.array(z.looseObject({ num: z.number(), status: z.string(), createdAt: z.string() })),
  count: z.number(),
  start: z.number(),
})
const list = async (path: string) => listSchema.parse((await ask(path)).body)

describe('OpenID Connect', () => {
  test('is described where clients look for it, and signs who it is for eight hours', async () => {
    const { body } = await ask('/.well-known/openid-configuration')
    const found = z.looseObject({ issuer: z.string(), jwks_uri: z.string() }).parse(body)
    expect(found).toMatchObject({ code_challenge_methods_supported: ['S256'] })
    const tokens = await signIn()
    expect(tokens.expires_in).toBe(28_800)
    const { payload } = await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(found.jwks_uri)), {
      issuer: found.issuer,
      audience: CLIENT.clientId,
      currentDate: new Date(now),
    })
    expect(payload).toMatchObject({ sub: shownId(LIN_YUE), nonce: 'nonce-1' })
  })

  test('userinfo says the id, the name and no address unless it was asked for', async () => {
    const { access_token } = await signIn()
    const { body } = await ask('/oauth/userinfo', { authorization: `Bearer ${access_token}` })
    expect(body).toMatchObject({ sub: shownId(LIN_YUE), preferred_username: 'linyue-hf' })
    expect(JSON.stringify(body)).not.toContain('@')
    const wider = await signIn({ scope: 'openid profile email' })
    const told = await ask('/oauth/userinfo', { authorization: `Bearer ${wider.access_token}` })
    expect(told.body).toMatchObject({ email: expect.stringContaining('@') })
    now += 28_800_000
    expect((await ask('/oauth/userinfo', { authorization: `Bearer ${access_token}` })).status).toBe(401)
  })

  test('a code works once, with its verifier, its address and its client', async () => {
    const code = async () => (await authorize()).leftTo?.searchParams.get('code') ?? ''
    const first = await code()
    expect((await exchange({ code: first })).status).toBe(200)
    expect((await exchange({ code: first })).status).toBe(400)
    expect((await exchange({ code: await code(), code_verifier: 'w'.repeat(43) })).status).toBe(400)
    expect((await exchange({ code: await code(), redirect_uri: `${CALLBACK}/x` })).status).toBe(400)
    expect((await exchange({ code: await code() }, 'another secret')).status).toBe(401)
    const late = await code()
    now += 301_000
    expect((await exchange({ code: late })).status).toBe(400)
  })

  test('who refuses, asks for too much or comes from elsewhere gets no code', async () => {
    expect((await authorize({ deny: '1' })).leftTo?.searchParams.get('error')).toBe('access_denied')
    expect((await authorize({ scope: 'everything' })).leftTo?.searchParams.get('error')).toBe('invalid_scope')
    expect((await authorize({ redirect_uri: 'https://elsewhere.example/x' })).leftTo).toBeNull()
  })
})

describe('the Hub’s API', () => {
  test('a list says as much as the Hub says: no time of merging, no commit, merged among the closed', async () => {
    const { discussions, count, start } = await list(
      '/api/models/BAAI/bge-m3/discussions?type=pull_request&status=closed&sort=recently-created&p=0',
    )
    expect(start).toBe(0)
    expect(discussions).toHaveLength(count)
    expect(new Set(discussions.map(({ status }) => status))).toEqual(new Set(['merged', 'closed']))
    const times = discussions.map(({ createdAt }) => createdAt)
    expect(times).toEqual(times.toSorted().reverse())
    expect(times.every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time))).toBe(true)
    expect(Object.keys(discussions[0] ?? {}).sort()).toEqual(
      [
        ['author', 'createdAt', 'isPullRequest', 'num', 'numComments', 'numReactionUsers', 'pinned'],
        ['repo', 'repoOwner', 'status', 'title', 'topReactions'],
      ].flat(),
    )
    expect(discussions.some((one) => !('author' in one))).toBe(true)
    expect(discussions.find(({ author }) => author !== undefined)).toMatchObject({
      author: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), type: 'user' },
      repo: { name: 'BAAI/bge-m3', type: 'model' },
    })
  })

  test('there is no filter for what was merged; an author’s are found by name', async () => {
    expect((await ask('/api/models/BAAI/bge-m3/discussions?status=merged')).status).toBe(400)
    const own = await list('/api/models/BAAI/bge-m3/discussions?type=pull_request&author=csy-forge')
    expect(own.discussions.length).toBeGreaterThan(0)
    expect(own.discussions.every(({ author }) => JSON.stringify(author).includes('csy-forge'))).toBe(true)
    expect((await list('/api/models/BAAI/bge-m3/discussions?type=discussion')).count).toBe(0)
  })

  test('one pull request has its story, the commit it became, and a diff only where one is asked for', async () => {
    const { discussions } = await list('/api/datasets/HuggingFaceFW/fineweb/discussions?status=closed')
    const merged = discussions.find(({ status }) => status === 'merged')
    const path = `/api/datasets/HuggingFaceFW/fineweb/discussions/${merged?.num}`
    const plain = await ask(path)
    expect(plain.body).not.toHaveProperty('diff')
    const { body } = await ask(`${path}?diff=1`)
    const shape = z.looseObject({
      diff: z.string(),
      changes: z.object({ base: z.string(), mergeCommitId: z.string() }),
      events: z.array(z.looseObject({ type: z.string(), createdAt: z.string(), data: z.looseObject({}) })),
    })
    const details = shape.parse(body)
    expect(details.diff).toMatch(/^diff --git a\//)
    expect(details.changes).toMatchObject({
      base: 'refs/heads/main',
      mergeCommitId: expect.stringMatching(/^[0-9a-f]{40}$/),
    })
    expect(details.events.at(-1)).toMatchObject({ type: 'status-change', data: { status: 'merged' } })
    expect(details.events.map(({ type }) => type)).toContain('commit')
  })

  test('a repository says what its card says; a dataset without a card says no licence', async () => {
    expect((await ask('/api/models/linyue-hf/qwen2.5-0.5b-campus-qa')).body).toMatchObject({
      id: 'linyue-hf/qwen2.5-0.5b-campus-qa',
      cardData: { license: 'apache-2.0' },
      downloads: 1840,
      likes: 37,
      gated: false,
      createdAt: '2026-10-12T02:00:00.000Z',
    })
    const bare = await ask('/api/datasets/linyue-hf/campus-dialogues')
    expect(bare.body).toMatchObject({ id: 'linyue-hf/campus-dialogues', downloads: 62 })
    expect(bare.body).not.toHaveProperty('cardData')
    expect(bare.body).not.toHaveProperty('modelId')
  })

  test('lists by author go on by a link', async () => {
    const first = await ask('/api/models?author=linyue-hf&limit=1')
    expect(first.headers.get('link')).toMatch(/<http.*p=1.*>; rel="next"/)
    const all = await ask('/api/models?author=linyue-hf')
    expect(all.headers.get('link')).toBeNull()
    expect(z.array(z.looseObject({ author: z.literal('linyue-hf') })).parse(all.body)).toHaveLength(2)
  })

  test('to strangers what is not there is "not signed in"; a header tells', async () => {
    const stranger = await ask('/api/models/no/such')
    expect([stranger.status, stranger.headers.get('x-error-code')]).toEqual([401, 'RepoNotFound'])
    const service = { authorization: 'Bearer sandbox-huggingface-service-yunlu' }
    expect((await ask('/api/models/no/such', service)).status).toBe(404)
    const wrong = await ask('/api/models/BAAI/bge-m3', { authorization: 'Bearer made-up' })
    expect([wrong.status, wrong.headers.get('x-error-code')]).toEqual([401, null])
  })

  test('each answer says what is left of five minutes; strangers have half', async () => {
    const { headers } = await ask('/api/users/linyue-hf/overview')
    expect(headers.get('ratelimit')).toMatch(/^"api";r=499;t=\d+$/)
    expect(headers.get('ratelimit-policy')).toBe('"fixed window";"api";q=500;w=300')
    for (let count = 0; count < 499; count += 1) await ask('/api/users/linyue-hf/overview')
    const refused = await ask('/api/users/linyue-hf/overview')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('ratelimit')).toMatch(/^"api";r=0;t=\d+$/)
    const service = { authorization: 'Bearer sandbox-huggingface-service-yunlu' }
    expect((await ask('/api/users/linyue-hf/overview', service)).status).toBe(200)
    now += 300_000
    expect((await ask('/api/users/linyue-hf/overview')).status).toBe(200)
  })
})
