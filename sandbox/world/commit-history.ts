import { shaOf } from './random'
import type { Account, Commit, Platform, PullRequest, Repository, World } from './types'

type Indexed = { commits: readonly Commit[]; bySha: ReadonlyMap<string, Commit> }

/** Branch histories, put together from landings and reverts when a repository is first asked for. */
export class CommitHistory {
  readonly #world: World
  #direct: readonly Commit[]
  readonly #indexed = new Map<string, Indexed>()

  constructor(world: World, direct: readonly Commit[] = []) {
    this.#world = world
    this.#direct = direct
  }

  list(platform: Platform, repositoryId: number, branch?: string): readonly Commit[] {
    const repository = this.#world.findRepository(platform, repositoryId)
    if (!repository) return []
    const wanted = branch ?? repository.defaultBranch
    return this.#index(repository).commits.filter((commit) => commit.branch === wanted)
  }

  find(platform: Platform, repositoryId: number, sha: string): Commit | null {
    const repository = this.#world.findRepository(platform, repositoryId)
    if (!repository) return null
    return this.#index(repository).bySha.get(sha) ?? null
  }

  add(commit: Commit): void {
    this.#direct = [...this.#direct, commit]
    this.forget()
  }

  forget(): void {
    this.#indexed.clear()
  }

  #index(repository: Repository): Indexed {
    const key = `${repository.platform}/${repository.id}`
    const kept = this.#indexed.get(key)
    if (kept) return kept
    const bySha = new Map<string, Commit>()
    const origin = repository.mirrorOf ?? { platform: repository.platform, repositoryId: repository.id }
    const list = this.#world.listPullRequests(origin)
    for (let index = 0; index < list.length; index += 1) {
      const pullRequest = list.at(index)
      if (!pullRequest) continue
      for (const commit of this.#commitsOf(pullRequest, repository)) {
        const cameWith = pullRequest.number
        if (!bySha.has(commit.sha) || commit.branch !== null) bySha.set(commit.sha, { ...commit, cameWith })
      }
    }
    for (const commit of this.#direct) if (isIn(commit, repository)) bySha.set(commit.sha, commit)
    const commits = [...bySha.values()].sort((a, b) => b.at.getTime() - a.at.getTime())
    const chained = withParents(commits)
    const indexed = { commits: chained, bySha: new Map(chained.map((commit) => [commit.sha, commit])) }
    this.#indexed.set(key, indexed)
    return indexed
  }

  #commitsOf(pullRequest: PullRequest, repository: Repository): readonly Commit[] {
    const place = { platform: repository.platform, repositoryId: repository.id }
    const commits: Commit[] = repository.mirrorOf
      ? []
      : this.#world.getDetails(pullRequest).commits.map((commit) => ({ ...commit, branch: null }))
    const { landing, revertedBy } = pullRequest
    const author = this.#world.findAccount(pullRequest.platform, pullRequest.authorId)
    if (landing) {
      const by = pullRequest.mergedById ?? pullRequest.closedById
      const committer = by === null ? author : this.#world.findAccount(pullRequest.platform, by)
      // What a company's tool copies out is committed in the project's own name.
      const shown = landing.kind === 'copybara' ? null : author
      commits.push({ ...place, ...landing, parents: [], ...people(shown, committer) })
    }
    if (landing && revertedBy && revertedBy.number === null) {
      const message = `Revert "${pullRequest.title} (#${pullRequest.number})"\n\nThis reverts commit ${landing.sha}.`
      const reverter = this.#world.findAccount(pullRequest.platform, pullRequest.closedById ?? pullRequest.authorId)
      commits.push({
        ...place,
        ...revertedBy,
        branch: landing.branch,
        message,
        parents: [],
        ...people(reverter, reverter),
      })
      if (revertedBy.undoneBy) {
        // As git itself calls the revert of a revert.
        const again = `Reapply "${pullRequest.title} (#${pullRequest.number})"\n\nThis reverts commit ${revertedBy.sha}.`
        const by = people(reverter, reverter)
        commits.push({ ...place, ...revertedBy.undoneBy, branch: landing.branch, message: again, parents: [], ...by })
      }
    }
    return commits
  }
}

function isIn({ platform, repositoryId }: Commit, repository: Repository): boolean {
  return platform === repository.platform && repositoryId === repository.id
}

function people(author: Account | null, committer: Account | null) {
  return {
    authorId: author?.id ?? null,
    authorName: author?.name ?? author?.login ?? 'project authors',
    authorEmail: author?.email ?? 'authors@mail.example.org',
    committerId: committer?.id ?? null,
    committerName: committer?.name ?? committer?.login ?? 'unknown',
    committerEmail: committer?.email ?? 'unknown@example.org',
  }
}

/** On a branch the parent is the commit before it; the first one stands on an invented root. */
function withParents(newestFirst: readonly Commit[]): readonly Commit[] {
  const below = new Map<string, string>()
  const chained: Commit[] = []
  for (const commit of newestFirst.toReversed()) {
    if (commit.branch === null) {
      chained.push(commit)
      continue
    }
    const parent = below.get(commit.branch) ?? shaOf('root', commit.repositoryId, commit.branch)
    below.set(commit.branch, commit.sha)
    chained.push({ ...commit, parents: [parent, ...(commit.mergedParents ?? [])] })
  }
  return chained.reverse()
}
