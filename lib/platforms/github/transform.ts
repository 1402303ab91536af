import { createHash } from 'node:crypto'
import type { z } from 'zod'
import {
  AUTHOR_ASSOCIATIONS,
  type AuthorAssociation,
  type AuthorType,
  type ContributionState,
} from '@/lib/domain/contribution'
import {
  type EvidenceCommit,
  type EvidenceReview,
  findCoAuthors,
  firstLineOf,
  stripAddresses,
} from '@/lib/domain/evidence'
import type { PlatformUser } from '@/lib/domain/platform'
import { findReverts } from '@/lib/domain/revert'
import { findCherryPickSources } from '@/lib/domain/work'
import type {
  CollectedFile,
  CommitSeen,
  ProvedIdentity,
  PullRequestSeen,
  RepositorySeen,
  RevertingPullRequest,
  SkippedRecord,
} from '../port'
import {
  type GraphqlPullRequest,
  type GraphqlWho,
  graphqlPullRequestSchema,
  type RestCommit,
  type RestFile,
  type RestPullRequest,
  type RestRepository,
  type RestReview,
  type RestUser,
  recordReferenceSchema,
  type restEventsSchema,
  type restIdentitySchema,
  type WindowCommit,
} from './schema'

const LABELS_MAX = 50
const TITLE_MAX = 1000

