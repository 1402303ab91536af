import { CommitHistory } from './commit-history'
import { patchOf } from './patches'
import { handleOfId, type WorldSource } from './source'
import type {
  Account,
  Commit,
  FileChange,
  Platform,
  PullRequest,
  PullRequestChange,
  PullRequestDetails,
  PullRequestFilter,
  PullRequestKey,
  PullRequestList,
  PullRequestOrder,
  Repository,
  World,
} from './types'

type AccountChange = Parameters<World['changeAccount']>[2]

/** A source with look-ups by name, orders that are kept, and the changes that tests make. */
export class StoredWorld implements World {
  readonly seed: string
  readonly #source: WorldSource
  readonly #repositoriesByName = new Map<string, Repository>()
  readonly #repositoriesById = new Map<string, Repository>()
  readonly #changed = new Map<number, PullRequest>()
  readonly #changedAccounts = new Map<string, Account>()
  readonly #orders = new Map<string, Uint32Array>()
  readonly #history: CommitHistory

  constructor(source: WorldSource) {
    this.seed = source.seed
    this.#source = source
    this.#history = new CommitHistory(this, source.directCommits)
    for (const repository of source.repositories) this.#remember(repository)
  }

  listAccounts(platform: Platform, page: { search?: string; offset?: number; limit: number }): readonly Account[] {
    const accounts: Account[] = []
    let skip = page.offset ?? 0
    for (const found of this.#source.accounts.list(platform, (page.search ?? '').toLowerCase())) {
      if (accounts.length >= page.limit) break
      if (skip > 0) skip -= 1
      else accounts.push(this.#today(found))
    }
    return accounts
  }

  findAccount(platform: Platform, id: number): Account | null {
    const found = this.#source.accounts.find(platform, id)
    return found && this.#today(found)
  }

  findAccountByLogin(platform: Platform, login: string): Account | null {
    const wanted = login.toLowerCase()
    for (const account of this.#changedAccounts.values()) {
      if (account.platform === platform && account.login.toLowerCase() === wanted) return account
    }
    const found = this.#source.accounts.findByLogin(platform, wanted)
    const account = found && this.#today(found)
    return account && account.login.toLowerCase() === wanted ? account : null
  }

  listRepositories(platform: Platform): readonly Repository[] {
    return this.#source.repositories.filter((repository) => repository.platform === platform)
  }

  findRepository(platform: Platform, id: number): Repository | null {
    return this.#repositoriesById.get(`${platform}/${id}`) ?? null
  }

  findRepositoryByName(platform: Platform, owner: string, name: string): Repository | null {
    return this.#repositoriesByName.get(`${platform}/${owner}/${name}`.toLowerCase()) ?? null
  }

  countPullRequests(platform: Platform): number {
    return this.#source.pullRequests.handlesOf({ platform }).length
  }

  listPullRequests(
    filter: PullRequestFilter,
    order: PullRequestOrder = { field: 'updated', direction: 'desc' },
  ): PullRequestList {
    const handles = this.#orderedHandles(filter, order.field)
    const isDescending = order.direction === 'desc'
    return {
      length: handles.length,
      at: (index) => {
        const handle = handles[isDescending ? handles.length - 1 - index : index]
        return handle === undefined ? undefined : this.#pullRequest(handle)
      },
    }
  }

  findPullRequest(key: PullRequestKey): PullRequest | null {
    const handle = this.#source.pullRequests.findHandle(key)
    return handle === null ? null : this.#pullRequest(handle)
  }

  findPullRequestById(platform: Platform, id: number): PullRequest | null {
    const handle = handleOfId(platform, id)
    if (!Number.isInteger(handle) || handle < 0 || handle >= this.#source.pullRequests.count) return null
    const pullRequest = this.#pullRequest(handle)
    return pullRequest.platform === platform ? pullRequest : null
  }

  getDetails(pullRequest: PullRequest): PullRequestDetails {
    return this.#source.pullRequests.details(pullRequest)
  }

  getPatch(pullRequest: PullRequest, file: FileChange): string {
    return patchOf(pullRequest, file)
  }

  listCommits(platform: Platform, repositoryId: number, branch?: string): readonly Commit[] {
    return this.#history.list(platform, repositoryId, branch)
  }

  findCommit(platform: Platform, repositoryId: number, sha: string): Commit | null {
    return this.#history.find(platform, repositoryId, sha)
  }

  changePullRequest(key: PullRequestKey, change: PullRequestChange): PullRequest {
    const handle = this.#source.pullRequests.findHandle(key)
    if (handle === null) throw new Error('no such pull request in this world')
    const changed = { ...this.#pullRequest(handle), updatedAt: new Date(), ...change }
    this.#changed.set(handle, changed)
    this.#orders.clear()
    this.#history.forget()
    return changed
  }

  addCommit(commit: Commit): Commit {
    this.#history.add(commit)
    return commit
  }

  changeAccount(platform: Platform, id: number, change: AccountChange): Account {
    const account = this.findAccount(platform, id)
    if (!account) throw new Error('no such account in this world')
    const isRenamed = change.login !== undefined && change.login !== account.login
    const formerLogins = isRenamed ? [...account.formerLogins, account.login] : account.formerLogins
    const changed: Account = { ...account, ...change, formerLogins }
    this.#changedAccounts.set(`${platform}/${id}`, changed)
    return changed
  }

  #remember(repository: Repository): void {
    const { platform, id, owner, name, formerFullNames } = repository
    this.#repositoriesById.set(`${platform}/${id}`, repository)
    for (const former of formerFullNames) {
      const key = `${platform}/${former}`.toLowerCase()
      if (!this.#repositoriesByName.has(key)) this.#repositoriesByName.set(key, repository)
    }
    this.#repositoriesByName.set(`${platform}/${owner}/${name}`.toLowerCase(), repository)
  }

  #today(account: Account): Account {
    return this.#changedAccounts.get(`${account.platform}/${account.id}`) ?? account
  }

  #pullRequest(handle: number): PullRequest {
    return this.#changed.get(handle) ?? this.#source.pullRequests.at(handle)
  }

  #orderedHandles(filter: PullRequestFilter, field: PullRequestOrder['field']): Uint32Array {
    const key = `${filter.platform}/${filter.repositoryId ?? '*'}/${filter.authorId ?? '*'}/${field}`
    const kept = this.#orders.get(key)
    if (kept) return kept
    const handles = Uint32Array.from(this.#source.pullRequests.handlesOf(filter))
    const time = (handle: number) => this.#timeOf(handle, field)
    handles.sort((a, b) => time(a) - time(b) || a - b)
    if (this.#orders.size > 2000) this.#orders.clear()
    this.#orders.set(key, handles)
    return handles
  }

  #timeOf(handle: number, field: PullRequestOrder['field']): number {
    const changed = this.#changed.get(handle)
    if (field === 'created') return this.#source.pullRequests.createdAtMs(handle)
    return changed ? changed.updatedAt.getTime() : this.#source.pullRequests.updatedAtMs(handle)
  }
}
