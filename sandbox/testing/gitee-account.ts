import { z } from 'zod'
import { SANDBOX_CLIENTS } from '../options'
import { PlainBrowser } from './plain-browser'

const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.string(),
  expires_in: z.number(),
  scope: z.string(),
  created_at: z.number(),
})
export type GiteeTokensAnswer = z.infer<typeof tokensSchema>

export const GITEE_CALLBACK = 'http://localhost:43210/api/link/gitee/callback'

/** Address of the authorize page, with what a test wants otherwise. */
export function giteeAuthorizeAddress(origin: string, changed: Record<string, string | null> = {}): string {
  const url = new URL(`${origin}/gitee/oauth/authorize`)
  const parameters = {
    client_id: SANDBOX_CLIENTS.gitee.clientId,
    redirect_uri: GITEE_CALLBACK,
    response_type: 'code',
    scope: 'user_info',
    state: 'state-1',
    ...changed,
  }
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value)
  return url.href
}

/** Says yes as an account; gives the address that the browser is sent back to. */
export async function authorizeAtGitee(
  origin: string,
  accountId: number,
  changed: Record<string, string> = {},
): Promise<URL> {
  const form = Object.fromEntries(new URL(giteeAuthorizeAddress(origin, changed)).searchParams)
  const { leftTo, response } = await new PlainBrowser(origin).follow(`${origin}/gitee/oauth/authorize`, {
    form: { ...form, account: String(accountId) },
  })
  if (leftTo === null) throw new Error(`Gitee did not send the browser back: ${response.status}`)
  return leftTo
}

/** Asks Gitee's token endpoint; a test may change or leave out (null) what is sent. */
export function askForGiteeTokens(origin: string, changed: Record<string, string | null>): Promise<Response> {
  const parameters = {
    grant_type: 'authorization_code',
    client_id: SANDBOX_CLIENTS.gitee.clientId,
    client_secret: SANDBOX_CLIENTS.gitee.clientSecret,
    redirect_uri: GITEE_CALLBACK,
    ...changed,
  }
  const sent = Object.entries(parameters).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  return fetch(`${origin}/gitee/oauth/token`, { method: 'POST', body: new URLSearchParams(Object.fromEntries(sent)) })
}

/** The whole flow: an access token of an account. */
export async function giteeTokensOf(
  origin: string,
  accountId: number,
  changed: Record<string, string> = {},
): Promise<GiteeTokensAnswer> {
  const back = await authorizeAtGitee(origin, accountId, changed)
  const response = await askForGiteeTokens(origin, { code: back.searchParams.get('code') })
  return tokensSchema.parse(await response.json())
}
