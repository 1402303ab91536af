import { PlatformError } from '../platform-error'
import type { CollectedEvidence, CollectedFile, Credential, PullRequestReference, PullRequestSeen } from '../port'
import type { GitHubApi } from './api'
import { restCommitsSchema, restFilesSchema, restReviewsSchema } from './schema'
import { commitFromRest, fileFromRest, reviewFromRest } from './transform'

/** What GitHub gives at most of one pull request. */
const MAX_FILES = 3000
const MAX_COMMITS = 250
const MAX_REVIEWS = 500

type Input = PullRequestReference & { credential: Credential; signal?: AbortSignal | undefined }

/** The changed files with their diffs; a hundred are a request. */
export async function listGitHubFiles(
  api: GitHubApi,
  input: Input,
): Promise<{ files: CollectedFile[]; isTruncated: boolean } | null> {
  const { credential, signal } = input
  const listed = await api.listRest(`${pullPath(input)}/files?per_page=100`, restFilesSchema, {
    credential,
    signal,
    maxItems: MAX_FILES,
  })
  return listed && { files: listed.items.map(fileFromRest), isTruncated: listed.isTruncated }
}

/** Files with their diffs, commits and reviews by REST, beside the pull request itself. */
export async function collectGitHubEvidence(
  api: GitHubApi,
  input: Input,
  pullRequest: PullRequestSeen,
): Promise<CollectedEvidence> {
  const path = `${pullPath(input)}`
  const call = { credential: input.credential, signal: input.signal }
  const files = await api.listRest(`${path}/files?per_page=100`, restFilesSchema, { ...call, maxItems: MAX_FILES })
  const commits = await api.listRest(`${path}/commits?per_page=100`, restCommitsSchema, {
    ...call,
    maxItems: MAX_COMMITS,
  })
  const reviews = await api.listRest(`${path}/reviews?per_page=100`, restReviewsSchema, {
    ...call,
    maxItems: MAX_REVIEWS,
  })
  if (!files || !commits || !reviews) throw new PlatformError({ platform: 'github', kind: 'not_found' })
  return {
    pullRequest,
    files: files.items.map(fileFromRest),
    filesTruncated: files.isTruncated || (pullRequest.changedFiles ?? 0) > files.items.length,
    commits: commits.items.flatMap((commit) => commitFromRest(commit) ?? []),
    commitsTruncated: commits.isTruncated || commits.items.length >= MAX_COMMITS,
    reviews: reviews.items.flatMap((review) => reviewFromRest(review) ?? []),
  }
}

/** Path of a pull request in REST; names are encoded, they may come from a pasted address. */
export function pullPath({ owner, name, number }: PullRequestReference): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/pulls/${number}`
}
