import { PAGE_HEADERS, renderMessagePage } from '../http/page'
import type { Router } from '../http/router'
import type { OAuthClient, SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import { canSignIn, renderAccountChoice } from '../oauth/account-choice'
import { isCallback } from '../oauth/callback'
import { bearerOf } from './api'
import { type IdTokens, provesChallenge } from './id-token'
import { shownId } from './ids'
import { ACCESS_TOKEN_SECONDS, type Grant, type HubTokens } from './tokens'
import { profileOf } from './user-shape'

const SCOPES = new Set(
  ['openid', 'profile', 'email', 'read-billing', 'read-repos', 'contribute-repos', 'write-repos', 'manage-repos']
    .concat(['read-collections', 'write-collections', 'inference-api', 'jobs', 'webhooks', 'write-discussions'])
    .concat(['read-memberships']),
)
const CARRIED = [
  ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'],
  ['nonce', 'code_challenge', 'code_challenge_method'],
].flat()
const PAGE = { platform: 'huggingface', name: 'Hugging Face', action: '/huggingface/oauth/authorize' } as const

export type OAuthPart = { context: SandboxContext; tokens: HubTokens; idTokens: IdTokens }

export function addOAuthRoutes(router: Router, part: OAuthPart): Router {
  return router
    .get('/.well-known/openid-configuration', () => discovery(part))
    .get('/oauth/jwks', () => ({ status: 200, body: part.idTokens.keySet() }))
    .get('/oauth/authorize', (request) => answerAuthorize(part, request, request.query))
    .post('/oauth/authorize', (request) => answerAuthorize(part, request, new URLSearchParams(request.body)))
    .post('/oauth/token', (request) => answerToken(part, request))
    .get('/oauth/userinfo', (request) => answerUserInfo(part, request))
}

function discovery({ context }: OAuthPart): SandboxResponse {
  const issuer = issuerOf(context)
  return {
    status: 200,
    body: {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      userinfo_endpoint: `${issuer}/oauth/userinfo`,
      jwks_uri: `${issuer}/oauth/jwks`,
      scopes_supported: [...SCOPES],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    },
  }
}

function issuerOf({ origin }: SandboxContext): string {
  return `${origin}/huggingface`
}

/** GET shows the choice, POST carries it out; both check the request first. */
function answerAuthorize(
  { context, tokens }: OAuthPart,
  request: SandboxRequest,
  form: URLSearchParams,
): SandboxResponse {
  const client = findClient(context, form.get('client_id'))
  const redirectUri = form.get('redirect_uri') ?? ''
  if (client === null) return refusalPage('Invalid client_id')
  if (!isCallback(client, redirectUri)) return refusalPage('Invalid redirect_uri')
  const back = (answer: Readonly<Record<string, string>>) => redirectBack(redirectUri, answer, form.get('state'))
  if (form.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' })
  const scope = form.get('scope')?.trim() || 'openid profile'
  if (scope.split(/\s+/).some((name) => !SCOPES.has(name))) return back({ error: 'invalid_scope' })
  const codeChallenge = form.get('code_challenge')
  if (codeChallenge !== null && form.get('code_challenge_method') !== 'S256') return back({ error: 'invalid_request' })
  if (request.method !== 'POST') return choicePage(context, request, { form, scope })
  if (form.has('deny')) return back({ error: 'access_denied', error_description: 'The user denied the request' })
  const account = context.world.findAccount('huggingface', Number(form.get('account')))
  if (account === null || !canSignIn(account)) return refusalPage('No such account')
  const asked = { accountId: account.id, clientId: client.clientId, scope, redirectUri, codeChallenge }
  return back({ code: tokens.issueCode({ ...asked, nonce: form.get('nonce') }) })
}

function choicePage(
  context: SandboxContext,
  request: SandboxRequest,
  { form, scope }: { form: URLSearchParams; scope: string },
): SandboxResponse {
  const named = CARRIED.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? ''] as const] : []))
  const carried = { ...Object.fromEntries(named), scope }
  const locale = /^zh\b/i.test(request.headers['accept-language'] ?? '') ? 'zh-CN' : 'en'
  const query = (form.get('q') ?? '').trim().slice(0, 100)
  return {
    status: 200,
    headers: PAGE_HEADERS,
    body: renderAccountChoice({ context, ...PAGE, locale, carried, query }),
  }
}

function findClient({ clients }: SandboxContext, id: string | null): OAuthClient | null {
  return clients.huggingface.find(({ clientId }) => clientId === id) ?? null
}

function refusalPage(code: string): SandboxResponse {
  return { status: 400, headers: PAGE_HEADERS, body: renderMessagePage('en', 'OAuth error', code) }
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

/** The client says who it is by Basic; the code must have been asked for by it, from there, with that challenge. */
function answerToken({ context, tokens, idTokens }: OAuthPart, request: SandboxRequest): SandboxResponse {
  const form = new URLSearchParams(request.body)
  if (form.get('grant_type') !== 'authorization_code') return tokenError(400, 'unsupported_grant_type')
  const client = authenticate(context, request)
  if (client === null) return tokenError(401, 'invalid_client')
  const grant = tokens.redeemCode(form.get('code') ?? '')
  if (grant === null || grant.clientId !== client.clientId) return tokenError(400, 'invalid_grant')
  if (grant.redirectUri !== form.get('redirect_uri')) return tokenError(400, 'invalid_grant')
  const { codeChallenge } = grant
  if (codeChallenge !== null && !provesChallenge(form.get('code_verifier') ?? '', codeChallenge)) {
    return tokenError(400, 'invalid_grant')
  }
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      access_token: tokens.issueAccessToken(grant),
      token_type: 'bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      id_token: idTokens.sign(claimsOf(context, grant)),
      scope: grant.scope,
    },
  }
}

function authenticate(context: SandboxContext, { headers }: SandboxRequest): OAuthClient | null {
  const basic = /^basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent)
  const client = findClient(context, id)
  return client?.clientSecret === secret ? client : null
}

function claimsOf(context: SandboxContext, { accountId, clientId, nonce }: Grant): Record<string, unknown> {
  const iat = Math.floor(context.now().getTime() / 1000)
  return {
    iss: issuerOf(context),
    sub: shownId(accountId),
    aud: clientId,
    iat,
    exp: iat + 3600,
    ...(nonce === null ? {} : { nonce }),
  }
}

function tokenError(status: number, error: string): SandboxResponse {
  return { status, headers: { 'cache-control': 'no-store' }, body: { error, error_description: error } }
}

function answerUserInfo({ context, tokens }: OAuthPart, request: SandboxRequest): SandboxResponse {
  const caller = tokens.identify(bearerOf(request))
  const account = caller?.kind === 'account' ? context.world.findAccount('huggingface', caller.accountId) : null
  if (caller?.kind !== 'account' || account === null) return tokenError(401, 'invalid_token')
  const body = profileOf(context, account, caller.scope.split(/\s+/))
  return { status: 200, headers: { 'cache-control': 'no-store' }, body, account: account.login }
}
