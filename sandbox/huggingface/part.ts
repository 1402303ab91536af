import { Router } from '../http/router'
import type { SandboxContext, SandboxPart } from '../http/types'
import { createApi } from './api'
import { discussionRoutes } from './discussion-routes'
import { IdTokens } from './id-token'
import { addOAuthRoutes } from './oauth-routes'
import { repositoryRoutes } from './repository-routes'
import { HubTokens } from './tokens'
import { userRoutes } from './user-routes'
import { addWebRoutes } from './web-routes'

/** huggingface.co in miniature: OpenID Connect, the Hub's API and the pages that its links lead to. */
export function createHuggingFacePart(context: SandboxContext): SandboxPart {
  const tokens = new HubTokens(context)
  const api = createApi(context, tokens, [...userRoutes, ...repositoryRoutes, ...discussionRoutes])
  const web = addWebRoutes(addOAuthRoutes(new Router(), { context, tokens, idTokens: new IdTokens() }), context)
  return {
    prefix: '/huggingface',
    handle: (request) => (request.path.startsWith('/api/') ? api(request) : web.handle(request)),
  }
}
