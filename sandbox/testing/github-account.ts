import { z } from 'zod'
import { SANDBOX_CLIENTS } from '../options'

export const GITHUB_CALLBACK = 'http://localhost:43210/api/link/github/callback'

/** Says yes at GitHub's authorize page as a login; gives the address that the browser is sent back to. */
export async function authorizeAtGitHub(
  origin: string,
  login: string,
  changed: Record<string, string> = {},
): Promise<URL> {
  const form = {
    client_id: SANDBOX_CLIENTS.github.clientId,
    redirect_uri: GITHUB_CALLBACK,
    state: 'state-1',
    login,
    ...changed,
  }
  const address = `${origin}/github/login/oauth/authorize`
  const response = await fetch(address, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
  const location = response.headers.get('location')
  if (!location) throw new Error(`GitHub did not send the browser back: ${response.status}`)
  return new URL(location)
}

/** Asks GitHub's token endpoint for JSON; a test may change what is sent. */
export async function askForGitHubToken(origin: string, changed: Record<string, string>): Promise<unknown> {
  const { clientId, clientSecret } = SANDBOX_CLIENTS.github
  const response = await fetch(`${origin}/github/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...changed }),
  })
  return response.json()
}

/** The whole flow: an access token of a login. */
export async function githubTokenOf(origin: string, login: string): Promise<string> {
  const back = await authorizeAtGitHub(origin, login)
  const answer = await askForGitHubToken(origin, { code: back.searchParams.get('code') ?? '' })
  return z.object({ access_token: z.string() }).parse(answer).access_token
}

export type GraphqlAnswer = { status: number; headers: Headers; body: unknown }

export async function askGraphql(
  origin: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphqlAnswer> {
  const response = await fetch(`${origin}/github/api/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
