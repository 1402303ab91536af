import { stripAddresses } from '@/lib/domain/evidence'
import { patchIdOfFiles } from '@/lib/domain/patch-id'
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
import { type GiteeApi, type GiteeCall, repositoryPath } from './api'
import { commentsSchema, commitsSchema, filesSchema, type GiteeCommit, operateLogsSchema } from './schema'
import { isMergeOf, mergerOf, toBranchCommit, toCommit, toFile, toReview } from './transform'

const MERGE_WINDOW_MS = 600_000
const TITLE_WINDOW_MS = 60_000
/** What Gitee gives at most, without pages. */
const MAX_FILES = 300
const MAX_COMMITS = 250
/** Two thousand commits of a branch: years of most repositories, and read whole only the first time. */
const MAX_REVERT_PAGES = 20

/**
 * The merge commit is found in the target branch by Gitee's words in it; who merged, in the operation log; line counts,
 * in the files. A sub-resource that answers 404 is left out, not taken for the end of the pull request.
 */
export async function completePullRequest(
  api: GiteeApi,
  pull: PullRequestSeen,
  call: GiteeCall,
): Promise<CompletedPullRequest> {
  if (pull.state !== 'merged' || pull.mergedAt === null) return { pullRequest: pull, branchCommits: [] }
  const path = `${repositoryPath(pull.repository)}/pulls/${pull.number}`
  const commit = await findMergeCommit(api, pull, call)
  // Sixty requests an hour without a token: only what the landing needs.
  const mayAskMore = call.credential.kind === 'token'
  const logs = mayAskMore ? await api.find(`${path}/operate_logs?sort=desc`, operateLogsSchema, call) : null
  const files = mayAskMore ? await api.find(`${path}/files`, filesSchema, call) : null
  const merger = logs && mergerOf(logs)
  return {
    pullRequest: {
      ...pull,
      mergeCommitSha: commit?.sha ?? null,
      cherryPickedFrom: commit ? findCherryPickSources(commit.message) : [],
      mergedBy: merger,
      lastClosedBy: merger,
      ...(files && files.length < MAX_FILES
        ? { ...changeSizeOf(files), patchId: patchIdOfFiles(files.map(toFile)) }
        : {}),
    },
    branchCommits: commit ? [commit] : [],
  }
}

/** Null where there is none. */
export async function listChangedFiles(api: GiteeApi, input: PullRequestReference & GiteeCall) {
  const path = `${repositoryPath(input)}/pulls/${input.number}/files`
  const files = await api.find(path, filesSchema, callOf(input))
  return files && { files: files.map(toFile), isTruncated: files.length >= MAX_FILES }
}

async function findMergeCommit(api: GiteeApi, pull: PullRequestSeen, call: GiteeCall): Promise<CommitSeen | null> {
  if (pull.mergedAt === null) return null
  const query = new URLSearchParams({
    sha: pull.baseBranch,
    since: new Date(pull.mergedAt.getTime() - MERGE_WINDOW_MS).toISOString(),
    until: new Date(pull.mergedAt.getTime() + MERGE_WINDOW_MS).toISOString(),
  })
  const path = `${repositoryPath(pull.repository)}/commits?${query}`
  const listed = await api.list(path, commitsSchema, { ...callOf(call), maxPages: 5 })
  const items = listed?.items ?? []
  const found = items.find((commit) => isMergeOf(commit.commit.message, pull.number)) ?? findByTitle(items, pull)
  return found ? toBranchCommit(found) : null
}

/** A commit that was squashed, or pushed in from a mirror, names another number or none: title and minute tell. */
function findByTitle(commits: readonly GiteeCommit[], { title, mergedAt }: PullRequestSeen): GiteeCommit | null {
  const titleOf = (text: string) => (text.split('\n')[0] ?? '').replace(/\s*\([#!]\d+\)\s*$/, '').trim()
  const fitting = commits.filter((commit) => {
    const at = toBranchCommit(commit)?.committedAt
    const isThen = at && mergedAt && Math.abs(at.getTime() - mergedAt.getTime()) <= TITLE_WINDOW_MS
    return isThen && titleOf(stripAddresses(commit.commit.message)) === titleOf(title)
  })
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

type Branches = { owner: string; name: string; branches: readonly string[]; since: Date }

/** Gitee shows nowhere that a pull request was taken back: the branches' own commits tell. */
export async function listRevertingCommits(api: GiteeApi, place: Branches, call: GiteeCall): Promise<CommitSeen[]> {
  const found: CommitSeen[] = []
  for (const branch of place.branches) {
    const query = new URLSearchParams({ sha: branch, since: place.since.toISOString() })
    const path = `${repositoryPath(place)}/commits?${query}`
    const listed = await api.list(path, commitsSchema, { ...callOf(call), maxPages: MAX_REVERT_PAGES })
    const commits = (listed?.items ?? []).flatMap((commit) => toBranchCommit(commit) ?? [])
    found.push(...commits.filter(({ message }) => saysItReverts(message, `${place.owner}/${place.name}`)))
  }
  return found
}

/** Of a pull request that was found: its files, commits and remarks on lines. */
export async function collectEvidence(
  api: GiteeApi,
  input: PullRequestReference & GiteeCall,
  pullRequest: PullRequestSeen,
): Promise<CollectedEvidence> {
  const path = `${repositoryPath(input)}/pulls/${input.number}`
  const call = callOf(input)
  const files = (await api.find(`${path}/files`, filesSchema, call))?.map(toFile) ?? null
  const commits = await api.find(`${path}/commits`, commitsSchema, call)
  if (files === null || commits === null) {
    // "404 wrongly received": the pull request is there, so it is asked again later.
    throw new PlatformError({ platform: 'gitee', kind: 'unavailable', note: 'sub-resource' })
  }
  const remarks = await api.list(`${path}/comments?comment_type=diff_comment`, commentsSchema, { ...call, maxPages: 5 })
  return {
    // Of a change over more files than are shown, the sum of those that are would be too small a size.
    pullRequest: files.length < MAX_FILES ? { ...pullRequest, ...changeSizeOf(files) } : pullRequest,
    files,
    filesTruncated: files.length >= MAX_FILES,
    commits: commits.flatMap((commit) => toCommit(commit) ?? []),
    commitsTruncated: commits.length >= MAX_COMMITS,
    reviews: (remarks?.items ?? []).map(toReview),
  }
}

export function callOf({ credential, signal }: GiteeCall): GiteeCall {
  return { credential, signal }
}
