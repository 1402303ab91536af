import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createIdentityParts, identityPeople } from './identity/part'
import { PlainBrowser } from './testing/plain-browser'
import { demoPeople } from './world/demo-people'

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  userinfo_endpoint: z.string(),
  end_session_endpoint: z.string(),
  jwks_uri: z.string(),
})
const tokensSchema = z.object({ access_token: z.string(), id_token: z.string() })

let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const parts = createIdentityParts({
    origin,
    now: () => new Date(),
    tokenSecret: 'test',
    clients: { github: [], gitee: [], gitcode: [], huggingface: [] },
    gitcodeLimits: { perMinute: 50, perHour: 4000 },
    get world(): never {
      throw new Error('the sign-in needs no world')
    },
  })
  server.on('request', (request, response) => {
    const part = parts.find(({ prefix }) => request.url?.startsWith(`${prefix}/`))
    if (part && 'listen' in part) part.listen(request, response)
    else response.writeHead(404).end()
  })
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

type Attempt = { slug: string; redirectUri?: string; challenge?: string | null; extra?: Record<string, string> }

const verifier = randomBytes(32).toString('base64url')
const callbackOf = (slug: string): string => `http://localhost:43210/api/auth/callback/oidc-${slug}`

async function discover(slug: string) {
  const response = await fetch(`${origin}/sso/${slug}/.well-known/openid-configuration`)
  return discoverySchema.parse(await response.json())
}

async function authorizeAddress(attempt: Attempt): Promise<string> {
  const url = new URL((await discover(attempt.slug)).authorization_endpoint)
  const challenge =
    attempt.challenge === undefined ? createHash('sha256').update(verifier).digest('base64url') : attempt.challenge
  const parameters: Record<string, string> = {
    client_id: `yuanfen-${attempt.slug}`,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: attempt.redirectUri ?? callbackOf(attempt.slug),
    state: 'state-1',
    nonce: 'nonce-1',
    ...(challenge === null ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
    ...attempt.extra,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

async function signIn(browser: PlainBrowser, slug: string, person: string): Promise<URL> {
  const page = await browser.follow(await authorizeAddress({ slug }))
  expect(page.response.status).toBe(200)
  const landing = await browser.follow(page.at.href, { form: { person } })
  if (landing.leftTo === null) throw new Error(`not sent back: ${await landing.response.text()}`)
  return landing.leftTo
}

async function exchange(slug: string, code: string, changed: Record<string, string> = {}): Promise<Response> {
  const { token_endpoint } = await discover(slug)
  return fetch(token_endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`yuanfen-${slug}:sandbox-${slug}-secret`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: callbackOf(slug),
      code_verifier: verifier,
      ...changed,
    }),
  })
}

async function claimsOf(slug: string, person: string) {
  const back = await signIn(new PlainBrowser(origin), slug, person)
  const tokens = tokensSchema.parse(await (await exchange(slug, back.searchParams.get('code') ?? '')).json())
  const { issuer, jwks_uri } = await discover(slug)
  const { payload } = await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: `yuanfen-${slug}`,
  })
  return { payload, tokens }
}

