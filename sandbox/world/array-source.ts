import { keyText, type PullRequestSource } from './source'
import type { PullRequest, PullRequestDetails, PullRequestFilter, PullRequestKey } from './types'

/** Pull requests that are held whole, with indexes by repository, author and key. */
export class PullRequestArray implements PullRequestSource {
  readonly details: (pullRequest: PullRequest) => PullRequestDetails
  readonly #pullRequests: readonly PullRequest[]
  readonly #byKey = new Map<string, number>()
  readonly #byFilter = new Map<string, number[]>()

  constructor(pullRequests: readonly PullRequest[], details: (pullRequest: PullRequest) => PullRequestDetails) {
    this.#pullRequests = pullRequests
    this.details = details
    for (const [handle, pullRequest] of pullRequests.entries()) {
      const { platform, repositoryId, authorId } = pullRequest
      this.#byKey.set(keyText(pullRequest), handle)
      for (const filter of [
        { platform },
        { platform, repositoryId },
        { platform, authorId },
        { platform, repositoryId, authorId },
      ]) {
        const text = filterText(filter)
        const handles = this.#byFilter.get(text)
        if (handles) handles.push(handle)
        else this.#byFilter.set(text, [handle])
      }
    }
  }

  get count(): number {
    return this.#pullRequests.length
  }

  at(handle: number): PullRequest {
    const pullRequest = this.#pullRequests[handle]
    if (!pullRequest) throw new Error(`no pull request with handle ${handle}`)
    return pullRequest
  }

  handlesOf(filter: PullRequestFilter): ArrayLike<number> {
    return this.#byFilter.get(filterText(filter)) ?? []
  }

  findHandle(key: PullRequestKey): number | null {
    return this.#byKey.get(keyText(key)) ?? null
  }

  createdAtMs(handle: number): number {
    return this.at(handle).createdAt.getTime()
  }

  updatedAtMs(handle: number): number {
    return this.at(handle).updatedAt.getTime()
  }
}

function filterText({ platform, repositoryId, authorId }: PullRequestFilter): string {
  return `${platform}/${repositoryId ?? '*'}/${authorId ?? '*'}`
}
