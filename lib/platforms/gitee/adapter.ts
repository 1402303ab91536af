import { stripAddresses } from '@/lib/domain/evidence'
import { patchIdOfFiles } from '@/lib/domain/patch-id'
import { findCherryPickSources } from '@/lib/domain/work'
import { changeSizeOf } from '../change-size'
import { PlatformError } from '../platform-error'
import type {
  AccountReference,
  CatalogSources,
  CollectedEvidence,
  CommitSeen,
  CompletedPullRequest,
  PlatformPort,
  PullRequestPage,
  PullRequestPageRequest,
  PullRequestReference,
  PullRequestSeen,
  RepositoryPageRequest,
  RepositorySeen,
} from '../port'
import { saysItReverts } from '../reverting-message'
import type { PlatformSettings } from '../settings'
import { GiteeApi, type GiteeCall, PAGE_SIZE, repositoryPath } from './api'
import { createGiteeOAuth } from './oauth'
import { describeRepository, findDependencyFiles } from './profile'
import {
  commentsSchema,
  commitsSchema,
  filesSchema,
  type GiteeCommit,
  identitySchema,
  operateLogsSchema,
  recordRepositorySchema,
  recordsSchema,
  repositorySchema,
} from './schema'
import { isMergeOf, mergerOf, readRecord, toBranchCommit, toCommit, toFile, toRepository, toReview } from './transform'

const SOURCE_PREFIX = 'repository:'
const OVERLAP_MS = 3_600_000
const MERGE_WINDOW_MS = 600_000
const TITLE_WINDOW_MS = 60_000
/** What Gitee gives at most, without pages. */
const MAX_FILES = 300
const MAX_COMMITS = 250
/** Two thousand commits of a branch: years of most repositories, and read whole only the first time. */
const MAX_REVERT_PAGES = 20

/** Gitee v5 behind the port. It has no list of all that one person did: the catalogued repositories are asked in turn. */
export function createGiteeAdapter(settings: PlatformSettings): PlatformPort {
  const api = new GiteeApi(settings)
  return {
    platform: 'gitee',
    sync: 'by_repository',
    oauth: createGiteeOAuth(settings, api),
    resolveAccount: ({ account, ...call }) => resolveAccount(api, account, call),
    listSources: ({ catalog, ...call }) => listSources(api, catalog, call),
    listAuthorPullRequests: (request) => listPage(api, request),
    listRepositoryPullRequests: (request) => listRepositoryPage(api, request),
    completePullRequest: ({ pullRequest, ...call }) => completePullRequest(api, pullRequest, call),
    listRevertingCommits: ({ source, branches, since, ...call }) =>
      listRevertingCommits(api, { ...referenceOf(source), branches, since }, call),
    findPullRequest: (input) => findPullRequest(api, input),
    findRepository: async ({ owner, name, ...call }) => {
      const found = await api.find(repositoryPath({ owner, name }), repositorySchema, call)
      return found && !found.private ? toRepository(found) : null
    },
    describeRepository: (input) => describeRepository(api, input, callOf(input)),
    findDependencyFiles: (input) => findDependencyFiles(api, input, callOf(input)),
    listChangedFiles: (input) => listChangedFiles(api, input),
    collectEvidence: (input) => collectEvidence(api, input),
  }
}

/**
 * Lists are asked by login, so it must be today's: the person's own token says it. Without one the login that is known
 * is looked up, and when its number is another one, only the person can tell.
 */
async function resolveAccount(api: GiteeApi, account: AccountReference, call: GiteeCall): Promise<AccountReference> {
  const isOwn = call.credential.kind === 'token' && call.credential.of === 'person'
  const path = isOwn ? '/user' : `/users/${encodeURIComponent(account.login)}`
  const user = await api.find(path, identitySchema, call)
  if (user === null || String(user.id) !== account.platformUserId) {
    throw new PlatformError({ platform: 'gitee', kind: 'sign_in_expired', note: 'account' })
  }
  return { platformUserId: account.platformUserId, nodeId: null, login: user.login }
}

async function listSources(api: GiteeApi, catalog: CatalogSources, call: GiteeCall): Promise<string[]> {
  const names = catalog.repositories.map(({ owner, name }) => `${owner}/${name}`)
  for (const owner of catalog.owners) {
    const path = `/orgs/${encodeURIComponent(owner)}/repos?type=public`
    const listed = await api.list(path, recordsSchema, { ...call, maxPages: 20 })
    for (const record of listed?.items ?? []) {
      const parsed = repositorySchema.safeParse(record)
      const repository = parsed.success ? toRepository(parsed.data) : null
      // An owner's word is about its own living work; see resolveCatalog.
      if (repository && !repository.isFork && !repository.isArchived && !repository.isPrivate) {
        names.push(`${repository.owner}/${repository.name}`)
      }
    }
  }
  return [...new Map(names.map((name) => [name.toLowerCase(), `${SOURCE_PREFIX}${name}`])).values()]
}

