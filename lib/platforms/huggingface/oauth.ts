import { askPlatform, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import type { OAuthPort } from '../port'
import type { PlatformSettings } from '../settings'
import { failureOf, type HubApi } from './api'
import { tokenSchema, userInfoSchema } from './schema'
import { toIdentity } from './transform'

/**
 * OpenID Connect with PKCE. Who it is comes from the userinfo endpoint, over the same channel as the token: the id_token
 * says no more. `openid profile` opens nothing but the name. No way to end a token is documented.
 */
export function createHuggingFaceOAuth(settings: PlatformSettings, api: HubApi): OAuthPort {
  return {
    authorizeUrl({ state, redirectUri, codeChallenge }) {
      const url = new URL(`${settings.webUrl}/oauth/authorize`)
      url.search = new URLSearchParams({
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid profile',
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString()
      return url.href
    },

    async exchangeCode({ code, redirectUri, codeVerifier }) {
      const { clientId, clientSecret } = settings
      const client = [clientId, clientSecret].map(encodeURIComponent).join(':')
      const answer = await askPlatform({
        platform: 'huggingface',
        url: `${settings.webUrl}/oauth/token`,
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(client).toString('base64')}`,
        },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: clientId,
          code,
          redirect_uri: redirectUri,
          code_verifier: codeVerifier,
        }).toString(),
        repeatable: false,
      })
      // A code that is used, old or somebody else's.
      if (answer.status === 400 || answer.status === 401) {
        throw new PlatformError({ platform: 'huggingface', kind: 'sign_in_expired', note: 'code' })
      }
      const failure = failureOf(answer)
      if (failure) throw failure
      const parsed = tokenSchema.safeParse(parseAnswer('huggingface', answer.text))
      if (!parsed.success) {
        throw new PlatformError({ platform: 'huggingface', kind: 'unexpected_answer', note: 'token' })
      }
      const { access_token: token, expires_in: seconds } = parsed.data
      return { token, expiresAt: seconds ? new Date(Date.now() + seconds * 1000) : null }
    },

    async whoAmI(token) {
      const user = await api.userInfo(userInfoSchema, { credential: { kind: 'token', of: 'person', token } })
      if (user === null) throw new PlatformError({ platform: 'huggingface', kind: 'not_found' })
      return toIdentity(user)
    },

    revoke: async () => 'unsupported',
  }
}