describe('signing in', () => {
  test('the whole code flow gives the claims of a student', async () => {
    const browser = new PlainBrowser(origin)
    const back = await signIn(browser, 'yunlu', 'lin-yue')
    expect(back.origin + back.pathname).toBe(callbackOf('yunlu'))
    expect(back.searchParams.get('state')).toBe('state-1')
    const { payload, tokens } = await claimsOf('yunlu', 'lin-yue')
    expect(payload).toMatchObject({
      nonce: 'nonce-1',
      name: '林悦',
      student_number: '0230417001',
      preferred_username: '0230417001',
      department: '计算机学院',
      programme: '计算机科学与技术',
      class_name: '计科2301',
      email: 'lin-yue@yunlu.example.edu',
      roles: ['student'],
      locale: 'zh-CN',
    })
    const { userinfo_endpoint } = await discover('yunlu')
    const userinfo = await fetch(userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect(await userinfo.json()).toMatchObject({ sub: payload.sub, student_number: '0230417001' })
  })

  test('the subject is stable, opaque, and another at each university', async () => {
    const first = await claimsOf('yunlu', 'peng-yichen')
    const again = await claimsOf('yunlu', 'peng-yichen')
    const other = await claimsOf('haicheng', 'peng-yichen')
    expect(again.payload.sub).toBe(first.payload.sub)
    expect(other.payload.sub).not.toBe(first.payload.sub)
    expect(first.payload.sub).not.toContain('peng')
    expect(other.payload.roles).toEqual(['reviewer', 'admin'])
  })

  test('localhost is an issuer of its own, with the same subjects', async () => {
    const local = origin.replace('127.0.0.1', 'localhost')
    const response = await fetch(`${local}/sso/yunlu/.well-known/openid-configuration`)
    expect(discoverySchema.parse(await response.json())).toMatchObject({
      issuer: `${local}/sso/yunlu`,
      token_endpoint: `${local}/sso/yunlu/token`,
    })
  })

  test('a second request of the same browser needs no choice, and prompt=login asks again', async () => {
    const browser = new PlainBrowser(origin)
    await signIn(browser, 'yunlu', 'shen-guoan')
    const silent = await browser.follow(await authorizeAddress({ slug: 'yunlu' }))
    expect(silent.leftTo?.searchParams.get('code')).toBeTruthy()
    const asked = await browser.follow(await authorizeAddress({ slug: 'yunlu', extra: { prompt: 'login' } }))
    expect(asked.leftTo).toBeNull()
    const switched = await browser.follow(asked.at.href, { form: { person: 'liu-jing' } })
    const tokens = tokensSchema.parse(
      await (await exchange('yunlu', switched.leftTo?.searchParams.get('code') ?? '')).json(),
    )
    expect(JSON.parse(atob(tokens.id_token.split('.')[1] ?? '')).student_number).toBe('00090002')
  })

  test('cookies of the two universities have names and paths of their own', async () => {
    const browser = new PlainBrowser(origin)
    await signIn(browser, 'yunlu', 'lin-yue')
    await signIn(browser, 'haicheng', 'wang-ruoxi')
    expect(browser.cookieNames()).toEqual(expect.arrayContaining(['sso_yunlu', 'sso_haicheng']))
    const silent = await browser.follow(await authorizeAddress({ slug: 'yunlu' }))
    expect(silent.leftTo?.searchParams.get('code')).toBeTruthy()
  })

  test('cancelling goes back with access_denied and the state', async () => {
    const browser = new PlainBrowser(origin)
    const page = await browser.follow(await authorizeAddress({ slug: 'yunlu' }))
    const { leftTo } = await browser.follow(page.at.href, { form: { cancel: '1' } })
    expect(leftTo?.searchParams.get('error')).toBe('access_denied')
    expect(leftTo?.searchParams.get('state')).toBe('state-1')
  })
})

describe('the page', () => {
  test('speaks the asked language, finds by number, runs no script', async () => {
    const browser = new PlainBrowser(origin)
    const page = await browser.follow(await authorizeAddress({ slug: 'haicheng', extra: { ui_locales: 'en' } }))
    const html = await page.response.text()
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('Choose who to sign in as')
    expect(html).not.toContain('<script')
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const found = await (await browser.request(`${page.at.href}?q=0023110118`)).text()
    expect(found).toContain('高天宇')
    expect(found).not.toContain('王若溪')
    const nobody = await (await browser.request(`${page.at.href}?q=${encodeURIComponent('<b>"')}`)).text()
    expect(nobody).toContain('&lt;b&gt;&quot;')
    expect(nobody).toContain('Nobody found')
  })

  test('another browser cannot finish the sign-in, and an unknown person is refused', async () => {
    const browser = new PlainBrowser(origin)
    const page = await browser.follow(await authorizeAddress({ slug: 'yunlu' }))
    const stranger = await new PlainBrowser(origin).request(page.at.href, { form: { person: 'lin-yue' } })
    expect(stranger.status).toBe(400)
    // The student of the other university is nobody here.
    expect((await browser.request(page.at.href, { form: { person: 'wang-ruoxi' } })).status).toBe(422)
  })
})

describe('refusals', () => {
  test.each([
    'http://evil.example/api/auth/callback/oidc-yunlu',
    'http://localhost:43210/elsewhere',
    'http://localhost:43210/api/auth/callback/oidc-haicheng',
    'http://user@localhost:43210/api/auth/callback/oidc-yunlu',
  ])('does not send anybody to %s', async (redirectUri) => {
    const response = await fetch(await authorizeAddress({ slug: 'yunlu', redirectUri }), { redirect: 'manual' })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).toContain('invalid_redirect_uri')
  })

  test('no PKCE, no code', async () => {
    const browser = new PlainBrowser(origin)
    const { leftTo } = await browser.follow(await authorizeAddress({ slug: 'yunlu', challenge: null }))
    expect(leftTo?.searchParams.get('error')).toBe('invalid_request')
  })

  test.each([
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['another redirect address', { redirect_uri: 'http://localhost:1/api/auth/callback/oidc-yunlu' }],
  ])('%s at the token endpoint is invalid_grant', async (_what, changed) => {
    const back = await signIn(new PlainBrowser(origin), 'yunlu', 'lin-yue')
    const response = await exchange('yunlu', back.searchParams.get('code') ?? '', changed)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
  })

  test('a code works once, and only at its own university', async () => {
    const code = (await signIn(new PlainBrowser(origin), 'yunlu', 'lin-yue')).searchParams.get('code') ?? ''
    expect((await exchange('haicheng', code)).status).toBe(400)
    expect((await exchange('yunlu', code)).status).toBe(200)
    expect((await exchange('yunlu', code)).status).toBe(400)
  })

  test('a wrong client secret is invalid_client', async () => {
    const { token_endpoint } = await discover('yunlu')
    const response = await fetch(token_endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('yuanfen-yunlu:wrong')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x' }),
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  })
})

describe('signing out', () => {
  async function logoutAddress(target: string): Promise<string> {
    const url = new URL((await discover('yunlu')).end_session_endpoint)
    url.searchParams.set('client_id', 'yuanfen-yunlu')
    url.searchParams.set('post_logout_redirect_uri', target)
    url.searchParams.set('state', 'bye')
    return url.href
  }

  test('ends the session and goes back with the state', async () => {
    const browser = new PlainBrowser(origin)
    await signIn(browser, 'yunlu', 'lin-yue')
    const copied = browser.copy()
    const { leftTo } = await browser.follow(await logoutAddress('http://localhost:43210/goodbye'))
    expect(leftTo?.href).toBe('http://localhost:43210/goodbye?state=bye')
    expect(browser.cookieNames()).not.toContain('sso_yunlu')
    const next = await browser.follow(await authorizeAddress({ slug: 'yunlu' }))
    expect(next.leftTo).toBeNull()
    // The session itself is gone, not only this browser's cookie.
    expect((await copied.follow(await authorizeAddress({ slug: 'yunlu' }))).leftTo).toBeNull()
  })

  test('makes the access token worthless', async () => {
    const browser = new PlainBrowser(origin)
    const back = await signIn(browser, 'yunlu', 'lin-yue')
    const tokens = tokensSchema.parse(await (await exchange('yunlu', back.searchParams.get('code') ?? '')).json())
    await browser.follow(await logoutAddress('http://localhost:43210/'))
    const { userinfo_endpoint } = await discover('yunlu')
    const response = await fetch(userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect(response.status).toBe(401)
  })

  test('works for somebody who is not signed in, and refuses strange addresses', async () => {
    const browser = new PlainBrowser(origin)
    const { leftTo } = await browser.follow(await logoutAddress('http://localhost:43210/'))
    expect(leftTo?.pathname).toBe('/')
    expect((await browser.request(await logoutAddress('http://evil.example/'))).status).toBe(400)
  })
})

test('each university has students, five professors, two admins, and somebody with two roles', () => {
  for (const slug of ['yunlu', 'haicheng'] as const) {
    const people = identityPeople(slug)
    const count = (role: 'student' | 'reviewer' | 'admin') => people.filter(({ roles }) => roles.includes(role)).length
    expect(count('student')).toBeGreaterThanOrEqual(40)
    expect(count('reviewer')).toBeGreaterThanOrEqual(5)
    expect(count('admin')).toBeGreaterThanOrEqual(2)
    expect(people.some(({ roles }) => roles.length > 1)).toBe(true)
    expect(new Set(people.map(({ number }) => number)).size).toBe(people.length)
  }
  expect(new Set(demoPeople.map(({ key }) => key)).size).toBe(demoPeople.length)
})
