import { deriveDetails } from '../details'
import { mergeMessage } from '../merge-message'
import { mix32, Random, shaOf } from '../random'
import { type AccountSource, type PullRequestSource, pullRequestId } from '../source'
import { robotOf } from '../special-accounts'
import type {
  Landing,
  Platform,
  PullRequest,
  PullRequestDetails,
  PullRequestFilter,
  PullRequestKey,
  Repository,
} from '../types'
import { FIRST_BULK_ACCOUNT } from './people'

const FROM_SECONDS = Date.UTC(2025, 1, 3) / 1000
const TO_SECONDS = Date.UTC(2026, 10, 20) / 1000
const DAY_SECONDS = 86_400
const SUBJECTS = ['Fix the shape of', 'Speed up', 'Document', 'Test', 'Guard', 'Refactor'] as const
const OBJECTS = ['the sampler', 'the KV cache', 'the router', 'the collator', 'the scheduler', 'the quantizer'] as const

export type BulkInput = {
  seed: string
  count: number
  peopleCount: number
  repositories: readonly Repository[]
  accounts: AccountSource
  /** Handles below belong to another source. */
  firstHandle: number
}

/** Handles grow with time; author and repository of each are numbers in typed arrays, the rest is derived. */
export class BulkPullRequests implements PullRequestSource {
  readonly count: number
  readonly #input: BulkInput
  readonly #authors: Uint32Array
  readonly #repositories: Uint16Array
  readonly #numbers: Uint32Array
  readonly #byAuthor: Grouped
  readonly #byRepository: Grouped
  readonly #repositoryIndex: ReadonlyMap<number, number>

  constructor(input: BulkInput) {
    const { count, peopleCount, repositories, seed } = input
    const random = new Random(`${seed}/bulk`)
    this.#input = input
    this.count = count
    this.#authors = new Uint32Array(count)
    this.#repositories = new Uint16Array(count)
    this.#numbers = new Uint32Array(count)
    const last = new Uint32Array(repositories.length)
    for (let handle = 0; handle < count; handle += 1) {
      // A few are very active, most are not.
      this.#authors[handle] = Math.floor(random.next() ** 2 * peopleCount)
      const repository = Math.floor(random.next() ** 1.5 * repositories.length)
      this.#repositories[handle] = repository
      const number = (last[repository] ?? 0) + 1
      last[repository] = number
      this.#numbers[handle] = number
    }
    this.#byAuthor = groupBy(this.#authors, peopleCount)
    this.#byRepository = groupBy(this.#repositories, repositories.length)
    this.#repositoryIndex = new Map(repositories.map(({ id }, index) => [id, index]))
  }

