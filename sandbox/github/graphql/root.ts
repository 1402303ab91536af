import { GraphQLError } from 'graphql'
import type { Account } from '../../world/types'
import { readNodeId } from '../node-ids'
import { SEARCH_LIMIT, searchPullRequests } from '../search-query'
import { accountNode, actorNode } from './actor'
import { commitNode } from './commit'
import { type ConnectionArguments, connection } from './connection'
import { pullRequestNode } from './pull-request'
import { repositoryNode } from './repository'
import { keyedRows, type NodeMakers, type Resolving } from './resolving'

type RepositoryArguments = { owner: string; name: string; followRenames?: boolean | null }
type SearchArguments = ConnectionArguments & { query: string; type: string }

const make: NodeMakers = {
  actor: actorNode,
  pullRequest: pullRequestNode,
  repository: repositoryNode,
  commit: commitNode,
}

/** The query's own fields. */
export function rootOf(asked: Omit<Resolving, 'make'>) {
  const resolving: Resolving = { ...asked, make }
  return {
    viewer: () => viewerNode(resolving),
    rateLimit: resolving.rateLimit,
    user: ({ login }: { login: string }) => userNode(resolving, login),
    node: ({ id }: { id: string }) => nodeOf(resolving, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => attempt(() => nodeOf(resolving, id))),
    repository: (given: RepositoryArguments) => repositoryByName(resolving, given),
    search: (given: SearchArguments) => search(resolving, given),
  }
}

function viewerNode(resolving: Resolving) {
  const { viewer, github } = resolving
  const account = viewer.kind === 'user' ? github.world.findAccount('github', viewer.accountId) : null
  if (!account) throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } })
  return accountNode(resolving, account)
}

function userNode(resolving: Resolving, login: string) {
  const account = resolving.github.world.findAccountByLogin('github', login)
  if (!account || !isUser(account)) throw notFound(`Could not resolve to a User with the login of '${login}'.`)
  return accountNode(resolving, account)
}

function isUser({ kind, deletedAs }: Account): boolean {
  return kind === 'User' && deletedAs === null
}

function repositoryByName(resolving: Resolving, { owner, name, followRenames }: RepositoryArguments) {
  const repo = resolving.github.world.findRepositoryByName('github', owner, name)
  const isCurrent = repo && `${repo.owner}/${repo.name}`.toLowerCase() === `${owner}/${name}`.toLowerCase()
  if (!repo || (followRenames === false && !isCurrent)) {
    throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
  }
  return repositoryNode(resolving, repo)
}

/** One missing node leaves the others whole: its place is null, its error stands beside. */
function attempt<T>(make: () => T): T | GraphQLError {
  try {
    return make()
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function nodeOf(resolving: Resolving, id: string) {
  const read = readNodeId(id)
  const node = read && findNode(resolving, read.kind, read.parts)
  if (!node) throw notFound(`Could not resolve to a node with the global id of '${id}'`)
  return node
}

function findNode(resolving: Resolving, kind: string, [first = '', second = '']: readonly string[]) {
  const { world } = resolving.github
  if (kind === 'user' || kind === 'bot' || kind === 'organization') {
    const account = world.findAccount('github', Number(first))
    return account && !account.deletedAs ? accountNode(resolving, account) : null
  }
  if (kind === 'pullRequest') {
    const pull = world.findPullRequestById('github', Number(first))
    return pull && pullRequestNode(resolving, pull)
  }
  const repo = world.findRepository('github', Number(first))
  if (!repo) return null
  if (kind === 'repository') return repositoryNode(resolving, repo)
  return kind === 'commit' && world.findCommit('github', repo.id, second) ? commitNode(resolving, repo, second) : null
}

/** Only pull requests are found here; who may not be searched is simply not found. */
function search(resolving: Resolving, { query, type, ...given }: SearchArguments) {
  const result = searchPullRequests(resolving.github.world, query, resolving.viewer)
  const pulls = type === 'ISSUE' && !result.problem ? result.pulls : []
  const rows = keyedRows(
    pulls.slice(0, SEARCH_LIMIT),
    () => true,
    ({ id }) => String(id),
  )
  const made = connection(rows, given, (pull) => pullRequestNode(resolving, pull))
  const counts = { codeCount: 0, discussionCount: 0, repositoryCount: 0, userCount: 0, wikiCount: 0 }
  return { ...made, ...counts, issueCount: pulls.length }
}

function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } })
}
