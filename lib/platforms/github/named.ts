import { findCoAuthors, stripAddresses } from '@/lib/domain/evidence'
import type { CommitRead, ReviewRead } from '../named-port'
import type { CommitSeen, Credential, PullRequestReference, RepositoryReference } from '../port'
import { saysItReverts } from '../reverting-message'
import type { GitHubApi } from './api'
import { pullPath } from './evidence'
import {
  restCommitsSchema,
  restComparisonSchema,
  restOneCommitSchema,
  restPullsOfCommitSchema,
  restRemarkSchema,
  restRepositorySchema,
  restReviewSchema,
} from './schema'
import { authorFromRest, branchCommitFromRest, fileFromRest, repositoryFromRest, reviewFromRest } from './transform'

type Call = { credential: Credential; signal?: AbortSignal | undefined }
type CommitInput = RepositoryReference & { sha: string; branches: readonly string[] } & Call

/** GitHub shows at most this many files of a commit. */
const MAX_FILES = 3000
const PAGE = 100
/** Of one file since a commit, newest first. */
const MAX_LATER_COMMITS = 500

/** A commit with its files, the branch that it stands on, and the pull request that it came with: four requests or so. */
export async function readCommit(api: GitHubApi, input: CommitInput): Promise<CommitRead | null> {
  const call = callOf(input)
  const path = `/repos/${encodeURIComponent(input.owner)}/${encodeURIComponent(input.name)}`
  const repository = await api.findRest(path, restRepositorySchema, call)
  if (repository === null || repository.private) return null
  const commit = await findCommit(api, `${path}/commits/${encodeURIComponent(input.sha)}`, call)
  const committedAt = commit?.commit.committer?.date ?? commit?.commit.author?.date ?? null
  if (commit === null || committedAt === null) return null
  const seen = repositoryFromRest(repository)
  const author = authorFromRest(commit.author)
  const branches = [...new Set([seen.defaultBranch ?? '', ...input.branches])].filter((branch) => branch !== '')
  const branch = await findBranchOf(api, { path, sha: commit.sha, branches, call })
  const pullRequestNumber = await findPullRequestOf(api, { path, sha: commit.sha, repositoryId: repository.id, call })
  const files = commit.files.map(fileFromRest)
  const isAlone = branch !== null && pullRequestNumber === null
  const fullName = `${seen.owner}/${seen.name}`
  const since = { branch: branch ?? '', committedAt, file: files[0]?.path ?? null, fullName }
  return {
    repository: seen,
    sha: commit.sha,
    url: commit.html_url,
    message: stripAddresses(commit.commit.message),
    author: { platformUserId: author.authorPlatformUserId, login: author.authorLogin, type: author.authorType },
    coAuthors: findCoAuthors(commit.commit.message),
    committedAt,
    branch,
    isMerge: commit.parents.length > 1,
    pullRequestNumber,
    files,
    filesTruncated: commit.isTruncated,
    revertingCommits: isAlone ? await listReverting(api, { path, sha: commit.sha, call, ...since }) : [],
  }
}

/** A sha that is none, or of which there is none, is 422. */
async function findCommit(api: GitHubApi, path: string, call: Call) {
  const first = await api.askRest(`${path}?per_page=${PAGE}&page=1`, restOneCommitSchema, { ...call, refusals: [422] })
  if (first === null || first === 'refused') return null
  const files = [...(first.files ?? [])]
  let isTruncated = false
  for (let page = 2; files.length === (page - 1) * PAGE; page += 1) {
    isTruncated = files.length >= MAX_FILES
    if (isTruncated) break
    const next = await api.findRest(`${path}?per_page=${PAGE}&page=${page}`, restOneCommitSchema, call)
    files.push(...(next?.files ?? []))
  }
  return { ...first, files, isTruncated }
}

type Standing = { path: string; sha: string; call: Call }

/** A commit stands on a branch that has nothing to catch up with it. */
async function findBranchOf(
  api: GitHubApi,
  { path, sha, branches, call }: Standing & { branches: readonly string[] },
): Promise<string | null> {
  for (const branch of branches) {
    const compared = await api.findRest(
      `${path}/compare/${encodeURIComponent(branch)}...${sha}?per_page=1`,
      restComparisonSchema,
      call,
    )
    if (compared?.status === 'behind' || compared?.status === 'identical') return branch
  }
  return null
}

async function findPullRequestOf(
  api: GitHubApi,
  { path, sha, repositoryId, call }: Standing & { repositoryId: number },
): Promise<number | null> {
  const pulls = await api.findRest(`${path}/commits/${sha}/pulls?per_page=${PAGE}`, restPullsOfCommitSchema, call)
  const landed = (pulls ?? []).filter(({ merged_at, base }) => merged_at !== null && base.repo?.id === repositoryId)
  return landed.map(({ number }) => number).sort((a, b) => a - b)[0] ?? null
}

type Since = Standing & { branch: string; committedAt: Date; file: string | null; fullName: string }

/**
 * GitHub shows at no commit who takes it back. What does so changes the same files: the history of one of them, from that
 * commit on, is looked through.
 */
async function listReverting(api: GitHubApi, { path, call, ...of }: Since): Promise<CommitSeen[]> {
  if (of.file === null) return []
  const query = new URLSearchParams({
    sha: of.branch,
    path: of.file,
    since: of.committedAt.toISOString(),
    per_page: String(PAGE),
  })
  const asked = { ...call, maxItems: MAX_LATER_COMMITS }
  const listed = await api.listRest(`${path}/commits?${query}`, restCommitsSchema, asked)
  return (listed?.items ?? [])
    .flatMap((commit) => branchCommitFromRest(commit) ?? [])
    .filter(({ sha, message }) => sha !== of.sha && saysItReverts(message, of.fullName))
}

type ReviewInput = PullRequestReference & { of: 'review' | 'remark'; id: string } & Call

/** A review by its own id, or the one that a remark at a line belongs to. */
export async function readReview(api: GitHubApi, input: ReviewInput): Promise<Omit<ReviewRead, 'pullRequest'> | null> {
  const id = input.of === 'review' ? input.id : await findReviewOfRemark(api, input)
  const review = id && (await api.findRest(`${pullPath(input)}/reviews/${id}`, restReviewSchema, callOf(input)))
  const read = review ? reviewFromRest(review) : null
  if (!review || read === null) return null
  return { ...read, url: review.html_url, authorType: authorFromRest(review.user).authorType }
}

async function findReviewOfRemark(api: GitHubApi, input: ReviewInput): Promise<string | null> {
  const { owner, name, number, id } = input
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/pulls/comments/${id}`
  const remark = await api.findRest(path, restRemarkSchema, callOf(input))
  if (remark === null || remark.pull_request_review_id === null) return null
  // The number in the address is what was pasted; the remark says itself where it is from.
  if (!remark.pull_request_url.endsWith(`/pulls/${number}`)) return null
  return String(remark.pull_request_review_id)
}

function callOf({ credential, signal }: Call): Call {
  return { credential, signal }
}
