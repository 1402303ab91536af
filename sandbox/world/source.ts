import type {
  Account,
  Commit,
  Platform,
  PullRequest,
  PullRequestDetails,
  PullRequestFilter,
  PullRequestKey,
  Repository,
} from './types'

/**
 * Where a world comes from: a generator or a loaded folder. Pull requests are named by handles
 * (0 … count − 1), so that a million of them can be listed and ordered without being made.
 */
export type WorldSource = {
  seed: string
  accounts: AccountSource
  repositories: readonly Repository[]
  pullRequests: PullRequestSource
  /** What came with no pull request. */
  directCommits?: readonly Commit[]
}

export type AccountSource = {
  find(platform: Platform, id: number): Account | null
  findByLogin(platform: Platform, login: string): Account | null
  /** In a stable order; search is a part of login or name, lower case. */
  list(platform: Platform, search: string): Iterable<Account>
}

export type PullRequestSource = {
  count: number
  at(handle: number): PullRequest
  handlesOf(filter: PullRequestFilter): ArrayLike<number>
  findHandle(key: PullRequestKey): number | null
  createdAtMs(handle: number): number
  updatedAtMs(handle: number): number
  details(pullRequest: PullRequest): PullRequestDetails
}

/** A pull request's platform-wide id tells its handle, and the other way round. */
const FIRST_ID = { github: 2_700_000_000, gitee: 12_000_000, gitcode: 5_000_000, huggingface: 3_000_000 } as const

export function pullRequestId(platform: Platform, handle: number): number {
  return FIRST_ID[platform] + handle
}

export function handleOfId(platform: Platform, id: number): number {
  return id - FIRST_ID[platform]
}

export function keyText({ platform, repositoryId, number }: PullRequestKey): string {
  return `${platform}/${repositoryId}/${number}`
}
