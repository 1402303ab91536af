import { Random, shaOf } from '../random'
import { pullRequestId } from '../source'
import { GITEE_BOTS } from '../special-accounts'
import type { Landing, PullRequest, Repository, Trap } from '../types'
import type { Authors } from './authors'
import type { ContributionRow } from './rows'

export type RowInput = {
  row: ContributionRow
  handle: number
  repository: Repository
  authors: Authors
  maintainerIds: readonly number[]
}

/** A merged pull request as its row says; times in whole seconds, opening never after merging. */
export function pullRequestOf({ row, handle, repository, authors, maintainerIds }: RowInput): PullRequest {
  const { platform, number } = row
  const random = new Random(`row/${platform}/${repository.id}/${number}`)
  const authorId = row.author_id ?? authors.idOf(platform, row.author)
  const mergedAt = new Date(row.merged_at)
  const authoredAt = new Date(row.authored_at)
  const createdAt = authoredAt < mergedAt ? authoredAt : new Date(mergedAt.getTime() - 3_600_000)
  const reviewers = (row.reviewers ?? []).map((login) => authors.idOf(platform, login))
  const others = [...reviewers, ...maintainerIds].filter((id) => id !== authorId)
  const mergedById = platform === 'gitee' ? GITEE_BOTS.robot.id : (others[0] ?? authorId)
  const landing: Landing = {
    kind: 'merged',
    sha: row.merge_commit_sha,
    at: mergedAt,
    branch: row.base_branch,
    message: messageOf(row, authors),
  }
  return {
    platform,
    repositoryId: repository.id,
    number,
    id: pullRequestId(platform, handle),
    title: row.title,
    body: '',
    authorId,
    state: 'merged',
    isDraft: false,
    createdAt,
    updatedAt: new Date(mergedAt.getTime() + random.between(5, 600) * 1000),
    closedAt: mergedAt,
    mergedAt,
    mergedById,
    closedById: mergedById,
    mergeCommitSha: row.merge_commit_sha,
    baseBranch: row.base_branch,
    baseSha: shaOf('base', platform, repository.id, number),
    headBranch: `patch-${number % 97}`,
    headSha: shaOf('head', platform, repository.id, number),
    headRepositoryId: 900_000_000 + (authorId % 90_000_000),
    labels: [],
    additions: row.additions,
    deletions: row.deletions,
    changedFiles: row.changed_files,
    commitCount: random.between(1, 3),
    landing,
    coAuthorIds: row.co_authors.map((login) => authors.idOf(platform, login)),
    revertedBy: null,
    mirrorOf: null,
    cherryPickOf: null,
    traps: row.base_branch === repository.defaultBranch ? [] : ['release_branch'],
  }
}

/** Links reverts that the rows name: by pull request where it is there, else by commit. */
export function withRevert(pullRequest: PullRequest, row: ContributionRow, revert: PullRequest | null): PullRequest {
  const traps: readonly Trap[] = [...pullRequest.traps, 'reverted']
  if (revert?.landing) {
    return {
      ...pullRequest,
      traps,
      revertedBy: { sha: revert.landing.sha, at: revert.landing.at, number: revert.number },
    }
  }
  if (!row.reverted_by_sha || !pullRequest.landing) return pullRequest
  const at = new Date(pullRequest.landing.at.getTime() + 3 * 86_400_000)
  return { ...pullRequest, traps, revertedBy: { sha: row.reverted_by_sha, at, number: null } }
}

/** The other side of a revert, in the words that the platforms and git write: which commit, and at GitHub which number. */
export function withRevertWords(revert: PullRequest, reverted: PullRequest, row: ContributionRow): PullRequest {
  const { landing, platform, title } = revert
  if (!landing || !reverted.landing) return revert
  const message = `${landing.message}\n\nThis reverts commit ${reverted.landing.sha}.`
  const isByButton = platform === 'github' && /^revert /i.test(title)
  const body = isByButton ? `Reverts ${row.repo}#${reverted.number}` : revert.body
  return { ...revert, body, landing: { ...landing, message } }
}

function messageOf(row: ContributionRow, authors: Authors): string {
  const trailers = row.co_authors.map((login) => {
    const id = authors.idOf(row.platform, login)
    return `Co-authored-by: ${login} <${id}+${login}@users.noreply.github.com>`
  })
  const subject = row.platform === 'gitee' ? `!${row.number} ${row.title}` : `${row.title} (#${row.number})`
  return trailers.length > 0 ? `${subject}\n\n${trailers.join('\n')}` : subject
}
