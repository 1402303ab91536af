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
import type { CommitSeen, ProvedIdentity, PullRequestSeen, RepositorySeen, SkippedRecord } from '../port'
import { type HubKind, ownerNameOf } from './api'
import {
  discussionSchema,
  type HubAuthor,
  type HubCommit,
  type HubDetails,
  type HubDiscussion,
  type HubEvent,
  type HubRepository,
  type HubUserInfo,
  recordReferenceSchema,
} from './schema'

const TITLE_MAX = 1000
/** The Hub merges into nothing else; a pull request's own answer names it all the same. */
export const MAIN_BRANCH = 'main'
const TOPICS_MAX = 20

export type ReadRecord = { item: PullRequestSeen } | { skipped: SkippedRecord } | null

/**
 * One record of a list: read, skipped with what it is and why, or null for what was not merged: "closed" covers both.
 * @param account whose list it is: a record of another id is of a stranger who has the name now; null for everybody's
 */
export function readRecord(
  record: unknown,
  context: { repository: RepositorySeen; account: string | null; webUrl: string },
): ReadRecord {
  const { repository, account } = context
  const named = recordReferenceSchema.safeParse(record)
  const fullName = `${repository.owner}/${repository.name}`
  const reference = named.success ? `${fullName}#${named.data.num}` : fullName
  const parsed = discussionSchema.safeParse(record)
  if (!parsed.success) return { skipped: { reference, reason: 'unreadable_record' } }
  if (!parsed.data.isPullRequest || parsed.data.status !== 'merged') return null
  const item = toPullRequest(parsed.data, context)
  if (account !== null && item.authorPlatformUserId !== account)
    return { skipped: { reference, reason: 'other_author' } }
  return { item }
}

const STATES = { open: 'open', draft: 'open', closed: 'closed', merged: 'merged' } as const

/** As lists show it: when and by whom it was merged, and by which commit, only its own answer tells. */
function toPullRequest(
  discussion: HubDiscussion,
  { repository, webUrl }: { repository: RepositorySeen; webUrl: string },
): PullRequestSeen {
  const fullName = `${repository.owner}/${repository.name}`
  return {
    ...NOTHING_KNOWN,
    platform: 'huggingface',
    repository,
    number: discussion.num,
    title: stripAddresses(discussion.title).slice(0, TITLE_MAX),
    url: `${webUrl}/${fullName}/discussions/${discussion.num}`,
    ...authorOf(discussion.author),
    state: STATES[discussion.status],
    createdAt: discussion.createdAt,
    // No time of change is told anywhere; the only one that a list orders by is this.
    updatedAt: discussion.createdAt,
    closedAt: null,
    mergedAt: null,
    baseBranch: MAIN_BRANCH,
    reverts: findReverts({ title: discussion.title, body: null }, fullName),
  }
}

/** With all that its own answer tells, but for the size of its diff. */
export function toDetailed(
  details: HubDetails,
  context: { repository: RepositorySeen; webUrl: string },
): PullRequestSeen {
  const seen = toPullRequest(details, context)
  const { repository } = context
  const fullName = `${repository.owner}/${repository.name}`
  const closing = details.events.findLast(
    ({ type, data }) => type === 'status-change' && (data?.status === 'merged' || data?.status === 'closed'),
  )
  const isMerged = details.status === 'merged'
  const isClosed = isMerged || details.status === 'closed'
  const closer = isClosed && closing ? userOf(closing.author) : null
  const body = details.events.find(({ type }) => type === 'comment')?.data?.latest?.raw ?? null
  return {
    ...seen,
    closedAt: isClosed ? (closing?.createdAt ?? null) : null,
    mergedAt: isMerged ? (closing?.createdAt ?? null) : null,
    baseBranch: branchOf(details.changes?.base) ?? MAIN_BRANCH,
    mergedBy: isMerged ? closer : null,
    lastClosedBy: closer,
    mergeCommitSha: isMerged ? (details.changes?.mergeCommitId ?? null) : null,
    reverts: findReverts({ title: details.title, body }, fullName),
  }
}

function branchOf(ref: string | null | undefined): string | null {
  return ref ? ref.replace(/^refs\/heads\//, '') : null
}

export function toRepository(
  repository: HubRepository,
  { kind, webUrl }: { kind: HubKind; webUrl: string },
): RepositorySeen {
  const [namespace = '', name = ''] = repository.id.split('/')
  const owner = ownerNameOf(kind, namespace)
  const { license } = repository.cardData ?? {}
  const tags = repository.tags ?? []
  const tagged = tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length)
  return {
    platformRepositoryId: repository._id,
    // By name alone here: whose id it is, another answer tells.
    ownerPlatformUserId: null,
    owner,
    name,
    url: `${webUrl}/${owner}/${name}`,
    defaultBranch: MAIN_BRANCH,
    isFork: false,
    // What the Hub took out of service stands still.
    isArchived: repository.disabled ?? false,
    isPrivate: repository.private,
    stars: repository.likes ?? null,
    license: (Array.isArray(license) ? license.join(', ') : license) || tagged || null,
    language: null,
    topics: tags.filter((tag) => !tag.includes(':')).slice(0, TOPICS_MAX),
  }
}

export function toIdentity(user: HubUserInfo): ProvedIdentity {
  return {
    platformUserId: user.sub,
    nodeId: null,
    login: user.preferred_username,
    name: user.name || null,
    avatarUrl: user.picture && URL.canParse(user.picture) ? user.picture : null,
  }
}

type Author = { authorPlatformUserId: string | null; authorLogin: string | null; authorType: AuthorType }

function authorOf(author: HubAuthor): Author {
  if (!author) return { authorPlatformUserId: null, authorLogin: null, authorType: 'ghost' }
  return { authorPlatformUserId: author._id ?? null, authorLogin: author.name, authorType: 'user' }
}

function userOf(author: HubAuthor): PlatformUser | null {
  return author ? { platformUserId: author._id ?? null, login: author.name } : null
}

/** A commit of a branch, its message without addresses. */
export function toBranchCommit(commit: HubCommit): CommitSeen {
  const message = commit.message ? `${commit.title}\n\n${commit.message}` : commit.title
  return { sha: commit.id, message: stripAddresses(message), committedAt: commit.date }
}

/** A commit as the story of a pull request tells it; null for what is another event. */
export function toCommit({ type, data, author, createdAt }: HubEvent): EvidenceCommit | null {
  if (type !== 'commit' || !data?.oid || !/^[0-9a-f]{40}$/.test(data.oid)) return null
  const user = userOf(author)
  return {
    sha: data.oid,
    authorLogin: user?.login ?? null,
    authorPlatformUserId: user?.platformUserId ?? null,
    messageFirstLine: firstLineOf(data.subject ?? ''),
    coAuthors: findCoAuthors(data.subject ?? ''),
    committedAt: createdAt.toISOString(),
  }
}

/** A remark of somebody else than the author. The Hub has no approvals: who merged is all that it says of assent. */
export function toReview(
  { type, data, author, createdAt }: HubEvent,
  authorLogin: string | null,
): EvidenceReview | null {
  const user = userOf(author)
  if (type !== 'comment' || data?.hidden || user === null || user.login === authorLogin) return null
  return { ...user, state: 'commented', submittedAt: createdAt.toISOString() }
}
