import { stripAddresses } from '@/lib/domain/evidence'
import { findCherryPickSources } from '@/lib/domain/work'
import { changeSizeOf } from '../change-size'
import { PlatformError } from '../platform-error'
import type {
  CollectedEvidence,
  CommitSeen,
  CompletedPullRequest,
  PullRequestReference,
  PullRequestSeen,
} from '../port'
import { saysItReverts } from '../reverting-message'
import { type GitCodeApi, type GitCodeCall, repositoryPath } from './api'
import { commentsSchema, commitsSchema, filesSchema, type GitCodeCommit } from './schema'
import { isMergeOf, toBranchCommit, toCommit, toFile, toReview } from './transform'

const MERGE_WINDOW_MS = 600_000
const TITLE_WINDOW_MS = 60_000
/** Two thousand commits of a branch: years of most repositories, and read whole only the first time. */
const MAX_REVERT_PAGES = 20
const MAX_COMMIT_PAGES = 5
const MAX_REMARK_PAGES = 5

/** The merge commit is found in the target branch by GitCode's words in it: no record names it. */
export async function completePullRequest(
  api: GitCodeApi,
  pull: PullRequestSeen,
  call: GitCodeCall,
): Promise<CompletedPullRequest> {
  const commit = pull.state === 'merged' ? await findMergeCommit(api, pull, call) : null
  if (commit === null) return { pullRequest: pull, branchCommits: [] }
  const cherryPickedFrom = findCherryPickSources(commit.message)
  return { pullRequest: { ...pull, mergeCommitSha: commit.sha, cherryPickedFrom }, branchCommits: [commit] }
}

async function findMergeCommit(api: GitCodeApi, pull: PullRequestSeen, call: GitCodeCall): Promise<CommitSeen | null> {
  const { mergedAt, repository, number } = pull
  if (mergedAt === null) return null
  const query = new URLSearchParams({
    sha: pull.baseBranch,
    since: new Date(mergedAt.getTime() - MERGE_WINDOW_MS).toISOString(),
    until: new Date(mergedAt.getTime() + MERGE_WINDOW_MS).toISOString(),
  })
  const path = `${repositoryPath(repository)}/commits?${query}`
  const listed = await api.list(path, commitsSchema, { ...call, maxPages: 5 })
  const items = listed?.items ?? []
  const fullName = `${repository.owner}/${repository.name}`
  const found = items.find(({ commit }) => isMergeOf(commit.message, { fullName, number })) ?? findByTitle(items, pull)
  return found ? toBranchCommit(found) : null
}

/** A commit that was squashed, or came with a history from elsewhere, names another number or none: title and minute tell. */
function findByTitle(commits: readonly GitCodeCommit[], { title, mergedAt }: PullRequestSeen): GitCodeCommit | null {
  const fitting = commits.filter((commit) => {
    const at = toBranchCommit(commit)?.committedAt
    const isThen = at && mergedAt && Math.abs(at.getTime() - mergedAt.getTime()) <= TITLE_WINDOW_MS
    return isThen && linesOf(commit.commit.message).includes(titleOf(title))
  })
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

/** A merge message says by which branch it came before it says what it is; one from Gitee has the number in front. */
function linesOf(message: string): string[] {
  return stripAddresses(message).split('\n').slice(0, 5).map(titleOf)
}

function titleOf(text: string): string {
  return (text.split('\n')[0] ?? '')
    .replace(/^!\d+\s+/, '')
    .replace(/\s*\([#!]\d+\)\s*$/, '')
    .trim()
}

type Branches = { owner: string; name: string; branches: readonly string[]; since: Date }

/** GitCode shows nowhere that a pull request was taken back: the branches' own commits tell. */
export async function listRevertingCommits(api: GitCodeApi, place: Branches, call: GitCodeCall): Promise<CommitSeen[]> {
  const found: CommitSeen[] = []
  for (const branch of place.branches) {
    const query = new URLSearchParams({ sha: branch, since: place.since.toISOString() })
    const path = `${repositoryPath(place)}/commits?${query}`
    const listed = await api.list(path, commitsSchema, { ...call, maxPages: MAX_REVERT_PAGES })
    const commits = (listed?.items ?? []).flatMap((commit) => toBranchCommit(commit) ?? [])
    found.push(...commits.filter(({ message }) => saysItReverts(message, `${place.owner}/${place.name}`)))
  }
  return found
}

/** Files with their diffs, commits and remarks, beside the pull request itself. */
export async function collectEvidence(
  api: GitCodeApi,
  input: PullRequestReference & GitCodeCall,
  pullRequest: PullRequestSeen,
): Promise<CollectedEvidence> {
  const path = `${repositoryPath(input)}/pulls/${input.number}`
  const call = { credential: input.credential, signal: input.signal }
  const files = (await api.find(`${path}/files`, filesSchema, call))?.map(toFile) ?? null
  const commits = await api.list(`${path}/commits`, commitsSchema, { ...call, maxPages: MAX_COMMIT_PAGES })
  // The pull request is there, so its parts are: they are asked for again later.
  if (files === null || commits === null)
    throw new PlatformError({ platform: 'gitcode', kind: 'unavailable', note: 'sub-resource' })
  const remarks = await api.list(`${path}/comments?comment_type=diff_comment`, commentsSchema, {
    ...call,
    maxPages: MAX_REMARK_PAGES,
  })
  return {
    pullRequest: { ...pullRequest, ...changeSizeOf(files) },
    files,
    // No number is documented above which files are left out.
    filesTruncated: false,
    commits: commits.items.flatMap((commit) => toCommit(commit) ?? []),
    commitsTruncated: commits.isTruncated,
    reviews: (remarks?.items ?? []).map(toReview),
  }
}
