import { Router } from '../../http/router'
import type { GitHub } from '../github'
import { addApplicationRoutes } from './applications'
import { notFound } from './call'
import { restDoor } from './door'
import { addInstallationRoutes } from './installations'
import { addPullRoutes } from './pulls'
import { addRepositoryRoutes } from './repositories'
import { addSearchRoutes } from './search'
import { addUserRoutes } from './users'

/** api.github.com, as far as it is read. */
export function createRestRouter(github: GitHub): Router {
  const router = new Router(restDoor(github, 'core', notFound))
  addUserRoutes(router, github)
  addRepositoryRoutes(router, github)
  addPullRoutes(router, github)
  addSearchRoutes(router, github)
  addApplicationRoutes(router, github)
  addInstallationRoutes(router, github)
  return router
}
