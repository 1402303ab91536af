import { Router } from '../http/router'
import type { SandboxContext, SandboxPart } from '../http/types'
import { createConcurrencyLimit } from './concurrency'
import { createGitHub } from './github'
import { graphqlDoor } from './graphql/door'
import { exchangeCode } from './oauth/access-token'
import { decideAuthorization, showAuthorizePage } from './oauth/authorize'
import { Codes } from './oauth/codes'
import { createRestRouter } from './rest'
import { showAvatar, showProfile, showPullRequest } from './web/pages'

/** github.com at `/github`, api.github.com at `/github/api`, and what tests ask about the app at `/_sandbox/github-app`. */
export function createGitHubParts(context: SandboxContext): readonly SandboxPart[] {
  const github = createGitHub(context)
  const codes = new Codes()
  const api = createRestRouter(github).post('/graphql', graphqlDoor(github))
  const web = new Router()
    .get('/login/oauth/authorize', showAuthorizePage(github))
    .post('/login/oauth/authorize', decideAuthorization(github, codes))
    .post('/login/oauth/access_token', exchangeCode(github, codes))
    .get('/:owner/:repo/pull/:number', showPullRequest(github))
    .get('/avatars/:id', showAvatar)
    .get('/:login', showProfile(github))
  const { appId, installations, privateKeyPem } = github.app
  const control = new Router().get('/', () => ({ status: 200, body: { appId, installations, privateKeyPem } }))
  return [
    { prefix: '/github/api', handle: api.handle, enter: createConcurrencyLimit() },
    { prefix: '/github', handle: web.handle },
    { prefix: '/_sandbox/github-app', handle: control.handle },
  ]
}
