import type { Account } from '../../world/types'
import { accountNodeId, canSeeWorkOf, graphqlAccount } from '../people'
import { time } from '../urls'
import { connection } from './connection'
import { type PullRequestArguments, pullRequestConnection, type Resolving } from './resolving'

/** Author, merger or closer; null for accounts that are gone. */
export function actorNode(resolving: Resolving, accountId: number | null) {
  const account = graphqlAccount(resolving.github.world, accountId)
  return account && accountNode(resolving, account)
}

export function accountNode(resolving: Resolving, account: Account) {
  const { urls } = resolving.github
  return {
    __typename: account.kind,
    id: accountNodeId(account),
    databaseId: account.id,
    // A bot's suffix belongs to REST.
    login: account.kind === 'Bot' ? account.login.replace(/\[bot\]$/, '') : account.login,
    name: account.name,
    url: urls.user(account),
    resourcePath: `/${account.login}`,
    avatarUrl: `${urls.web}/avatars/${account.id}`,
    email: '',
    bio: null,
    company: null,
    location: null,
    createdAt: time(account.createdAt),
    updatedAt: time(account.createdAt),
    isViewer: resolving.viewer.kind === 'user' && resolving.viewer.accountId === account.id,
    isSiteAdmin: false,
    pullRequests: (given: PullRequestArguments) =>
      canSeeWorkOf(resolving.viewer, account)
        ? pullRequestConnection(resolving, { platform: 'github', authorId: account.id }, given)
        : connection([], given, () => null),
  }
}
