import { askPlatform, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import type { OAuthPort } from '../port'
import type { PlatformSettings } from '../settings'
import { failureOf, type GiteeApi } from './api'
import { identitySchema, tokenSchema } from './schema'
import { toIdentity } from './transform'

/**
 * `user_info` is the one scope that only reads. Gitee documents neither PKCE nor a way to revoke a token: the state and
 * the client's secret guard the exchange, and a token ends by itself after a day.
 */
export function createGiteeOAuth(settings: PlatformSettings, api: GiteeApi): OAuthPort {
  return {
    authorizeUrl({ state, redirectUri }) {
      const url = new URL(`${settings.webUrl}/oauth/authorize`)
      url.search = new URLSearchParams({
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'user_info',
        state,
      }).toString()
      return url.href
    },

    async exchangeCode({ code, redirectUri }) {
      const answer = await askPlatform({
        platform: 'gitee',
        url: `${settings.webUrl}/oauth/token`,
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
          redirect_uri: redirectUri,
        }).toString(),
        repeatable: false,
      })
      // A code that is used, old or somebody else's: Doorkeeper answers 400 or 401.
      if (answer.status === 400 || answer.status === 401) {
        throw new PlatformError({ platform: 'gitee', kind: 'sign_in_expired', note: 'code' })
      }
      const failure = failureOf(answer)
      if (failure) throw failure
      const parsed = tokenSchema.safeParse(parseAnswer('gitee', answer.text))
      if (!parsed.success) throw new PlatformError({ platform: 'gitee', kind: 'unexpected_answer', note: 'token' })
      const { access_token: token, expires_in: seconds } = parsed.data
      return { token, expiresAt: seconds ? new Date(Date.now() + seconds * 1000) : null }
    },

    async whoAmI(token) {
      const user = await api.find('/user', identitySchema, { credential: { kind: 'token', of: 'person', token } })
      if (user === null) throw new PlatformError({ platform: 'gitee', kind: 'not_found' })
      return toIdentity(user)
    },

    revoke: async () => 'unsupported',
  }
}
