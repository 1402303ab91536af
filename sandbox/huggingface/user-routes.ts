import type { HubHandler, HubRoute } from './api'
import { hubErrors } from './errors'
import { shownOverview } from './user-shape'

/** People only; an organisation has a door of its own. */
const getOverview: HubHandler = ({ request, context }) => {
  const account = context.world.findAccountByLogin('huggingface', request.params.user ?? '')
  if (account === null || account.deletedAs !== null || account.kind === 'Organization') return hubErrors.notFound()
  return { status: 200, body: shownOverview(account) }
}

export const userRoutes: readonly HubRoute[] = [['/users/:user/overview', getOverview]]
