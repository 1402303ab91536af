import type { Router } from '../../http/router'
import type { GitHub } from '../github'
import { time } from '../urls'
import { notFound, problem, type RestHandler } from './call'
import { restDoor } from './door'

const TOKEN_LIFE_MS = 3_600_000
const UNREADABLE = 'A JSON web token could not be decoded'

/** The doors that open for an app's own JWT only. */
export function addInstallationRoutes(router: Router, github: GitHub): void {
  router.get('/app/installations', restDoor(github, 'core', listInstallations))
  router.post('/app/installations/:id/access_tokens', restDoor(github, 'core', createInstallationToken))
  router.get(
    '/installation/repositories',
    restDoor(github, 'core', () => {
      return { status: 200, body: { total_count: 0, repositories: [] } }
    }),
  )
}

const listInstallations: RestHandler = ({ github, viewer }) => {
  if (viewer.kind !== 'app') return problem(401, UNREADABLE)
  const body = github.app.installations.map(({ id, university }) => {
    return {
      id,
      app_id: viewer.appId,
      account: { login: university },
      permissions: {},
      repository_selection: 'selected',
    }
  })
  return { status: 200, body }
}

const createInstallationToken: RestHandler = ({ github, request, viewer }) => {
  if (viewer.kind !== 'app') return problem(401, UNREADABLE)
  const installation = github.app.findInstallation(Number(request.params.id))
  if (!installation) return notFound()
  const expiresAt = new Date(github.context.now().getTime() + TOKEN_LIFE_MS)
  const facts = { installationId: installation.id, appId: viewer.appId, expiresAtMs: expiresAt.getTime() }
  const token = github.tokens.issueInstallationToken(facts)
  const body = {
    token,
    expires_at: time(expiresAt),
    permissions: { metadata: 'read' },
    repository_selection: 'selected',
  }
  return { status: 201, body }
}