/** One record of a list: read, or skipped with what it is and why. Nothing of it is dropped silently. */
export function readRecord(node: unknown): { item: PullRequestSeen } | { skipped: SkippedRecord } {
  if (node === null || node === undefined) return { skipped: { reference: 'github', reason: 'hidden_record' } }
  const parsed = graphqlPullRequestSchema.safeParse(node)
  const named = recordReferenceSchema.safeParse(node)
  const reference = named.success ? `${named.data.repository.nameWithOwner}#${named.data.number}` : 'github'
  if (!parsed.success) return { skipped: { reference, reason: 'unreadable_record' } }
  if (parsed.data.repository.isPrivate) return { skipped: { reference: 'github', reason: 'private_repository' } }
  return { item: toPullRequest(parsed.data) }
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const

function toPullRequest(node: GraphqlPullRequest): PullRequestSeen {
  const closing = node.closings?.nodes?.findLast((event) => event !== null) ?? null
  const message = node.mergeCommit?.message ?? null
  const about = {
    number: node.number,
    repositoryId: node.repository.databaseId,
    fullName: node.repository.nameWithOwner,
  }
  const seen: PullRequestSeen = {
    platform: 'github',
    repository: toRepository(node.repository),
    number: node.number,
    nodeId: node.id,
    title: stripAddresses(node.title).slice(0, TITLE_MAX),
    url: node.url,
    ...authorOf(node.author),
    authorAssociation: associationOf(node.authorAssociation),
    state: STATES[node.state],
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
    closedAt: node.closedAt,
    mergedAt: node.mergedAt,
    baseBranch: node.baseRefName,
    labels: (node.labels?.nodes ?? []).flatMap((label) => label?.name ?? []).slice(0, LABELS_MAX),
    additions: node.additions,
    deletions: node.deletions,
    changedFiles: node.changedFiles,
    mergedBy: userOf(node.mergedBy),
    lastClosedBy: closing && userOf(closing.actor),
    closerCommitSha: closing?.closer?.__typename === 'Commit' ? (closing.closer.oid ?? null) : null,
    mergeCommitSha: node.mergeCommit?.oid ?? null,
    mergeMessage: message && stripAddresses(message),
    cherryPickedFrom: findCherryPickSources(message ?? ''),
    reverts: findReverts({ title: node.title, body: node.body }, node.repository.nameWithOwner),
    ...mentionsOf(node, about),
  }
  return withClosing(seen, closing)
}

function toRepository(repository: GraphqlPullRequest['repository']): RepositorySeen {
  const [owner = '', name = ''] = repository.nameWithOwner.split('/')
  return {
    platformRepositoryId: String(repository.databaseId),
    ownerPlatformUserId: idOf(repository.owner.databaseId),
    owner,
    name,
    url: repository.url,
    defaultBranch: repository.defaultBranchRef?.name ?? null,
    isFork: repository.isFork,
    isArchived: repository.isArchived,
    isPrivate: repository.isPrivate,
    stars: repository.stargazerCount,
    license: repository.licenseInfo?.spdxId ?? null,
    language: repository.primaryLanguage?.name ?? null,
    topics: null,
  }
}

type Mentions = Pick<GraphqlPullRequest, 'commitMentions'> & Pick<GraphqlPullRequest, 'pullMentions'>
type About = { number: number; repositoryId: number; fullName: string }

/** Commits and merged pull requests that speak of one, as far as a list of them shows. */
export function mentionsOf(
  { commitMentions, pullMentions }: { [K in keyof Mentions]?: Mentions[K] | undefined },
  about: About,
): Pick<PullRequestSeen, 'mentionedBy' | 'revertedBy' | 'earlierMentions'> {
  const commits = (commitMentions?.nodes ?? []).flatMap((event) => event?.commit ?? [])
  const pulls = (pullMentions?.nodes ?? []).flatMap((event) => event?.source ?? [])
  const [earlierCommits, earlierPulls] = [cutOf(commitMentions), cutOf(pullMentions)]
  return {
    mentionedBy: commits.map(branchCommitFromGraphql),
    revertedBy: pulls.flatMap((source) => revertIn(source, about)),
    ...(earlierCommits || earlierPulls
      ? { earlierMentions: { commits: earlierCommits, pullRequests: earlierPulls } }
      : {}),
  }
}

type Cut = { cursor: string; oldestAt: Date }

/** Where a list of the newest goes on to older ones; null where it is whole. */
function cutOf(list: Mentions['commitMentions'] | Mentions['pullMentions'] | undefined): Cut | null {
  const cursor = list?.pageInfo.hasPreviousPage ? list.pageInfo.startCursor : null
  const oldestAt = list?.nodes?.find((event) => event !== null)?.createdAt
  return cursor && oldestAt ? { cursor, oldestAt } : null
}

type Source = NonNullable<NonNullable<Mentions['pullMentions']['nodes']>[number]>['source']

/** A merged pull request of the same repository that says it reverts this one. */
function revertIn(source: Source, { number, repositoryId, fullName }: About): RevertingPullRequest[] {
  if (source.number === undefined || !source.mergedAt || source.repository?.databaseId !== repositoryId) return []
  if (!findReverts({ title: source.title ?? '', body: source.body ?? null }, fullName).includes(number)) return []
  return [{ number: source.number, commitSha: source.mergeCommit?.oid ?? null, mergedAt: source.mergedAt }]
}

/** The commit that closed it, where one did, among those that speak of it: a landing may rest on it. */
function withClosing(seen: PullRequestSeen, closing: Closing): PullRequestSeen {
  const { oid, message, committedDate } = closing?.closer ?? {}
  if (!oid || message === undefined || !committedDate) return seen
  if (seen.mentionedBy.some(({ sha }) => sha === oid)) return seen
  return { ...seen, mentionedBy: [...seen.mentionedBy, branchCommitFromGraphql({ oid, message, committedDate })] }
}

type Closing = NonNullable<NonNullable<GraphqlPullRequest['closings']>['nodes']>[number] | null

type Author = { authorPlatformUserId: string | null; authorLogin: string | null; authorType: AuthorType }

/** A deleted account is null here and `ghost` in REST: nobody can prove to be either. */
function authorOf(who: GraphqlWho): Author {
  if (who === null || who.login === 'ghost')
    return { authorPlatformUserId: null, authorLogin: null, authorType: 'ghost' }
  const authorType = who.__typename === 'Bot' ? 'bot' : who.__typename === 'Mannequin' ? 'mannequin' : 'user'
  return { authorPlatformUserId: idOf(who.databaseId), authorLogin: who.login, authorType }
}

/** A machine's login is written with `[bot]`, as REST does: GraphQL leaves it out, and a person may bear the bare one. */
function userOf(who: GraphqlWho): PlatformUser | null {
  if (who === null) return null
  const isBareBot = who.__typename === 'Bot' && !who.login.endsWith('[bot]')
  const login = isBareBot ? `${who.login}[bot]` : who.login
  return { platformUserId: who.login === 'ghost' ? null : idOf(who.databaseId), login }
}

function idOf(databaseId: number | null | undefined): string | null {
  return databaseId === null || databaseId === undefined ? null : String(databaseId)
}

function associationOf(text: string): AuthorAssociation | null {
  return AUTHOR_ASSOCIATIONS.find((known) => known === text.toLowerCase()) ?? null
}

// ------------------------------------------------------------ REST

export function identityFromRest(user: z.infer<typeof restIdentitySchema>): ProvedIdentity {
  return {
    platformUserId: String(user.id),
    nodeId: user.node_id,
    login: user.login,
    name: user.name ?? null,
    avatarUrl: user.avatar_url ?? null,
  }
}

export function repositoryFromRest(repository: RestRepository): RepositorySeen {
  const [owner = '', name = ''] = repository.full_name.split('/')
  return {
    platformRepositoryId: String(repository.id),
    ownerPlatformUserId: idOf(repository.owner?.id),
    owner,
    name,
    url: repository.html_url,
    defaultBranch: repository.default_branch ?? null,
    isFork: repository.fork,
    isArchived: repository.archived ?? false,
    isPrivate: repository.private,
    stars: repository.stargazers_count ?? null,
    license: repository.license?.spdx_id ?? null,
    language: repository.language ?? null,
    topics: repository.topics ?? null,
  }
}

/** A pull request as REST shows it, with its issue events for who closed it. */
export function pullRequestFromRest(pull: RestPullRequest, events: z.infer<typeof restEventsSchema>): PullRequestSeen {
  const closing = events.findLast(({ event }) => event === 'closed')
  const state: ContributionState = pull.merged_at === null ? pull.state : 'merged'
  return {
    platform: 'github',
    repository: repositoryFromRest(pull.base.repo),
    number: pull.number,
    nodeId: pull.node_id,
    title: stripAddresses(pull.title).slice(0, TITLE_MAX),
    url: pull.html_url,
    ...authorFromRest(pull.user),
    authorAssociation: associationOf(pull.author_association),
    state,
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at,
    mergedAt: pull.merged_at,
    baseBranch: pull.base.ref,
    labels: pull.labels.map((label) => label.name).slice(0, LABELS_MAX),
    additions: pull.additions,
    deletions: pull.deletions,
    changedFiles: pull.changed_files,
    mergedBy: userFromRest(pull.merged_by),
    lastClosedBy: closing ? userFromRest(closing.actor) : null,
    closerCommitSha: closing?.commit_id ?? null,
    mergeCommitSha: state === 'merged' ? (pull.merge_commit_sha ?? null) : null,
    cherryPickedFrom: [],
    reverts: findReverts({ title: pull.title, body: pull.body ?? null }, pull.base.repo.full_name),
    mentionedBy: [],
    revertedBy: [],
  }
}

export function authorFromRest(user: RestUser): Author {
  if (!user || user.login === 'ghost') return { authorPlatformUserId: null, authorLogin: null, authorType: 'ghost' }
  const authorType = user.type === 'Bot' ? 'bot' : user.type === 'Mannequin' ? 'mannequin' : 'user'
  return { authorPlatformUserId: String(user.id), authorLogin: user.login, authorType }
}

function userFromRest(user: RestUser): PlatformUser | null {
  return user ? { platformUserId: user.login === 'ghost' ? null : String(user.id), login: user.login } : null
}

/** A commit of a branch, its message without addresses. */
export function branchCommitFromGraphql(commit: WindowCommit): CommitSeen {
  return { sha: commit.oid, message: stripAddresses(commit.message), committedAt: commit.committedDate }
}

/** A commit of a branch, its message without addresses. */
export function branchCommitFromRest(commit: RestCommit): CommitSeen | null {
  const committedAt = commit.commit.committer?.date ?? commit.commit.author?.date ?? null
  return committedAt && { sha: commit.sha, message: stripAddresses(commit.commit.message), committedAt }
}

export function fileFromRest(file: RestFile): CollectedFile {
  const patch = file.patch ?? null
  return {
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status === 'unchanged' ? 'modified' : file.status,
    additions: file.additions,
    deletions: file.deletions,
    patch,
    patchSha256: patch === null ? null : createHash('sha256').update(patch).digest('hex'),
  }
}

/** A commit of a pull request; authors by account only, addresses stay here. */
export function commitFromRest(commit: RestCommit): EvidenceCommit | null {
  const committedAt = commit.commit.committer?.date ?? commit.commit.author?.date ?? null
  const author = userFromRest(commit.author)
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

const REVIEW_STATES = ['approved', 'changes_requested', 'commented', 'dismissed'] as const

/** A review that was handed in; drafts (`PENDING`) are nobody's business. */
export function reviewFromRest(review: RestReview): EvidenceReview | null {
  const state = REVIEW_STATES.find((known) => known === review.state.toLowerCase())
  if (state === undefined || !review.submitted_at) return null
  const user = userFromRest(review.user)
  return {
    login: user?.login ?? null,
    platformUserId: user?.platformUserId ?? null,
    state,
    submittedAt: review.submitted_at.toISOString(),
  }
}