async function listPage(api: GiteeApi, request: PullRequestPageRequest): Promise<PullRequestPage> {
  const reference = referenceOf(request.source)
  const records = await listMerged(api, request, { author: request.account.login })
  if (records.length === 0) return { items: [], skipped: [], nextCursor: null }
  const repository = await getRepository(api, reference, request)
  const read = records.map((record) => readRecord(record, { repository, author: request.account.platformUserId }))
  return pageOf(read, request)
}

/** One request: what the repository is called and whose it is stands in every record. */
async function listRepositoryPage(api: GiteeApi, request: RepositoryPageRequest): Promise<PullRequestPage> {
  const { owner, name } = referenceOf(request.source)
  const records = await listMerged(api, request, {})
  const read = records.map((record) => {
    const named = recordRepositorySchema.safeParse(record)
    if (!named.success) return { skipped: { reference: `${owner}/${name}`, reason: 'unreadable_record' as const } }
    return readRecord(record, { repository: toRepository(named.data.base.repo), author: null })
  })
  return pageOf(read, request)
}

type ListRequest = Pick<RepositoryPageRequest, 'source' | 'cursor' | 'untilUpdatedAt'> & GiteeCall

/** A page of a repository's merged pull requests; the watermark with an hour of overlap for what was written late. */
async function listMerged(api: GiteeApi, request: ListRequest, filter: Record<string, string>): Promise<unknown[]> {
  const query = new URLSearchParams({
    state: 'merged',
    ...filter,
    sort: 'updated',
    direction: 'desc',
    per_page: String(PAGE_SIZE),
    page: String(pageNumberOf(request)),
  })
  const { untilUpdatedAt: until } = request
  if (until) query.set('since', new Date(until.getTime() - OVERLAP_MS).toISOString())
  const path = `${repositoryPath(referenceOf(request.source))}/pulls?${query}`
  const records = await api.find(path, recordsSchema, callOf(request))
  if (records === null) throw new PlatformError({ platform: 'gitee', kind: 'not_found', note: 'repository' })
  return records
}

function pageNumberOf({ cursor }: Pick<ListRequest, 'cursor'>): number {
  return Math.max(1, Number(cursor ?? '1') || 1)
}

function pageOf(read: readonly ReturnType<typeof readRecord>[], request: ListRequest): PullRequestPage {
  const { untilUpdatedAt: until } = request
  const seen = read.flatMap((record) => ('item' in record ? [record.item] : []))
  const items = seen.filter(({ updatedAt }) => until === null || updatedAt >= until)
  const isLast = read.length < PAGE_SIZE || items.length < seen.length
  return {
    items,
    skipped: read.flatMap((record) => ('skipped' in record ? [record.skipped] : [])),
    nextCursor: isLast ? null : String(pageNumberOf(request) + 1),
  }
}

function referenceOf(source: string): { owner: string; name: string } {
  const [owner, name] = source.startsWith(SOURCE_PREFIX) ? source.slice(SOURCE_PREFIX.length).split('/') : []
  if (!owner || !name) throw new PlatformError({ platform: 'gitee', kind: 'unexpected_answer', note: 'source' })
  return { owner, name }
}

async function getRepository(
  api: GiteeApi,
  reference: { owner: string; name: string },
  call: GiteeCall,
): Promise<RepositorySeen> {
  const found = await api.find(repositoryPath(reference), repositorySchema, callOf(call))
  if (found === null || found.private)
    throw new PlatformError({ platform: 'gitee', kind: 'not_found', note: 'repository' })
  return toRepository(found)
}

/**
 * The merge commit is found in the target branch by Gitee's words in it; who merged, in the operation log; line counts,
 * in the files. A sub-resource that answers 404 is left out, not taken for the end of the pull request.
 */
async function completePullRequest(
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

async function listChangedFiles(api: GiteeApi, input: PullRequestReference & GiteeCall) {
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
async function listRevertingCommits(api: GiteeApi, place: Branches, call: GiteeCall): Promise<CommitSeen[]> {
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

async function findPullRequest(
  api: GiteeApi,
  input: PullRequestReference & GiteeCall,
): Promise<PullRequestSeen | null> {
  const found = await api.find(repositoryPath(input), repositorySchema, callOf(input))
  if (found === null || found.private) return null
  const repository = toRepository(found)
  const record = await api.find(`${repositoryPath(input)}/pulls/${input.number}`, recordSchema, callOf(input))
  if (record === null) return null
  const read = readRecord(record, { repository, author: null })
  if ('item' in read) return (await completePullRequest(api, read.item, callOf(input))).pullRequest
  throw new PlatformError({ platform: 'gitee', kind: 'unexpected_answer', note: read.skipped.reason })
}

const recordSchema = recordsSchema.element

async function collectEvidence(api: GiteeApi, input: PullRequestReference & GiteeCall): Promise<CollectedEvidence> {
  const pullRequest = await findPullRequest(api, input)
  if (pullRequest === null) throw new PlatformError({ platform: 'gitee', kind: 'not_found' })
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

function callOf({ credential, signal }: GiteeCall): GiteeCall {
  return { credential, signal }
}
