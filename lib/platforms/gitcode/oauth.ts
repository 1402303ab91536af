import { askPlatform, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import type { OAuthPort } from '../port'
import type { PlatformSettings } from '../settings'
import { failureOf, type GitCodeApi } from './api'
import { identitySchema, tokenSchema } from './schema'
import { toIdentity } from './transform'

/**
 * `all_user` is the one scope that is about the person alone. Neither PKCE nor a way to revoke a token is documented: the
 * state and the client's secret guard the exchange. The code stands in the address as GitCode documents it and is used up
 * by that; the secret goes in the body.
 */
export function createGitCodeOAuth(settings: PlatformSettings, api: GitCodeApi): OAuthPort {
  return {
    authorizeUrl({ state, redirectUri }) {
      const url = new URL(`${settings.webUrl}/oauth/authorize`)
      url.search = new URLSearchParams({
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'all_user',
        state,
      }).toString()
      return url.href
    },

    async exchangeCode({ code }) {
      const query = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: settings.clientId })
      const answer = await askPlatform({
        platform: 'gitcode',
        url: `${settings.webUrl}/oauth/token?${query}`,
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ client_secret: settings.clientSecret }).toString(),
        repeatable: false,
      })
      // A code that is used, old or somebody else's.
      if (answer.status === 400 || answer.status === 401) {
        throw new PlatformError({ platform: 'gitcode', kind: 'sign_in_expired', note: 'code' })
      }
      const failure = failureOf(answer)
      if (failure) throw failure
      const parsed = tokenSchema.safeParse(parseAnswer('gitcode', answer.text))
      if (!parsed.success) throw new PlatformError({ platform: 'gitcode', kind: 'unexpected_answer', note: 'token' })
      const { access_token: token, expires_in: seconds } = parsed.data
      return { token, expiresAt: seconds ? new Date(Date.now() + seconds * 1000) : null }
    },

    async whoAmI(token) {
      const user = await api.find('/user', identitySchema, { credential: { kind: 'token', of: 'person', token } })
      if (user === null) throw new PlatformError({ platform: 'gitcode', kind: 'not_found' })
      return toIdentity(user)
    },

    revoke: async () => 'unsupported',
  }
}
