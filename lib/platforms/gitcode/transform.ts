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
  type GitCodeComment,
  type GitCodeCommit,
  type GitCodeFile,
  type GitCodePullRequest,
  type GitCodeRepository,
  type GitCodeShortRepository,
  type GitCodeUser,
  type identitySchema,
  pullRequestSchema,
  recordReferenceSchema,
} from './schema'

const LABELS_MAX = 50
const TITLE_MAX = 1000

export type ReadRecord = { item: PullRequestSeen } | { skipped: SkippedRecord }

/**
 * One record of a list: read, or skipped with what it is and why.
 * @param author the account whose list it is: a record of another id is of a stranger who has the login now; null for everybody's
 */
export function readRecord(
  record: unknown,
  context: { repository: RepositorySeen; author: string | null },
): ReadRecord {
  const { repository, author } = context
  const named = recordReferenceSchema.safeParse(record)
  const fullName = `${repository.owner}/${repository.name}`
  const reference = named.success ? `${fullName}!${named.data.number}` : fullName
  const parsed = pullRequestSchema.safeParse(record)
  if (!parsed.success) return { skipped: { reference, reason: 'unreadable_record' } }
  if (repository.isPrivate) return { skipped: { reference: 'gitcode', reason: 'private_repository' } }
  const item = toPullRequest(parsed.data, repository)
  if (author !== null && item.authorPlatformUserId !== author) return { skipped: { reference, reason: 'other_author' } }
  return { item }
}

const STATES = { open: 'open', opened: 'open', locked: 'open', closed: 'closed', merged: 'merged' } as const

function toPullRequest(pull: GitCodePullRequest, repository: RepositorySeen): PullRequestSeen {
  const fullName = `${repository.owner}/${repository.name}`
  const merger = pull.state === 'merged' ? userOf(pull.merged_by) : null
  return {
    ...NOTHING_KNOWN,
    platform: 'gitcode',
    repository,
    number: pull.number,
    title: stripAddresses(pull.title).slice(0, TITLE_MAX),
    url: pull.html_url,
    ...authorOf(pull.user),
    state: STATES[pull.state],
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at ?? pull.closed__at ?? pull.merged_at ?? null,
    mergedAt: pull.merged_at ?? null,
    baseBranch: pull.base.ref,
    labels: (pull.labels ?? []).map((label) => label.name).slice(0, LABELS_MAX),
    additions: pull.added_lines ?? null,
    deletions: pull.removed_lines ?? null,
    mergedBy: merger,
    lastClosedBy: merger,
    reverts: findReverts({ title: pull.title, body: pull.body ?? null }, fullName),
  }
}

export function toRepository(repository: GitCodeRepository): RepositorySeen {
  const [owner = '', name = ''] = repository.full_name.split('/')
  const { namespace } = repository
  return {
    platformRepositoryId: String(repository.id),
    ownerPlatformUserId: namespace?.type === 'group' ? String(namespace.id) : idOf(repository.owner),
    owner,
    name,
    url: repository.html_url.replace(/\.git$/, ''),
    defaultBranch: repository.default_branch ?? null,
    isFork: repository.fork ?? false,
    isArchived: repository.status === 'close' || repository.status === 'archived',
    isPrivate: repository.private,
    stars: repository.stargazers_count ?? null,
    license: repository.license || null,
    language: null,
    topics: null,
  }
}

/** What a list says of the repository; the rest is not told here. Null where the name in addresses is not to be had. */
export function toShortRepository(
  repository: GitCodeShortRepository,
  visibility: string | null,
): RepositorySeen | null {
  const fullName = repository.full_path || repository.full_name || ''
  const [owner, name, ...rest] = fullName.split('/')
  if (!owner || !name || rest.length > 0 || /\s/.test(fullName)) return null
  return {
    platformRepositoryId: String(repository.id),
    // A group's maker stands there as its owner: whose it is, only the repository itself tells.
    ownerPlatformUserId: null,
    owner,
    name,
    url: repository.html_url.replace(/\.git$/, ''),
    defaultBranch: null,
    isFork: false,
    isArchived: false,
    isPrivate: visibility !== null && visibility !== '' && visibility !== 'public',
    stars: null,
    license: null,
    language: null,
    topics: null,
  }
}

export function toIdentity(user: z.infer<typeof identitySchema>): ProvedIdentity {
  return {
    platformUserId: user.id,
    nodeId: null,
    login: user.login,
    name: user.name || null,
    avatarUrl: user.avatar_url && URL.canParse(user.avatar_url) ? user.avatar_url : null,
  }
}

/** Only a text identifies; see schema. */
function idOf(user: GitCodeUser): string | null {
  const id = user?.object_id || user?.id
  return typeof id === 'string' && id !== '' && id !== '0' ? id : null
}

type Author = { authorPlatformUserId: string | null; authorLogin: string | null; authorType: AuthorType }

function authorOf(user: GitCodeUser): Author {
  const id = idOf(user)
  if (id === null) return { authorPlatformUserId: null, authorLogin: null, authorType: 'ghost' }
  return { authorPlatformUserId: id, authorLogin: user?.login ?? null, authorType: 'user' }
}

function userOf(user: GitCodeUser): PlatformUser | null {
  return user?.login ? { platformUserId: idOf(user), login: user.login } : null
}

/** A commit of a branch, its message without addresses. */
export function toBranchCommit(commit: GitCodeCommit): CommitSeen | null {
  const committedAt = timeOf(commit)
  return committedAt && { sha: commit.sha, message: stripAddresses(commit.commit.message), committedAt }
}

/** A committer has no time at places. */
function timeOf({ commit }: GitCodeCommit): Date | null {
  return commit.committer?.date ?? commit.author?.date ?? null
}

/** Whether a commit of the target branch is the one by which a pull request was merged, by GitCode's own words in it. */
export function isMergeOf(message: string, { fullName, number }: { fullName: string; number: number }): boolean {
  const named = /^See merge request: (\S+)!(\d+)\s*$/im.exec(message)
  return named?.[1]?.toLowerCase() === fullName.toLowerCase() && Number(named[2]) === number
}

const STATUSES = {
  added: 'added',
  modified: 'modified',
  deleted: 'removed',
  removed: 'removed',
  renamed: 'renamed',
} as const

function statusOf(file: GitCodeFile): CollectedFile['status'] {
  const known = Object.entries(STATUSES).find(([word]) => word === file.status)
  if (known) return known[1]
  if (file.patch?.new_file) return 'added'
  if (file.patch?.deleted_file) return 'removed'
  return file.patch?.renamed_file ? 'renamed' : 'modified'
}

export function toFile(file: GitCodeFile): CollectedFile {
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
export function toCommit(commit: GitCodeCommit): EvidenceCommit | null {
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

/** Who approved is told without a time: remarks on the diff are what can be frozen, and approve nothing. */
export function toReview(comment: GitCodeComment): EvidenceReview {
  const user = userOf(comment.user)
  return {
    login: user?.login ?? null,
    platformUserId: user?.platformUserId ?? null,
    state: 'commented',
    submittedAt: comment.created_at.toISOString(),
  }
}
