import { z } from 'zod'
import { parseJson } from '../../http/json'
import type { Handler, SandboxRequest, SandboxResponse } from '../../http/types'
import type { GitHub } from '../github'
import { type Codes, verifierHolds } from './codes'

const HELP = '/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/'

/** Code for token. GitHub answers errors with 200, as JSON where that is accepted, else as a form. */
export function exchangeCode(github: GitHub, codes: Codes): Handler {
  return (request) => {
    const given = readParameters(request)
    const answer = (fields: Record<string, string>) => inAcceptedForm(request, fields)
    const refuse = (error: string, description: string) =>
      answer({ error, error_description: description, error_uri: `${HELP}#${error.replaceAll('_', '-')}` })
    const client = github.context.clients.github.find(
      ({ clientId, clientSecret }) => clientId === given.client_id && clientSecret === given.client_secret,
    )
    if (!client) {
      return refuse('incorrect_client_credentials', 'The client_id and/or client_secret passed are incorrect.')
    }
    const grant = codes.take(given.code ?? '', github.context.now())
    if (grant?.clientId !== client.clientId || !verifierHolds(grant.codeChallenge, given.code_verifier ?? null)) {
      return refuse('bad_verification_code', 'The code passed is incorrect or expired.')
    }
    if (given.redirect_uri !== undefined && given.redirect_uri !== grant.redirectUri) {
      const description = 'The redirect_uri MUST match the registered callback URL for this application.'
      return refuse('redirect_uri_mismatch', description)
    }
    const { accountId, clientId, scopes } = grant
    const issuedAtMs = github.context.now().getTime()
    const token = github.tokens.issueUserToken({ accountId, clientId, scopes: [...scopes], issuedAtMs })
    const account = github.world.findAccount('github', accountId)?.login ?? null
    return { ...answer({ access_token: token, token_type: 'bearer', scope: scopes.join(',') }), account }
  }
}

const parametersSchema = z.record(z.string(), z.string())

function readParameters(request: SandboxRequest): Record<string, string | undefined> {
  const isJson = request.headers['content-type']?.includes('application/json')
  const json = isJson ? parametersSchema.safeParse(parseJson(request.body)) : null
  const body = json?.success ? json.data : Object.fromEntries(new URLSearchParams(request.body))
  return { ...Object.fromEntries(request.query), ...body }
}

function inAcceptedForm({ headers }: SandboxRequest, fields: Record<string, string>): SandboxResponse {
  if (headers.accept?.includes('json')) return { status: 200, body: fields }
  const type = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  return { status: 200, headers: type, body: new URLSearchParams(fields).toString() }
}
