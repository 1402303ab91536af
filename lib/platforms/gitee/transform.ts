import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { AuthorType } from '@/lib/domain/contribution'
import {
  type EvidenceCommit,
  type EvidenceReview,
  findCoAuthors,
  firstLineOf,
  stripAddresses,
} from '@/lib/domain/evidence'
import type { PlatformUser } from '@/lib/domain/platform'
import { findReverts } from '@/lib/domain/revert'
import { NOTHING_KNOWN } from '../nothing-known'
import type { CollectedFile, CommitSeen, ProvedIdentity, PullRequestSeen, RepositorySeen, SkippedRecord } from '../port'
import {
  type GiteeComment,
  type GiteeCommit,
  type GiteeFile,
  type GiteePullRequest,
  type GiteeRepository,
  type GiteeUser,
  type identitySchema,
  type operateLogsSchema,
  pullRequestSchema,
  recordReferenceSchema,
} from './schema'

const LABELS_MAX = 50
const TITLE_MAX = 1000

/**
 * One record of a repository's list: read, or skipped with what it is and why.
 * @param author the account whose list it is: a record of another number is of a stranger who has the login now
 */
export function readRecord(
  record: unknown,
  context: { repository: RepositorySeen; author: string | null },
): { item: PullRequestSeen } | { skipped: SkippedRecord } {
  const { repository, author } = context
  const named = recordReferenceSchema.safeParse(record)
  const fullName = `${repository.owner}/${repository.name}`
  const reference = named.success ? `${fullName}!${named.data.number}` : fullName
  const parsed = pullRequestSchema.safeParse(record)
  if (!parsed.success) return { skipped: { reference, reason: 'unreadable_record' } }
  const item = toPullRequest(parsed.data, repository)
  if (author !== null && item.authorPlatformUserId !== author) return { skipped: { reference, reason: 'other_author' } }
  return { item }
}

function toPullRequest(pull: GiteePullRequest, repository: RepositorySeen): PullRequestSeen {
  const fullName = `${repository.owner}/${repository.name}`
  return {
    ...NOTHING_KNOWN,
    platform: 'gitee',
    repository,
    number: pull.number,
    title: stripAddresses(pull.title).slice(0, TITLE_MAX),
    url: pull.html_url,
    ...authorOf(pull.user),
    state: pull.state,
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at ?? null,
    mergedAt: pull.merged_at ?? null,
    baseBranch: pull.base.ref,
    labels: (pull.labels ?? []).map((label) => label.name).slice(0, LABELS_MAX),
    reverts: findReverts({ title: pull.title, body: pull.body ?? null }, fullName),
  }
}

export function toRepository(repository: GiteeRepository): RepositorySeen {
  const [owner = '', name = ''] = repository.full_name.split('/')
  return {
    platformRepositoryId: String(repository.id),
    ownerPlatformUserId: ownerIdOf(repository),
    owner,
    name,
    url: repository.html_url.replace(/\.git$/, ''),
    defaultBranch: repository.default_branch ?? null,
    isFork: repository.fork ?? false,
    isArchived: repository.status === '关闭',
    isPrivate: repository.private,
    stars: repository.stargazers_count ?? null,
    license: repository.license ?? null,
    language: repository.language ?? null,
    topics: null,
  }
}

/**
 * Namespaces are numbered apart from accounts: a person's own repository has the person's number under `owner` alone. An
 * organisation's has a person there too, its maker; who owns it is the namespace.
 */
function ownerIdOf({ namespace, owner }: GiteeRepository): string | null {
  const isPersonal = namespace?.type ? namespace.type === 'personal' : namespace?.path === owner?.login
  if (namespace && !isPersonal) return String(namespace.id)
  return owner ? String(owner.id) : null
}

export function toIdentity(user: z.infer<typeof identitySchema>): ProvedIdentity {
  return {
    platformUserId: String(user.id),
    nodeId: null,
    login: user.login,
    name: user.name ?? null,
    avatarUrl: user.avatar_url && URL.canParse(user.avatar_url) ? user.avatar_url : null,
  }
}

type Author = { authorPlatformUserId: string | null; authorLogin: string | null; authorType: AuthorType }

function authorOf(user: GiteeUser): Author {
  const known = userOf(user)
  if (known === null || known.platformUserId === null) {
    return { authorPlatformUserId: null, authorLogin: null, authorType: 'ghost' }
  }
  return { authorPlatformUserId: known.platformUserId, authorLogin: known.login, authorType: 'user' }
}

function userOf(user: GiteeUser): PlatformUser | null {
  return user ? { platformUserId: user.id > 0 ? String(user.id) : null, login: user.login } : null
}

/** A commit of a branch, its message without addresses. */
export function toBranchCommit(commit: GiteeCommit): CommitSeen | null {
  const committedAt = timeOf(commit)
  return committedAt && { sha: commit.sha, message: stripAddresses(commit.commit.message), committedAt }
}

function timeOf(commit: GiteeCommit): Date | null {
  return commit.commit.committer?.date ?? commit.commit.author?.date ?? null
}

/** Whether a commit of the target branch is the one by which a pull request was merged, by Gitee's own words in it. */
export function isMergeOf(message: string, number: number): boolean {
  const [first = ''] = message.split('\n')
  return (
    new RegExp(`^!${number}\\s`).test(first) || new RegExp(`^Merge pull request !${number} from `, 'm').test(message)
  )
}

/** Who merged it: the one dependable entry of the operation log. */
export function mergerOf(logs: z.infer<typeof operateLogsSchema>): PlatformUser | null {
  const merge = logs.find((entry) => entry.action_type === 'merged_pr')
  return merge ? userOf(merge.user) : null
}

const STATUSES = {
  added: 'added',
  modified: 'modified',
  deleted: 'removed',
  removed: 'removed',
  renamed: 'renamed',
} as const

function statusOf(file: GiteeFile): CollectedFile['status'] {
  const known = Object.entries(STATUSES).find(([word]) => word === file.status)
  if (known) return known[1]
  if (file.patch?.new_file) return 'added'
  if (file.patch?.deleted_file) return 'removed'
  return file.patch?.renamed_file ? 'renamed' : 'modified'
}

export function toFile(file: GiteeFile): CollectedFile {
  const patch = file.patch && !file.patch.too_large ? (file.patch.diff ?? null) : null
  const previous = file.patch?.old_path ?? null
  return {
    path: file.filename,
    previousPath: previous !== null && previous !== file.filename ? previous : null,
    status: statusOf(file),
    additions: file.additions,
    deletions: file.deletions,
    patch,
    patchSha256: patch === null ? null : createHash('sha256').update(patch).digest('hex'),
  }
}

/** A commit of a pull request; authors by account only, addresses stay here. */
export function toCommit(commit: GiteeCommit): EvidenceCommit | null {
  const committedAt = timeOf(commit)
  const author = userOf(commit.author)
  return (
    committedAt && {
      sha: commit.sha,
      authorLogin: author?.login ?? null,
      authorPlatformUserId: author?.platformUserId ?? null,
      messageFirstLine: firstLineOf(commit.commit.message),
      coAuthors: findCoAuthors(commit.commit.message),
      committedAt: committedAt.toISOString(),
    }
  )
}

/** Gitee has no reviews to read: remarks on the diff are the nearest, and approve nothing. */
export function toReview(comment: GiteeComment): EvidenceReview {
  const user = userOf(comment.user)
  return {
    login: user?.login ?? null,
    platformUserId: user?.platformUserId ?? null,
    state: 'commented',
    submittedAt: comment.created_at.toISOString(),
  }
}
