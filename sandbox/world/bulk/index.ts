import type { AccountSource, PullRequestSource, WorldSource } from '../source'
import type { Account, Platform } from '../types'
import { BulkPeople } from './people'
import { BulkPullRequests } from './pull-requests'
import { bulkRepositories } from './repositories'

export type BulkSize = { peopleCount: number; pullRequestCount: number; repositoryCount?: number }

/** A world of any size around the small one: its traps and demo people stay where they are. */
export function bulkWorld(small: WorldSource, size: BulkSize): WorldSource {
  const { peopleCount, pullRequestCount } = size
  const people = new BulkPeople(Math.max(1, peopleCount))
  const filled = Math.min(400, Math.max(5, Math.ceil(pullRequestCount / 500)))
  const repositories = bulkRepositories(size.repositoryCount ?? filled)
  const bulk = new BulkPullRequests({
    seed: small.seed,
    count: Math.max(0, pullRequestCount - small.pullRequests.count),
    peopleCount: Math.max(1, peopleCount),
    repositories,
    accounts: people,
    firstHandle: small.pullRequests.count,
  })
  return {
    seed: small.seed,
    accounts: joinAccounts(small.accounts, people),
    repositories: [...small.repositories, ...repositories],
    pullRequests: joinPullRequests(small.pullRequests, bulk),
  }
}

function joinAccounts(first: AccountSource, second: AccountSource): AccountSource {
  return {
    find: (platform, id) => first.find(platform, id) ?? second.find(platform, id),
    findByLogin: (platform, login) => first.findByLogin(platform, login) ?? second.findByLogin(platform, login),
    *list(platform: Platform, search: string): Iterable<Account> {
      yield* first.list(platform, search)
      yield* second.list(platform, search)
    },
  }
}

function joinPullRequests(first: PullRequestSource, second: PullRequestSource): PullRequestSource {
  const shift = first.count
  const source = (handle: number) => (handle < shift ? ([first, handle] as const) : ([second, handle - shift] as const))
  return {
    count: shift + second.count,
    at: (handle) => {
      const [from, own] = source(handle)
      return from.at(own)
    },
    handlesOf: (filter) => {
      const low = first.handlesOf(filter)
      const high = second.handlesOf(filter)
      const joined = new Uint32Array(low.length + high.length)
      joined.set(low)
      for (let index = 0; index < high.length; index += 1) joined[low.length + index] = (high[index] ?? 0) + shift
      return joined
    },
    findHandle: (key) => {
      const low = first.findHandle(key)
      if (low !== null) return low
      const high = second.findHandle(key)
      return high === null ? null : high + shift
    },
    createdAtMs: (handle) => {
      const [from, own] = source(handle)
      return from.createdAtMs(own)
    },
    updatedAtMs: (handle) => {
      const [from, own] = source(handle)
      return from.updatedAtMs(own)
    },
    details: (pullRequest) =>
      first.findHandle(pullRequest) === null ? second.details(pullRequest) : first.details(pullRequest),
  }
}
