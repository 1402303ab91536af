import type { Router } from '../../http/router'
import type { GitHub } from '../github'
import { publicUser } from '../shapes/user'
import type { Viewer } from '../viewer'
import { notFound, problem, type RestHandler } from './call'
import { restDoor } from './door'

const RESOURCES = ['core', 'search', 'graphql'] as const

export function addUserRoutes(router: Router, github: GitHub): void {
  router.get('/user', restDoor(github, 'core', getOwnUser))
  router.get('/user/:accountId', restDoor(github, 'core', getUserById))
  router.get('/users/:login', restDoor(github, 'core', getUserByLogin))
  router.get(
    '/rate_limit',
    restDoor(github, 'core', ({ viewer }) => rateLimit(github, viewer), true),
  )
}

const getOwnUser: RestHandler = ({ github, viewer }) => {
  if (viewer.kind !== 'user') return problem(401, 'Requires authentication')
  const account = github.world.findAccount('github', viewer.accountId)
  if (!account) return problem(401, 'Bad credentials')
  // Without a scope an OAuth app sees what everybody sees.
  const headers = { 'x-oauth-scopes': viewer.scopes.join(', '), 'x-oauth-client-id': viewer.clientId }
  const email = viewer.scopes.includes('user:email') || viewer.scopes.includes('user') ? account.email : null
  return { status: 200, headers, body: { ...publicUser(github.urls, account), email } }
}

const getUserById: RestHandler = ({ github, request }) => {
  const account = github.world.findAccount('github', Number(request.params.accountId))
  return account && !account.deletedAs ? { status: 200, body: publicUser(github.urls, account) } : notFound()
}

const getUserByLogin: RestHandler = ({ github, request }) => {
  const found = github.world.findAccountByLogin('github', request.params.login ?? '')
  return found && !found.deletedAs ? { status: 200, body: publicUser(github.urls, found) } : notFound()
}

function rateLimit({ limits }: GitHub, viewer: Viewer) {
  const overview = (resource: (typeof RESOURCES)[number]) => {
    const { limit, used, remaining, resetSeconds } = limits.state(viewer, resource)
    return { limit, used, remaining, reset: resetSeconds }
  }
  const core = overview('core')
  const resources = { core, search: overview('search'), graphql: overview('graphql') }
  return { status: 200, body: { resources, rate: core } }
}
