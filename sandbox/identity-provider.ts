import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider from 'oidc-provider'
import { answerInteraction } from './identity/interaction'
import { endSessionsAtOnce } from './identity/logout'
import type { IdentityPerson } from './identity/people'
import { isAllowedLogoutRedirect, isAllowedRedirect } from './identity/redirects'
import { createSigningKey, identityConfiguration } from './identity/settings'

export type IdentityProviderOptions = {
  slug: string
  universityName: string
  people: readonly IdentityPerson[]
  /** Origin of the sandbox, for example `http://localhost:4000`. */
  origin: string
  /** Origins of the app, see `appOriginsFrom`; any loopback port is accepted besides. */
  appOrigins: readonly string[]
}

export type IdentityProvider = {
  issuer: string
  /** Path below which it listens, `/sso/<slug>`. */
  prefix: string
  clientId: string
  clientSecret: string
  /** Takes requests with their whole path (`/sso/<slug>/…`). */
  listen: (request: IncomingMessage, response: ServerResponse) => void
}

/**
 * One university's campus sign-in: a real OpenID Connect server (authorization code, PKCE required, RP-initiated
 * logout). Its client is `yuanfen-<slug>` with the secret `sandbox-<slug>-secret`.
 */
export async function createIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const { slug, people, universityName, appOrigins } = options
  const prefix = `/sso/${slug}`
  const callbackPath = `/api/auth/callback/oidc-${slug}`
  const client = {
    clientId: `yuanfen-${slug}`,
    clientSecret: `sandbox-${slug}-secret`,
    redirectUris: appOrigins.map((origin) => origin + callbackPath),
  }
  const issuer = options.origin + prefix
  const signingKey = await createSigningKey()
  const provider = new Provider(issuer, identityConfiguration({ slug, basePath: prefix, people, client, signingKey }))
  provider.Client.prototype.redirectUriAllowed = (address: string) =>
    isAllowedRedirect({ appOrigins, callbackPath }, address)
  provider.Client.prototype.postLogoutRedirectUriAllowed = (address: string) =>
    isAllowedLogoutRedirect({ appOrigins, callbackPath }, address)
  endSessionsAtOnce(provider, prefix)

  const answerProtocol = provider.callback()
  const desk = { provider, slug, universityName, people }
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').slice(prefix.length) || '/'
    if (path.startsWith('/interaction/')) {
      answerInteraction(desk, request, response).catch((error: unknown) => failLoudly(response, error))
      return
    }
    // The library finds its own mount path by comparing the two.
    Object.assign(request, { originalUrl: request.url, url: path })
    answerProtocol(request, response).catch((error: unknown) => failLoudly(response, error))
  }
  return { issuer, prefix, clientId: client.clientId, clientSecret: client.clientSecret, listen }
}

function failLoudly(response: ServerResponse, error: unknown): void {
  console.error('sandbox identity provider', error)
  if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
  response.end('identity provider error')
}
