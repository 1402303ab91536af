import type { Handler, OAuthClient, SandboxRequest, SandboxResponse } from '../../http/types'
import type { GitHub } from '../github'
import { page } from '../web/page'
import { authorizePage } from './authorize-page'
import type { Codes } from './codes'
import { redirectIsAllowed } from './redirect'

const SHOWN_ACCOUNTS = 40
const CARRIED = [
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'prompt',
] as const
const HELP = '/apps/managing-oauth-apps/troubleshooting-authorization-request-errors/'

type Asked = { client: OAuthClient; redirectUri: string; parameters: URLSearchParams }

export function showAuthorizePage(github: GitHub): Handler {
  return (request) => {
    const asked = readAsked(github, request.query)
    if ('status' in asked) return asked
    const search = request.query.get('q') ?? request.query.get('login') ?? ''
    const found = github.world.listAccounts('github', { search, limit: SHOWN_ACCOUNTS * 2 })
    const accounts = found.filter(({ kind, deletedAs }) => kind === 'User' && !deletedAs).slice(0, SHOWN_ACCOUNTS)
    const body = authorizePage({
      clientId: asked.client.clientId,
      scopes: scopesOf(asked.parameters),
      search,
      accounts,
      carried: CARRIED.flatMap((name) => {
        const value = asked.parameters.get(name)
        return value === null ? [] : [[name, value] as const]
      }),
      action: `${github.urls.web}/login/oauth/authorize`,
    })
    return { status: 200, body, headers: { 'cache-control': 'no-store' } }
  }
}

export function decideAuthorization(github: GitHub, codes: Codes): Handler {
  return (request: SandboxRequest) => {
    const asked = readAsked(github, new URLSearchParams(request.body))
    if ('status' in asked) return asked
    const { parameters, redirectUri, client } = asked
    const account = github.world.findAccountByLogin('github', parameters.get('login') ?? '')
    if (parameters.get('decision') === 'deny') {
      return redirectError(asked, 'access_denied', 'The user has denied your application access.')
    }
    if (!account || account.deletedAs || account.kind !== 'User') return notFoundPage('There is no such account.')
    const grant = {
      accountId: account.id,
      clientId: client.clientId,
      redirectUri,
      scopes: scopesOf(parameters),
      codeChallenge: parameters.get('code_challenge'),
    }
    const code = codes.issue(grant, github.context.now())
    return { ...redirect(asked, { code }), account: account.login }
  }
}

/** The request when it can be answered; else GitHub's page or its redirect with the error. */
function readAsked({ context }: GitHub, parameters: URLSearchParams): Asked | SandboxResponse {
  const client = context.clients.github.find((one) => one.clientId === parameters.get('client_id'))
  const registered = client?.callbackUrls[0]
  if (!client || !registered) return notFoundPage('There is no application with this client_id.')
  const redirectUri = parameters.get('redirect_uri') ?? registered
  if (!redirectIsAllowed(client, redirectUri)) {
    const description = 'The redirect_uri MUST match the registered callback URL for this application.'
    return redirectError({ client, redirectUri: registered, parameters }, 'redirect_uri_mismatch', description)
  }
  const method = parameters.get('code_challenge_method')
  if (parameters.has('code_challenge') && method !== 'S256') {
    const description = 'The code_challenge_method must be S256.'
    return redirectError({ client, redirectUri, parameters }, 'invalid_request', description)
  }
  return { client, redirectUri, parameters }
}

function redirectError(asked: Asked, error: string, description: string): SandboxResponse {
  const uri = `${HELP}#${error.replaceAll('_', '-')}`
  return redirect(asked, { error, error_description: description, error_uri: uri })
}

function redirect({ redirectUri, parameters }: Asked, answer: Record<string, string>): SandboxResponse {
  const target = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  const state = parameters.get('state')
  if (state !== null) target.searchParams.set('state', state)
  return { status: 302, headers: { location: target.href, 'cache-control': 'no-store' }, body: '' }
}

function scopesOf(parameters: URLSearchParams): readonly string[] {
  return (parameters.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '')
}

function notFoundPage(message: string): SandboxResponse {
  return { status: 404, body: page('Not found', `<h1>404</h1><p>${message}</p>`) }
}
