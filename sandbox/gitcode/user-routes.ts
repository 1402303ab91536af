import type { GitCodeHandler, GitCodeRoute } from './api'
import { gitcodeErrors } from './errors'
import { shownProfile } from './user-shape'

const getOwnUser: GitCodeHandler = ({ caller, context }) => {
  const account = caller.kind === 'account' ? context.world.findAccount('gitcode', caller.accountId) : null
  return account === null ? gitcodeErrors.unauthorized() : { status: 200, body: shownProfile(context, account) }
}

const getUser: GitCodeHandler = ({ request, context }) => {
  const account = context.world.findAccountByLogin('gitcode', request.params.username ?? '')
  if (account === null || account.deletedAs !== null) return gitcodeErrors.notFound('User')
  return { status: 200, body: shownProfile(context, account) }
}

export const userRoutes: readonly GitCodeRoute[] = [
  ['/user', getOwnUser],
  ['/users/:username', getUser, 'open'],
]