  at(handle: number): PullRequest {
    const repository = this.#repositoryOf(handle)
    const number = this.#numbers[handle] ?? 0
    const random = new Random(mix32(handle + 1))
    const { platform } = repository
    const createdAt = new Date(this.createdAtMs(handle))
    const title = `${random.pick(SUBJECTS)} ${random.pick(OBJECTS)}`
    const fate = this.#fateOf(handle)
    const endedAt = fate === 'open' ? null : new Date(this.#endedSeconds(handle) * 1000)
    const sha = shaOf('landed', platform, repository.id, number)
    const branch = repository.defaultBranch
    const landing: Landing | null =
      fate === 'merged' && endedAt
        ? { kind: 'merged', sha, at: endedAt, branch, message: mergeMessage(repository, { number, title }) }
        : null
    const mergerId = robotOf(repository)?.id ?? FIRST_BULK_ACCOUNT[platform] + (repository.id % 50)
    return {
      platform,
      repositoryId: repository.id,
      number,
      id: pullRequestId(platform, this.#input.firstHandle + handle),
      title,
      body: '',
      authorId: FIRST_BULK_ACCOUNT[platform] + (this.#authors[handle] ?? 0),
      state: fate,
      isDraft: false,
      createdAt,
      updatedAt: new Date(this.updatedAtMs(handle)),
      closedAt: endedAt,
      mergedAt: landing ? endedAt : null,
      mergedById: landing ? mergerId : null,
      closedById: endedAt ? mergerId : null,
      mergeCommitSha: landing ? sha : null,
      baseBranch: branch,
      baseSha: shaOf('base', repository.id, number),
      headBranch: `patch-${number % 97}`,
      headSha: shaOf('head', platform, repository.id, number),
      headRepositoryId: 900_000_000 + (handle % 90_000_000),
      labels: [],
      additions: random.skewed(3.6, 1.5),
      deletions: random.skewed(2.1, 1.5) - 1,
      changedFiles: Math.min(8, random.skewed(0.7, 0.8)),
      commitCount: random.between(1, 3),
      landing,
      coAuthorIds: [],
      revertedBy: null,
      mirrorOf: null,
      cherryPickOf: null,
      traps: [],
    }
  }

  handlesOf({ platform, repositoryId, authorId }: PullRequestFilter): ArrayLike<number> {
    if (authorId !== undefined) {
      const own = this.#byAuthor.of(authorId - FIRST_BULK_ACCOUNT[platform])
      return own.filter((handle) => this.#isIn(handle, platform, repositoryId))
    }
    if (repositoryId !== undefined) {
      const index = this.#repositoryIndex.get(repositoryId)
      return index === undefined || this.#input.repositories[index]?.platform !== platform
        ? []
        : this.#byRepository.of(index)
    }
    return Uint32Array.from({ length: this.count }, (_, handle) => handle).filter((handle) =>
      this.#isIn(handle, platform),
    )
  }

  findHandle({ platform, repositoryId, number }: PullRequestKey): number | null {
    const index = this.#repositoryIndex.get(repositoryId)
    if (index === undefined || this.#input.repositories[index]?.platform !== platform) return null
    return this.#byRepository.of(index)[number - 1] ?? null
  }

  createdAtMs(handle: number): number {
    return Math.floor(FROM_SECONDS + ((TO_SECONDS - FROM_SECONDS) * handle) / this.count) * 1000
  }

  updatedAtMs(handle: number): number {
    const ended = this.#fateOf(handle) === 'open' ? this.createdAtMs(handle) / 1000 : this.#endedSeconds(handle)
    return (ended + 60 + (mix32(handle) % 3600)) * 1000
  }

  details(pullRequest: PullRequest): PullRequestDetails {
    const index = this.#repositoryIndex.get(pullRequest.repositoryId) ?? -1
    const repository = this.#input.repositories[index]
    const author = this.#input.accounts.find(pullRequest.platform, pullRequest.authorId)
    if (!repository || !author) throw new Error('a pull request outside of this world')
    const first = FIRST_BULK_ACCOUNT[pullRequest.platform]
    const maintainerIds = [0, 1, 2].map((offset) => first + ((index * 3 + offset) % this.#input.peopleCount))
    return deriveDetails({ pullRequest, repository, author, maintainerIds })
  }

  #repositoryOf(handle: number): Repository {
    const repository = this.#input.repositories[this.#repositories[handle] ?? -1]
    if (!repository) throw new Error(`no pull request with handle ${handle}`)
    return repository
  }

  #isIn(handle: number, platform: Platform, repositoryId?: number): boolean {
    const repository = this.#repositoryOf(handle)
    return repository.platform === platform && (repositoryId === undefined || repository.id === repositoryId)
  }

  #fateOf(handle: number): 'merged' | 'closed' | 'open' {
    const fate = mix32(handle * 7 + 3) % 100
    if (fate < 80) return 'merged'
    return fate < 92 ? 'closed' : 'open'
  }

  #endedSeconds(handle: number): number {
    return this.createdAtMs(handle) / 1000 + 600 + (mix32(handle * 5 + 1) % (2 * DAY_SECONDS))
  }
}

type Grouped = { of(group: number): Uint32Array }

/** Positions by value, in one array of all positions and one of starts. */
function groupBy(values: ArrayLike<number>, groups: number): Grouped {
  const starts = new Uint32Array(groups + 1)
  for (let index = 0; index < values.length; index += 1) {
    const after = (values[index] ?? 0) + 1
    starts[after] = (starts[after] ?? 0) + 1
  }
  for (let group = 1; group <= groups; group += 1) starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0)
  const next = starts.slice()
  const positions = new Uint32Array(values.length)
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0
    const slot = next[value] ?? 0
    positions[slot] = index
    next[value] = slot + 1
  }
  return {
    of: (group) =>
      group < 0 || group >= groups ? new Uint32Array() : positions.subarray(starts[group], starts[group + 1]),
  }
}
