import { decodeJwt } from 'jose'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { discoverEndpoints } from '@/lib/auth/discovery'
import type { UniversityDoor } from '@/lib/auth/university-door'

type Claims = Record<string, unknown>

/** A university's sign-in as next-auth wants it: authorization code with PKCE, state and nonce. */
export async function createProvider(door: UniversityDoor): Promise<OAuthConfig<Claims>> {
  const { settings, university } = door
  const endpoints = await discoverEndpoints(settings.issuer)
  return {
    id: door.providerId,
    name: university.nameEn,
    type: 'oauth',
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: door.clientSecret,
    client: { token_endpoint_auth_method: settings.tokenAuthMethod },
    authorization: { url: endpoints.authorization_endpoint, params: { scope: settings.scope } },
    token: endpoints.token_endpoint,
    jwks_endpoint: endpoints.jwks_uri,
    userinfo: {
      ...(endpoints.userinfo_endpoint ? { url: endpoints.userinfo_endpoint } : {}),
      // Signature, issuer, audience, nonce and times of the ID token are checked by now. Many campus sign-ins keep the ID token short and tell number and roles at userinfo only.
      request: async ({ client, tokens }) => {
        const proven: Claims = tokens.id_token ? decodeJwt(tokens.id_token) : {}
        const complete = settings.claims.number in proven && settings.claims.roles in proven
        if (complete || !endpoints.userinfo_endpoint || !tokens.access_token) return proven
        const said: Claims = await client.userinfo(tokens.access_token)
        return said.sub === proven.sub ? { ...said, ...proven } : proven
      },
    },
    profile: (claims) => ({ id: String(claims.sub ?? '') }),
  }
}
