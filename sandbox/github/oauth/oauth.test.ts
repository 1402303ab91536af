import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SANDBOX_CLIENTS } from '../../options'
import { type RunningSandbox, startSandbox } from '../../server'
import { askForGitHubToken, authorizeAtGitHub, GITHUB_CALLBACK, githubTokenOf } from '../../testing/github-account'

let sandbox: RunningSandbox
let now = new Date('2026-11-24T08:00:00Z')

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => now })
})
afterAll(() => sandbox.close())

const { clientId, clientSecret } = SANDBOX_CLIENTS.github

async function codeFor(login: string, changed: Record<string, string> = {}): Promise<string> {
  const back = await authorizeAtGitHub(sandbox.origin, login, changed)
  return back.searchParams.get('code') ?? ''
}

function authorizePage(query: Record<string, string>): Promise<Response> {
  const address = `${sandbox.origin}/github/login/oauth/authorize?${new URLSearchParams(query)}`
  return fetch(address, { redirect: 'manual' })
}

function applications(path: string, method: string, token: string, secret: string = clientSecret): Promise<Response> {
  return fetch(`${sandbox.origin}/github/api/applications/${clientId}/${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: JSON.stringify({ access_token: token }),
  })
}

async function statusOfUser(token: string): Promise<number> {
  return (await fetch(`${sandbox.origin}/github/api/user`, { headers: { authorization: `Bearer ${token}` } })).status
}

describe('the authorize page', () => {
  test('offers accounts that match the search', async () => {
    const page = await (
      await authorizePage({ client_id: clientId, redirect_uri: GITHUB_CALLBACK, q: 'lin yue' })
    ).text()
    expect(page).toContain('Authorize as @linyue-dev')
    expect(page).not.toContain('Authorize as @ruoxi-w')
  })

  test('sends a redirect_uri of another host to the registered one, with the error and the state', async () => {
    const response = await authorizePage({ client_id: clientId, redirect_uri: 'https://evil.example/x', state: 's' })
    const location = new URL(response.headers.get('location') ?? '')
    expect(location.hostname).toBe('127.0.0.1')
    expect(location.searchParams.get('error')).toBe('redirect_uri_mismatch')
    expect(location.searchParams.get('state')).toBe('s')
  })

  test('knows no other application, and no PKCE but S256', async () => {
    expect((await authorizePage({ client_id: 'unknown' })).status).toBe(404)
    const plain = { client_id: clientId, code_challenge: 'x', code_challenge_method: 'plain' }
    expect((await authorizePage(plain)).headers.get('location')).toContain('error=invalid_request')
  })

  test('denial comes back as access_denied with the state', async () => {
    const back = await authorizeAtGitHub(sandbox.origin, '', { decision: 'deny' })
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('state-1')
    expect(back.searchParams.has('code')).toBe(false)
  })
})

describe('the exchange', () => {
  test('gives a token that is the account, and nothing more', async () => {
    const token = await githubTokenOf(sandbox.origin, 'linyue-dev')
    const answer = await fetch(`${sandbox.origin}/github/api/user`, { headers: { authorization: `Bearer ${token}` } })
    expect(await answer.json()).toMatchObject({ id: 71204501, login: 'linyue-dev', email: null })
  })

  test('takes a code once', async () => {
    const code = await codeFor('linyue-dev')
    expect(await askForGitHubToken(sandbox.origin, { code })).toHaveProperty('access_token')
    expect(await askForGitHubToken(sandbox.origin, { code })).toMatchObject({ error: 'bad_verification_code' })
  })

  test('takes a code for ten minutes', async () => {
    const code = await codeFor('linyue-dev')
    now = new Date(now.getTime() + 10 * 60_000 + 1)
    expect(await askForGitHubToken(sandbox.origin, { code })).toMatchObject({ error: 'bad_verification_code' })
  })

  test('refuses a wrong secret, another redirect_uri and a wrong verifier', async () => {
    const wrongSecret = { code: await codeFor('linyue-dev'), client_secret: 'wrong' }
    expect(await askForGitHubToken(sandbox.origin, wrongSecret)).toMatchObject({
      error: 'incorrect_client_credentials',
    })
    const elsewhere = { code: await codeFor('linyue-dev'), redirect_uri: `${GITHUB_CALLBACK}/other` }
    expect(await askForGitHubToken(sandbox.origin, elsewhere)).toMatchObject({ error: 'redirect_uri_mismatch' })
    const challenge = createHash('sha256').update('right-verifier').digest('base64url')
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    const wrong = { code: await codeFor('linyue-dev', pkce), code_verifier: 'wrong-verifier' }
    expect(await askForGitHubToken(sandbox.origin, wrong)).toMatchObject({ error: 'bad_verification_code' })
    const right = { code: await codeFor('linyue-dev', pkce), code_verifier: 'right-verifier' }
    expect(await askForGitHubToken(sandbox.origin, right)).toHaveProperty('access_token')
  })

  test('answers as a form where JSON is not asked for', async () => {
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, code: 'none' })
    const response = await fetch(`${sandbox.origin}/github/login/oauth/access_token`, { method: 'POST', body })
    expect(await response.text()).toContain('error=bad_verification_code')
  })
})

describe('tokens', () => {
  test('can be checked, and end with DELETE token', async () => {
    const token = await githubTokenOf(sandbox.origin, 'linyue-dev')
    const checked = await applications('token', 'POST', token)
    expect(await checked.json()).toMatchObject({ user: { id: 71204501 }, app: { client_id: clientId } })
    expect((await applications('token', 'DELETE', token, 'wrong')).status).toBe(404)
    expect(await statusOfUser(token)).toBe(200)
    expect((await applications('token', 'DELETE', token)).status).toBe(204)
    expect(await statusOfUser(token)).toBe(401)
    expect((await applications('token', 'POST', token)).status).toBe(404)
  })

  test('all end with DELETE grant', async () => {
    const [first, second] = [
      await githubTokenOf(sandbox.origin, 'ruoxi-w'),
      await githubTokenOf(sandbox.origin, 'ruoxi-w'),
    ]
    expect((await applications('grant', 'DELETE', first)).status).toBe(204)
    expect([await statusOfUser(first), await statusOfUser(second)]).toEqual([401, 401])
  })

  test('the eleventh of a user ends the first', async () => {
    const tokens: string[] = []
    for (let index = 0; index < 11; index += 1) tokens.push(await githubTokenOf(sandbox.origin, 'anran-x'))
    expect(await statusOfUser(tokens[0] ?? '')).toBe(401)
    expect(await statusOfUser(tokens[1] ?? '')).toBe(200)
  })
})
