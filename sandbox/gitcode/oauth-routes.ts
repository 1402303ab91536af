import { PAGE_HEADERS, renderMessagePage } from '../http/page'
import type { Router } from '../http/router'
import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import { canSignIn, renderAccountChoice } from '../oauth/account-choice'
import { isCallback } from '../oauth/callback'
import type { GitCodeTokens } from './tokens'

const SCOPES = new Set(
  'all_user all_key all_groups all_projects all_pr all_issue all_note all_hook all_repository'.split(' '),
)
const CARRIED = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'] as const
const PAGE = { platform: 'gitcode', name: 'GitCode', action: '/gitcode/oauth/authorize' } as const

export type OAuthPart = { context: SandboxContext; tokens: GitCodeTokens }

export function addOAuthRoutes(router: Router, part: OAuthPart): Router {
  return router
    .get('/oauth/authorize', (request) => answerAuthorize(part, request, request.query))
    .post('/oauth/authorize', (request) => answerAuthorize(part, request, new URLSearchParams(request.body)))
    .post('/oauth/token', (request) => answerToken(part, request))
}

/** GET shows the choice, POST carries it out; both check the request first. */
function answerAuthorize(
  { context, tokens }: OAuthPart,
  request: SandboxRequest,
  form: URLSearchParams,
): SandboxResponse {
  const client = context.clients.gitcode.find(({ clientId }) => clientId === form.get('client_id'))
  const redirectUri = form.get('redirect_uri') ?? ''
  if (client === undefined) return refusalPage('应用不存在', 'invalid_client')
  if (!isCallback(client, redirectUri)) return refusalPage('回调地址不匹配', 'invalid_redirect_uri')
  const back = (answer: Readonly<Record<string, string>>) => redirectBack(redirectUri, answer, form.get('state'))
  if (form.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' })
  const scope = form.get('scope')?.trim() || 'all_user'
  if (scope.split(/\s+/).some((name) => !SCOPES.has(name))) return back({ error: 'invalid_scope' })
  if (request.method !== 'POST') {
    const named = CARRIED.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? ''] as const] : []))
    const carried = { ...Object.fromEntries(named), scope }
    const locale = /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN'
    const query = (form.get('q') ?? '').trim().slice(0, 100)
    return {
      status: 200,
      headers: PAGE_HEADERS,
      body: renderAccountChoice({ context, ...PAGE, locale, carried, query }),
    }
  }
  if (form.has('deny')) return back({ error: 'access_denied' })
  const account = context.world.findAccount('gitcode', Number(form.get('account')))
  if (account === null || !canSignIn(account)) return refusalPage('没有这个账号', 'invalid_request')
  return back({ code: tokens.issueCode({ accountId: account.id, clientId: client.clientId, scope }) })
}

function refusalPage(title: string, code: string): SandboxResponse {
  return { status: 400, headers: PAGE_HEADERS, body: renderMessagePage('zh-CN', title, code) }
}

function redirectBack(
  redirectUri: string,
  answer: Readonly<Record<string, string>>,
  state: string | null,
): SandboxResponse {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (state !== null) url.searchParams.set('state', state)
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: '' }
}

/** Parameters come in the address as the document writes it, the secret in the body; either place is taken. */
function answerToken({ context, tokens }: OAuthPart, request: SandboxRequest): SandboxResponse {
  const form = new URLSearchParams(request.body)
  for (const [name, value] of request.query) if (!form.has(name)) form.set(name, value)
  const grantType = form.get('grant_type')
  if (grantType === 'refresh_token') {
    const grant = tokens.redeemRefreshToken(form.get('refresh_token') ?? '')
    return grant === null ? tokenError(401, 'invalid_grant') : tokenAnswer(tokens.issueTokens(grant))
  }
  if (grantType !== 'authorization_code') return tokenError(400, 'unsupported_grant_type')
  const client = context.clients.gitcode.find(({ clientId }) => clientId === form.get('client_id'))
  if (client === undefined || client.clientSecret !== form.get('client_secret'))
    return tokenError(401, 'invalid_client')
  const grant = tokens.redeemCode(form.get('code') ?? '')
  if (grant === null || grant.clientId !== client.clientId) return tokenError(401, 'invalid_grant')
  return tokenAnswer(tokens.issueTokens(grant))
}

function tokenAnswer(body: object): SandboxResponse {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body }
}

function tokenError(status: number, error: string): SandboxResponse {
  return { status, headers: { 'cache-control': 'no-store' }, body: { error, error_description: error } }
}
