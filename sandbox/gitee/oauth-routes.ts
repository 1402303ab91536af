import { PAGE_HEADERS, renderMessagePage } from '../http/page'
import type { Router } from '../http/router'
import type { OAuthClient, SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import { canSignIn, renderAccountChoice } from '../oauth/account-choice'
import { isCallback } from '../oauth/callback'
import type { GiteeTokens } from './tokens'

const SCOPES = new Set(
  'user_info projects pull_requests issues notes keys hook groups gists enterprises emails'.split(' '),
)
const CARRIED = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'] as const

/** Gitee's own words, and the status that goes with each. */
const TOKEN_ERRORS = {
  invalid_request: [400, '请求缺少必要的参数，或者参数值、格式不正确'],
  invalid_client: [401, '客户端身份验证失败，原因可能是未知客户端、未包含客户端身份验证或不支持此身份验证方法'],
  invalid_grant: [401, '授权方式无效，或者登录回调地址无效、过期或已被撤销'],
  unsupported_grant_type: [400, '服务器不支持此类型的授权方式'],
} as const

export type OAuthPart = { context: SandboxContext; tokens: GiteeTokens }

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
  const client = context.clients.gitee.find(({ clientId }) => clientId === form.get('client_id'))
  const redirectUri = form.get('redirect_uri') ?? ''
  if (client === undefined) return refusalPage('客户端身份验证失败', 'invalid_client')
  if (!isCallback(client, redirectUri)) return refusalPage('登录回调地址无效', 'invalid_redirect_uri')
  const back = (answer: Readonly<Record<string, string>>) => redirectBack(redirectUri, answer, form.get('state'))
  if (form.get('response_type') !== 'code') {
    return back({ error: 'unsupported_response_type', error_description: '服务器不支持这种响应类型' })
  }
  const scope = form.get('scope')?.trim() || 'user_info'
  if (scope.split(/\s+/).some((name) => !SCOPES.has(name))) {
    return back({ error: 'invalid_scope', error_description: '请求的权限范围无效、未知或格式不正确' })
  }
  if (request.method !== 'POST') return choicePage(context, request, form, scope)
  if (form.has('deny')) return back({ error: 'access_denied', error_description: '资源所有者或服务器拒绝了请求' })
  const account = context.world.findAccount('gitee', Number(form.get('account')))
  if (account === null || !canSignIn(account)) return refusalPage('没有这个账号', 'invalid_request')
  return back({ code: tokens.issueCode({ accountId: account.id, clientId: client.clientId, redirectUri, scope }) })
}

function choicePage(
  context: SandboxContext,
  request: SandboxRequest,
  form: URLSearchParams,
  scope: string,
): SandboxResponse {
  const named = CARRIED.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? ''] as const] : []))
  const carried = { ...Object.fromEntries(named), scope }
  const locale = /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN'
  const query = (form.get('q') ?? '').trim().slice(0, 100)
  const place = { platform: 'gitee', name: 'Gitee', action: '/gitee/oauth/authorize' } as const
  return {
    status: 200,
    headers: PAGE_HEADERS,
    body: renderAccountChoice({ context, ...place, locale, carried, query }),
  }
}

function refusalPage(title: string, code: string): SandboxResponse {
  return { status: 401, headers: PAGE_HEADERS, body: renderMessagePage('zh-CN', title, code) }
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

/** Codes and refresh tokens for tokens. Parameters come in the body or, as Gitee's own document does it, in the query. */
function answerToken({ context, tokens }: OAuthPart, request: SandboxRequest): SandboxResponse {
  if (!request.headers['user-agent']) {
    return { status: 403, headers: { 'content-type': 'text/html' }, body: '<html><body>403 Forbidden</body></html>' }
  }
  const form = tokenForm(request)
  const grantType = form.get('grant_type')
  if (grantType === 'refresh_token') return answerRefresh(tokens, form)
  if (grantType !== 'authorization_code') {
    return tokenError(grantType === null ? 'invalid_request' : 'unsupported_grant_type')
  }
  const client = context.clients.gitee.find(({ clientId }) => clientId === form.get('client_id'))
  if (client === undefined || !hasSecret(client, form)) return tokenError('invalid_client')
  const code = form.get('code')
  if (code === null) return tokenError('invalid_request')
  const grant = tokens.redeemCode(code)
  if (grant === null || grant.clientId !== client.clientId || grant.redirectUri !== form.get('redirect_uri')) {
    return tokenError('invalid_grant')
  }
  return tokenAnswer(tokens.issueTokens(grant))
}

function hasSecret(client: OAuthClient, form: URLSearchParams): boolean {
  return client.clientSecret === form.get('client_secret')
}

/** Gitee asks for neither client nor secret here. The old refresh token is worth nothing afterwards. */
function answerRefresh(tokens: GiteeTokens, form: URLSearchParams): SandboxResponse {
  const grant = tokens.redeemRefreshToken(form.get('refresh_token') ?? '')
  return grant === null ? tokenError('invalid_grant') : tokenAnswer(tokens.issueTokens(grant))
}

function tokenForm(request: SandboxRequest): URLSearchParams {
  const isJson = request.headers['content-type']?.includes('application/json') ?? false
  const body = new URLSearchParams(isJson ? jsonFields(request.body) : request.body)
  for (const [name, value] of request.query) if (!body.has(name)) body.set(name, value)
  return body
}

function jsonFields(text: string): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
  } catch {
    return {}
  }
}

function tokenAnswer(body: object): SandboxResponse {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body }
}

function tokenError(error: keyof typeof TOKEN_ERRORS): SandboxResponse {
  const [status, error_description] = TOKEN_ERRORS[error]
  return { status, headers: { 'cache-control': 'no-store' }, body: { error, error_description } }
}
