import { z } from 'zod'
import { parseJson } from '../../http/json'
import type { Router } from '../../http/router'
import type { Handler, SandboxRequest, SandboxResponse } from '../../http/types'
import type { GitHub } from '../github'
import { restAccount } from '../people'
import { nullableUser } from '../shapes/user'
import { hashedToken, type UserToken } from '../tokens'
import { time } from '../urls'
import { notFound, problem } from './call'

type Live = { token: string; facts: UserToken }

/** Checking and ending tokens: basic authentication with the application's own id and secret. */
export function addApplicationRoutes(router: Router, github: GitHub): void {
  router.post(
    '/applications/:clientId/token',
    onToken(github, (live) => ({ status: 200, body: authorization(github, live) })),
  )
  router.delete(
    '/applications/:clientId/token',
    onToken(github, ({ facts }) => {
      github.tokens.revoke(facts)
      return { status: 204 }
    }),
  )
  router.delete(
    '/applications/:clientId/grant',
    onToken(github, ({ facts }) => {
      github.tokens.revokeGrant(facts, github.context.now().getTime())
      return { status: 204 }
    }),
  )
}

function onToken(github: GitHub, answer: (live: Live) => SandboxResponse): Handler {
  return (request) => {
    const { clientId = '' } = request.params
    if (!isClient(github, request, clientId)) return notFound()
    const body = z.preprocess(parseJson, z.object({ access_token: z.string() })).safeParse(request.body)
    if (!body.success)
      return problem(422, 'Validation Failed', { errors: [{ field: 'access_token', code: 'missing' }] })
    const token = body.data.access_token
    const facts = github.tokens.findUserToken(token)
    if (!facts || facts.clientId !== clientId) return notFound()
    const account = github.world.findAccount('github', facts.accountId)?.login ?? null
    return { ...answer({ token, facts }), account }
  }
}

function isClient({ context }: GitHub, { headers }: SandboxRequest, clientId: string): boolean {
  const [scheme = '', value = ''] = headers.authorization?.split(' ') ?? []
  if (scheme.toLowerCase() !== 'basic') return false
  const [id, secret] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return id === clientId && context.clients.github.some((one) => one.clientId === id && one.clientSecret === secret)
}

function authorization(github: GitHub, { token, facts }: Live) {
  const issuedAt = time(new Date(facts.issuedAtMs))
  const account = restAccount(github.world, facts.accountId)
  return {
    id: facts.issuedAtMs % 1_000_000_000,
    url: `${github.urls.api}/authorizations/${facts.issuedAtMs % 1_000_000_000}`,
    scopes: facts.scopes,
    token,
    token_last_eight: token.slice(-8),
    hashed_token: hashedToken(token),
    app: { client_id: facts.clientId, name: 'Yuanfen', url: github.urls.web },
    note: null,
    note_url: null,
    updated_at: issuedAt,
    created_at: issuedAt,
    fingerprint: null,
    expires_at: null,
    user: nullableUser(github.urls, account),
  }
}
