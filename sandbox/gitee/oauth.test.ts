import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../server'
import {
  askForGiteeTokens,
  authorizeAtGitee,
  GITEE_CALLBACK,
  giteeAuthorizeAddress,
  giteeTokensOf,
} from '../testing/gitee-account'
import { PlainBrowser } from '../testing/plain-browser'

const LIN_YUE = 9150001
const DAY_MS = 86_400_000

let sandbox: RunningSandbox
let origin = ''
let now = Date.now()

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => new Date(now) })
  origin = sandbox.origin
})
beforeEach(() => {
  now = Date.now()
})
afterAll(() => sandbox.close())

function getUser(token: string): Promise<Response> {
  return fetch(`${origin}/gitee/api/v5/user`, { headers: { authorization: `Bearer ${token}` } })
}

describe('authorizing', () => {
  test('the page lists who one can be, finds others, and sends back a code with the state', async () => {
    const browser = new PlainBrowser(origin)
    const page = await browser.request(giteeAuthorizeAddress(origin))
    const html = await page.text()
    expect(html).toContain(`name="account" value="${LIN_YUE}" data-login="lin-yue"`)
    expect(html).not.toContain('<script')
    const found = await (await browser.request(giteeAuthorizeAddress(origin, { q: 'MASIQI' }))).text()
    expect(found).toContain('data-login="masiqi"')
    expect(found).not.toContain('data-login="lin-yue"')
    const back = await authorizeAtGitee(origin, LIN_YUE)
    expect(back.origin + back.pathname).toBe(GITEE_CALLBACK)
    expect(back.searchParams.get('state')).toBe('state-1')
    expect(back.searchParams.get('code')).toBeTruthy()
  })

  test('saying no goes back with access_denied', async () => {
    const form = Object.fromEntries(new URL(giteeAuthorizeAddress(origin)).searchParams)
    const { leftTo } = await new PlainBrowser(origin).follow('/gitee/oauth/authorize', { form: { ...form, deny: '1' } })
    expect(leftTo?.searchParams.get('error')).toBe('access_denied')
    expect(leftTo?.searchParams.get('state')).toBe('state-1')
  })

  test.each([
    { client_id: 'somebody-else' },
    { redirect_uri: 'http://evil.example/api/link/gitee/callback' },
    { redirect_uri: 'http://localhost:43210@evil.example/' },
  ])('%j is not sent anywhere', async (changed) => {
    const response = await fetch(giteeAuthorizeAddress(origin, changed), { redirect: 'manual' })
    expect(response.status).toBe(401)
    expect(response.headers.get('location')).toBeNull()
  })

  test.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'user_info everything' }, 'invalid_scope'],
  ])('%j goes back with %s', async (changed, error) => {
    const response = await fetch(giteeAuthorizeAddress(origin, changed), { redirect: 'manual' })
    expect(response.status).toBe(302)
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe(error)
  })

  test('organisations cannot sign in', async () => {
    const mindspore = sandbox.context.world.findAccountByLogin('gitee', 'mindspore')
    await expect(authorizeAtGitee(origin, mindspore?.id ?? 0)).rejects.toThrow('401')
  })
})

describe('tokens', () => {
  test('a code gives a token for a day, which names the account', async () => {
    const tokens = await giteeTokensOf(origin, LIN_YUE)
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 86_400, scope: 'user_info' })
    expect(tokens.created_at).toBe(Math.floor(now / 1000))
    const user = await getUser(tokens.access_token)
    expect(await user.json()).toMatchObject({ id: LIN_YUE, login: 'lin-yue', name: '林悦', type: 'User', email: null })
    now += DAY_MS
    const later = await getUser(tokens.access_token)
    expect(later.status).toBe(401)
    expect(await later.json()).toEqual({ message: expect.stringContaining('Access token is expired') })
  })

  test('only the scope emails shows the address', async () => {
    const { access_token } = await giteeTokensOf(origin, LIN_YUE, { scope: 'user_info emails' })
    expect(await (await getUser(access_token)).json()).toMatchObject({ email: expect.stringContaining('@') })
  })

  test('a code works once, for ten minutes, at its own address, with the secret', async () => {
    const code = async () => (await authorizeAtGitee(origin, LIN_YUE)).searchParams.get('code')
    const used = await code()
    expect((await askForGiteeTokens(origin, { code: used })).status).toBe(200)
    const refused = [
      await askForGiteeTokens(origin, { code: used }),
      await askForGiteeTokens(origin, { code: await code(), redirect_uri: `${GITEE_CALLBACK}/other` }),
      await askForGiteeTokens(origin, { code: 'gitee_code_made.up' }),
    ]
    const old = await code()
    now += 601_000
    refused.push(await askForGiteeTokens(origin, { code: old }))
    for (const response of refused) {
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: 'invalid_grant', error_description: expect.any(String) })
    }
    const wrongSecret = await askForGiteeTokens(origin, { code: await code(), client_secret: 'guess' })
    expect(await wrongSecret.json()).toMatchObject({ error: 'invalid_client' })
    const otherGrant = await askForGiteeTokens(origin, { grant_type: 'password' })
    expect(await otherGrant.json()).toMatchObject({ error: 'unsupported_grant_type' })
    expect(await (await askForGiteeTokens(origin, { code: null })).json()).toMatchObject({ error: 'invalid_request' })
  })

  test('a refresh token gives a new pair once', async () => {
    const first = await giteeTokensOf(origin, LIN_YUE)
    now += 2 * DAY_MS
    const refresh = () =>
      fetch(`${origin}/gitee/oauth/token?grant_type=refresh_token&refresh_token=${first.refresh_token}`, {
        method: 'POST',
      })
    const second = await (await refresh()).json()
    expect((await getUser(second.access_token)).status).toBe(200)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await (await refresh()).json()).toMatchObject({ error: 'invalid_grant' })
  })

  test('without a User-Agent the token endpoint is closed', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = httpRequest(`${origin}/gitee/oauth/token`, { method: 'POST' }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject)
      asked.end('grant_type=authorization_code')
    })
    expect(status).toBe(403)
  })

  test('tokens outlive a restart of the sandbox', async () => {
    const { access_token } = await giteeTokensOf(origin, LIN_YUE)
    const again = await startSandbox({ port: 0 })
    const response = await fetch(`${again.origin}/gitee/api/v5/user?access_token=${access_token}`)
    await again.close()
    expect(response.status).toBe(200)
  })
})
