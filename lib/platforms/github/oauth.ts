import { askPlatform, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import type { OAuthPort } from '../port'
import type { PlatformSettings } from '../settings'
import { failureOf, type GitHubApi } from './api'
import { restIdentitySchema, restTokenSchema } from './schema'
import { identityFromRest } from './transform'

/** An OAuth application without any scope: it reads what anybody reads, and proves who somebody is. */
export function createGitHubOAuth(settings: PlatformSettings, api: GitHubApi): OAuthPort {
  return {
    authorizeUrl({ state, redirectUri, codeChallenge }) {
      const url = new URL(`${settings.webUrl}/login/oauth/authorize`)
      url.search = new URLSearchParams({
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        prompt: 'select_account',
        allow_signup: 'false',
      }).toString()
      return url.href
    },

    async exchangeCode({ code, redirectUri, codeVerifier }) {
      const answer = await askPlatform({
        platform: 'github',
        url: `${settings.webUrl}/login/oauth/access_token`,
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
          code,
          redirect_uri: redirectUri,
          code_verifier: codeVerifier,
        }),
        repeatable: false,
      })
      const failure = failureOf(answer)
      if (failure) throw failure
      const parsed = restTokenSchema.safeParse(parseAnswer('github', answer.text))
      if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'token' })
      // GitHub answers 200 with an error for a code that is used, old or somebody else's.
      if ('error' in parsed.data) throw new PlatformError({ platform: 'github', kind: 'sign_in_expired', note: 'code' })
      const { access_token: token, expires_in: seconds } = parsed.data
      return { token, expiresAt: seconds === undefined ? null : new Date(Date.now() + seconds * 1000) }
    },

    async whoAmI(token) {
      const call = { credential: { kind: 'token', of: 'person', token } } as const
      const user = await api.findRest('/user', restIdentitySchema, call)
      if (user === null) throw new PlatformError({ platform: 'github', kind: 'not_found' })
      return identityFromRest(user)
    },

    async revoke(token) {
      const basic = Buffer.from(`${settings.clientId}:${settings.clientSecret}`).toString('base64')
      const answer = await askPlatform({
        platform: 'github',
        url: `${settings.apiUrl}/applications/${encodeURIComponent(settings.clientId)}/token`,
        method: 'DELETE',
        headers: {
          accept: 'application/vnd.github+json',
          'content-type': 'application/json',
          authorization: `Basic ${basic}`,
        },
        body: JSON.stringify({ access_token: token }),
        repeatable: true,
      })
      // 404 and 422 say that the token is none of ours (any more).
      if (answer.status === 204 || answer.status === 404 || answer.status === 422) return 'revoked'
      throw failureOf(answer) ?? new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'revoke' })
    },
  }
}
