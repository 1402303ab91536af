import type { PullRequest, PullRequestFilter, PullRequestList, Repository } from '../../world/types'
import type { GitHub } from '../github'
import type { Viewer } from '../viewer'
import { type ConnectionArguments, connection, type Keyed } from './connection'

/** The nodes refer to each other in circles; each is made through here, so that their files do not. */
export type NodeMakers = {
  actor(resolving: Resolving, accountId: number | null): object | null
  pullRequest(resolving: Resolving, pull: PullRequest): object
  repository(resolving: Resolving, repo: Repository): object
  commit(resolving: Resolving, repo: Repository, sha: string): object
}

/** What resolvers need: the platform, and whose eyes the query has. */
export type Resolving = {
  github: GitHub
  viewer: Viewer
  rateLimit: Readonly<Record<string, unknown>>
  make: NodeMakers
}

export type PullRequestArguments = ConnectionArguments & {
  states?: readonly string[] | null
  labels?: readonly string[] | null
  baseRefName?: string | null
  headRefName?: string | null
  orderBy?: { field: string; direction: string } | null
}

/** `pullRequests(…)` of a user or a repository. Without orderBy the oldest come first, as on GitHub. */
export function pullRequestConnection(resolving: Resolving, filter: PullRequestFilter, given: PullRequestArguments) {
  const field = given.orderBy?.field === 'UPDATED_AT' ? 'updated' : 'created'
  const direction = given.orderBy?.direction === 'DESC' ? 'desc' : 'asc'
  const list = resolving.github.world.listPullRequests(filter, { field, direction })
  const rows = keyedRows(list, pullFilter(given), (pull) => {
    const at = field === 'updated' ? pull.updatedAt : pull.createdAt
    return `${at.getTime()}:${pull.id}:${direction}`
  })
  return connection(rows, given, (pull) => resolving.make.pullRequest(resolving, pull))
}

export function keyedRows(
  list: PullRequestList | readonly PullRequest[],
  holds: (pull: PullRequest) => boolean,
  keyOf: (pull: PullRequest) => string,
): readonly Keyed<PullRequest>[] {
  const rows: Keyed<PullRequest>[] = []
  for (let index = 0; index < list.length; index += 1) {
    const pull = list.at(index)
    if (pull && holds(pull)) rows.push({ row: pull, key: keyOf(pull) })
  }
  return rows
}

function pullFilter({ states, labels, baseRefName, headRefName }: PullRequestArguments) {
  return (pull: PullRequest): boolean => {
    if (states && !states.includes(pull.state.toUpperCase())) return false
    if (labels && !labels.some((label) => pull.labels.includes(label))) return false
    if (baseRefName && pull.baseBranch !== baseRefName) return false
    return !headRefName || pull.headBranch === headRefName
  }
}
