import { createHash } from 'node:crypto'
import type { SandboxContext } from '../http/types'
import type { Commit, FileChange, PullRequest, PullRequestEvent, Repository } from '../world/types'
import { giteeTime } from './time'
import { shownUserById } from './user-shape'

const STATUS_WORDS = { added: 'added', modified: 'modified', removed: 'deleted', renamed: 'renamed' } as const
const TOO_LARGE_LINES = 2000

/** A changed file: counts are text, and by its path some have no status or no patch, as Gitee does. */
export function shownFile(context: SandboxContext, repository: Repository, pull: PullRequest, file: FileChange) {
  const chance = createHash('sha256').update(`${pull.id}/${file.path}`).digest().readUInt8(0)
  const web = `${context.origin}/gitee/${repository.owner}/${repository.name}`
  const isTooLarge = file.additions + file.deletions > TOO_LARGE_LINES
  const hasPatch = chance % 16 !== 0
  return {
    sha: pull.headSha,
    filename: file.path,
    status: file.status === 'modified' && chance % 4 === 1 ? null : STATUS_WORDS[file.status],
    additions: String(file.additions),
    deletions: String(file.deletions),
    blob_url: `${web}/blob/${pull.headSha}/${file.path}`,
    raw_url: `${web}/raw/${pull.headSha}/${file.path}`,
    patch: hasPatch
      ? {
          diff: isTooLarge ? '' : context.world.getPatch(pull, file),
          new_path: file.path,
          old_path: file.previousPath ?? file.path,
          a_mode: file.status === 'added' ? '0' : '100644',
          b_mode: file.status === 'removed' ? '0' : '100644',
          new_file: file.status === 'added',
          renamed_file: file.status === 'renamed',
          deleted_file: file.status === 'removed',
          too_large: isTooLarge,
        }
      : null,
  }
}

/** A commit as lists show it. Addresses stand in it, as in reality: the app must drop them. */
export function shownCommit(context: SandboxContext, repository: Repository, commit: Commit) {
  const fullName = `${repository.owner}/${repository.name}`
  const api = `${context.origin}/gitee/api/v5/repos/${fullName}/commits`
  const date = giteeTime(commit.at)
  return {
    url: `${api}/${commit.sha}`,
    sha: commit.sha,
    html_url: `${context.origin}/gitee/${fullName}/commit/${commit.sha}`,
    comments_url: `${api}/${commit.sha}/comments`,
    commit: {
      author: { name: commit.authorName, date, email: commit.authorEmail },
      committer: { name: commit.committerName, date, email: commit.committerEmail },
      message: commit.message,
    },
    author: shownUserById(context, commit.authorId),
    committer: shownUserById(context, commit.committerId),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/${sha}` })),
  }
}

export type OperateLog = { id: number; actorId: number | null; content: string; at: Date; actionType: string }

/** What happened to a pull request. Only `merged_pr` is a dependable word; a label change calls itself `set_assignee`. */
export function operateLogsOf(pull: PullRequest, events: readonly PullRequestEvent[]): OperateLog[] {
  const logs: OperateLog[] = [
    {
      id: pull.id * 16 + 15,
      actorId: pull.authorId,
      content: '创建了 Pull Request',
      at: pull.createdAt,
      actionType: 'create_pr',
    },
  ]
  for (const event of events) {
    const { id, actorId, at } = event
    if (event.kind === 'labeled') {
      logs.push({ id, actorId, at, content: `添加了标签 ${event.label}`, actionType: 'set_assignee' })
    } else if (event.kind === 'merged') {
      logs.push({ id, actorId, at, content: '合并了 Pull Request', actionType: 'merged_pr' })
    } else if (event.kind === 'closed' && pull.state !== 'merged') {
      logs.push({ id, actorId, at, content: '关闭了 Pull Request', actionType: 'closed_pr' })
    } else if (event.kind === 'reopened') {
      logs.push({ id, actorId, at, content: '重新打开了 Pull Request', actionType: 'reopened_pr' })
    }
  }
  return logs
}

export function shownOperateLog(context: SandboxContext, log: OperateLog) {
  return {
    id: log.id,
    icon: `${log.actionType.replace('_', '-')} icon`,
    user: shownUserById(context, log.actorId),
    content: log.content,
    created_at: giteeTime(log.at),
    action_type: log.actionType,
  }
}
