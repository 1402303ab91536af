import { Router } from '../http/router'
import type { SandboxContext, SandboxPart } from '../http/types'
import { createApi } from './api'
import { addOAuthRoutes } from './oauth-routes'
import { pullRoutes } from './pull-routes'
import { repositoryRoutes } from './repository-routes'
import { GitCodeTokens } from './tokens'
import { userRoutes } from './user-routes'
import { addWebRoutes } from './web-routes'

/** gitcode.com and api.gitcode.com in miniature: OAuth, API v5 and the pages that its links lead to. */
export function createGitCodePart(context: SandboxContext): SandboxPart {
  const tokens = new GitCodeTokens(context)
  const api = createApi(context, tokens, [...userRoutes, ...repositoryRoutes, ...pullRoutes])
  const web = addWebRoutes(addOAuthRoutes(new Router(), { context, tokens }), context)
  return {
    prefix: '/gitcode',
    handle: (request) => (request.path.startsWith('/api/v5/') ? api(request) : web.handle(request)),
  }
}
