import { createHash } from 'node:crypto'
import type { SandboxContext } from '../http/types'
import type { Comment, Commit, FileChange, PullRequest, PullRequestEvent, Repository, Review } from '../world/types'
import { commentTime, gitcodeTime, logTime } from './time'
import { shownCommenter, shownUserById } from './user-shape'

const TOO_LARGE_LINES = 2000

/** A changed file: counts are text, and a modified one has no status. */
export function shownFile(context: SandboxContext, repository: Repository, pull: PullRequest, file: FileChange) {
  const web = `${context.origin}/gitcode/${repository.owner}/${repository.name}`
  const isTooLarge = file.additions + file.deletions > TOO_LARGE_LINES
  return {
    additions: String(file.additions),
    blob_url: `${web}/blob/${pull.headSha}/${file.path}`,
    deletions: String(file.deletions),
    filename: file.path,
    patch: {
      a_mode: file.status === 'added' ? '0' : '100644',
      b_mode: file.status === 'removed' ? '0' : '100644',
      deleted_file: file.status === 'removed',
      diff: isTooLarge ? '' : context.world.getPatch(pull, file),
      new_file: file.status === 'added',
      new_path: file.path,
      old_path: file.previousPath ?? file.path,
      renamed_file: file.status === 'renamed',
      too_large: isTooLarge,
    },
    raw_url: `${web}/raw/${pull.headSha}/${file.path}`,
    sha: pull.headSha,
    status: file.status === 'modified' ? null : file.status === 'removed' ? 'deleted' : file.status,
  }
}

/** A commit as lists show it: its committer has no time. Addresses stand in it, as in reality. */
export function shownCommit(context: SandboxContext, repository: Repository, commit: Commit) {
  const author = shownUserById(context, commit.authorId)
  const committer = shownUserById(context, commit.committerId)
  return {
    author,
    commit: {
      author: {
        date: gitcodeTime(commit.at),
        email: commit.authorEmail,
        login: author?.login ?? '',
        name: commit.authorName,
      },
      committer: { email: commit.committerEmail, login: committer?.login ?? '', name: commit.committerName },
      message: commit.message,
    },
    committer,
    html_url: `${context.origin}/gitcode/${repository.owner}/${repository.name}/commit/${commit.sha}`,
    parents: { sha: commit.parents[0] ?? '', shas: commit.parents },
    sha: commit.sha,
  }
}

/** A remark; its id is a text of 40 digits, its author a number of another count. */
export function shownComment(context: SandboxContext, remark: Comment | Review, isOnDiff: boolean) {
  return {
    body: remark.body,
    comment_type: isOnDiff ? 'diff_comment' : 'pr_comment',
    created_at: commentTime(remark.at),
    id: createHash('sha1').update(String(remark.id)).digest('hex'),
    resolved: true,
    updated_at: commentTime(remark.at),
    user: shownCommenter(context, remark.authorId),
  }
}

export function shownLog(context: SandboxContext, pull: PullRequest, event: PullRequestEvent) {
  return {
    action: WORDS[event.kind],
    action_type: WORDS[event.kind],
    assignee: null,
    content: event.kind === 'labeled' ? `add label ${event.label}` : WORDS[event.kind],
    created_at: logTime(event.at),
    discussion_id: createHash('sha1').update(String(event.id)).digest('hex'),
    id: event.id,
    merge_request_id: pull.id,
    proposer: null,
    updated_at: logTime(event.at),
    user: shownUserById(context, event.actorId),
  }
}

const WORDS = {
  closed: 'closed',
  reopened: 'reopened',
  merged: 'merged',
  labeled: 'add_label',
  referenced: 'add_commit_reference',
  cross_referenced: 'add_merge_request_reference',
} as const
