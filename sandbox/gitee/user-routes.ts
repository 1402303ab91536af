import type { GiteeCall, GiteeHandler, GiteeRoute } from './api'
import { giteeErrors } from './errors'
import { pageAnswer } from './paging'
import { shownProject } from './repository-shape'
import { shownProfile, shownUser } from './user-shape'

const getOwnUser: GiteeHandler = ({ caller, context }) => {
  if (caller.kind === 'anonymous') return giteeErrors.sessionRequired()
  const account = caller.kind === 'account' ? context.world.findAccount('gitee', caller.accountId) : null
  if (caller.kind === 'service' || account === null) return giteeErrors.tokenRequired()
  return { status: 200, body: shownProfile(context, account, caller.scope.split(' ').includes('emails')) }
}

const getUser: GiteeHandler = ({ request, context }) => {
  const account = context.world.findAccountByLogin('gitee', request.params.username ?? '')
  if (account === null || account.deletedAs !== null || account.kind === 'Organization') {
    return giteeErrors.userNotFound()
  }
  return { status: 200, body: shownProfile(context, account, false) }
}

const getOrganisation: GiteeHandler = ({ request, context }) => {
  const account = context.world.findAccountByLogin('gitee', request.params.org ?? '')
  if (account?.kind !== 'Organization') return giteeErrors.groupNotFound()
  const { id, login, name, avatar_url, url } = shownUser(context, account)
  const api = url.replace('/users/', '/orgs/')
  const links = { url: api, repos_url: `${api}/repos`, events_url: `${api}/events`, members_url: `${api}/members` }
  return { status: 200, body: { id, login, name, avatar_url, ...links, description: '', follow_count: 1 } }
}

const listOrganisationRepositories: GiteeHandler = (call) => {
  const account = call.context.world.findAccountByLogin('gitee', call.request.params.org ?? '')
  if (account?.kind !== 'Organization') return giteeErrors.groupNotFound()
  return listRepositoriesOf(call, account.id)
}

const listUserRepositories: GiteeHandler = (call) => {
  const account = call.context.world.findAccountByLogin('gitee', call.request.params.username ?? '')
  return account === null ? giteeErrors.userNotFound() : listRepositoriesOf(call, account.id)
}

function listRepositoriesOf({ request, context }: GiteeCall, ownerId: number) {
  const type = request.query.get('type') ?? 'all'
  const found = context.world
    .listRepositories('gitee')
    .filter((repository) => repository.ownerId === ownerId && !repository.isPrivate && type !== 'private')
    .toSorted((left, right) => right.createdAt.getTime() - left.createdAt.getTime() || left.id - right.id)
  return pageAnswer(request, found, (repository) => shownProject(context, repository))
}

export const userRoutes: readonly GiteeRoute[] = [
  ['/user', getOwnUser],
  ['/users/:username', getUser],
  ['/users/:username/repos', listUserRepositories],
  ['/orgs/:org', getOrganisation],
  ['/orgs/:org/repos', listOrganisationRepositories],
]
