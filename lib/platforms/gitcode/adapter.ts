import { changeSizeOf } from '../change-size'
import { NOT_OFFERED } from '../named-port'
import { isPlatformError, PlatformError } from '../platform-error'
import type {
  AccountReference,
  CatalogSources,
  PlatformPort,
  PullRequestPage,
  PullRequestPageRequest,
  PullRequestReference,
  PullRequestSeen,
  RepositoryPageRequest,
  RepositorySeen,
} from '../port'
import type { PlatformSettings } from '../settings'
import { GitCodeApi, type GitCodeCall, NOT_ALLOWED, PAGE_SIZE, repositoryPath } from './api'
import { collectEvidence, completePullRequest, listRevertingCommits } from './complete'
import { createGitCodeOAuth } from './oauth'
import { describeRepository, findDependencyFiles } from './profile'
import { filesSchema, identitySchema, recordRepositorySchema, recordsSchema, repositorySchema } from './schema'
import { type ReadRecord, readRecord, toFile, toRepository, toShortRepository } from './transform'

const SOURCE_PREFIX = 'repository:'
const OVERLAP_MS = 3_600_000
/** Five thousand pull requests of one person are looked through for the repositories that they are of. */
const MAX_OWN_PAGES = 50

/** GitCode v5 behind the port; AtomGit is the same platform under another name. */
export function createGitCodeAdapter(settings: PlatformSettings): PlatformPort {
  const api = new GitCodeApi(settings)
  return {
    platform: 'gitcode',
    sync: 'by_repository',
    oauth: createGitCodeOAuth(settings, api),
    resolveAccount: ({ account, ...call }) => resolveAccount(api, account, call),
    listSources: ({ catalog, ...call }) => listSources(api, catalog, call),
    listAuthorPullRequests: (request) => listAuthorPage(api, request),
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
    // Which pull request a commit came with, and reviews as such, are not told here.
    readCommit: async () => NOT_OFFERED,
    readReview: async () => NOT_OFFERED,
    readRelease: async () => NOT_OFFERED,
    collectEvidence: async (input) => {
      const pullRequest = await findWithoutSize(api, input)
      if (pullRequest === null) throw new PlatformError({ platform: 'gitcode', kind: 'not_found' })
      return collectEvidence(api, input, pullRequest)
    },
  }
}

/**
 * Lists are asked by login, so it must be today's: the person's own token says it. Without one the login that is known is
 * looked up, and when its id is another one, only the person can tell.
 */
async function resolveAccount(
  api: GitCodeApi,
  account: AccountReference,
  call: GitCodeCall,
): Promise<AccountReference> {
  const path = isOwn(call) ? '/user' : `/users/${encodeURIComponent(account.login)}`
  const user = await api.find(path, identitySchema, call)
  if (user === null || user.id !== account.platformUserId) {
    throw new PlatformError({ platform: 'gitcode', kind: 'sign_in_expired', note: 'account' })
  }
  return { platformUserId: account.platformUserId, nodeId: null, login: user.login }
}

function isOwn({ credential }: GitCodeCall): boolean {
  return credential.kind === 'token' && credential.of === 'person'
}

/** With the person's own token the repositories in which they landed anything; else those of the catalog. */
async function listSources(api: GitCodeApi, catalog: CatalogSources, call: GitCodeCall): Promise<string[]> {
  const own = isOwn(call) ? await listOwnRepositories(api, call) : null
  const names = own ?? (await listCatalogued(api, catalog, call))
  return [...new Map(names.map((name) => [name.toLowerCase(), `${SOURCE_PREFIX}${name}`])).values()]
}

/** Null where the token may not: that `all_user` is enough is not documented. */
async function listOwnRepositories(api: GitCodeApi, call: GitCodeCall): Promise<string[] | null> {
  const path = '/user/pulls?state=merged&scope=created_by_me&sort=updated&direction=desc'
  try {
    const listed = await api.list(path, recordsSchema, { ...call, maxPages: MAX_OWN_PAGES })
    return (listed?.items ?? []).flatMap((record) => {
      const repository = repositoryOf(record)
      return repository ? [`${repository.owner}/${repository.name}`] : []
    })
  } catch (error) {
    if (isPlatformError(error, 'unexpected_answer') && error.message.includes(NOT_ALLOWED)) return null
    throw error
  }
}

async function listCatalogued(api: GitCodeApi, catalog: CatalogSources, call: GitCodeCall): Promise<string[]> {
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
  return names
}

async function listAuthorPage(api: GitCodeApi, request: PullRequestPageRequest): Promise<PullRequestPage> {
  const { account } = request
  const records = await listMerged(api, request, { author: account.login })
  if (records.length === 0) return { items: [], skipped: [], nextCursor: null }
  const repository = await getRepository(api, referenceOf(request.source), request)
  return pageOf(
    records.map((record) => readRecord(record, { repository, author: account.platformUserId })),
    request,
  )
}

/** One request: what the repository is called stands in every record. */
async function listRepositoryPage(api: GitCodeApi, request: RepositoryPageRequest): Promise<PullRequestPage> {
  const { owner, name } = referenceOf(request.source)
  const records = await listMerged(api, request, {})
  const read = records.map((record): ReadRecord => {
    const repository = repositoryOf(record)
    if (repository) return readRecord(record, { repository, author: null })
    return { skipped: { reference: `${owner}/${name}`, reason: 'unreadable_record' } }
  })
  return pageOf(read, request)
}

function repositoryOf(record: unknown): RepositorySeen | null {
  const named = recordRepositorySchema.safeParse(record)
  if (!named.success) return null
  const visibility = typeof record === 'object' && record !== null && 'visibility_reason' in record
  return toShortRepository(
    named.data.base.repo,
    visibility && typeof record.visibility_reason === 'string' ? record.visibility_reason : null,
  )
}

type ListRequest = Pick<RepositoryPageRequest, 'source' | 'cursor' | 'untilUpdatedAt'> & GitCodeCall

/** A page of a repository's merged pull requests; the watermark with an hour of overlap for what was written late. */
async function listMerged(api: GitCodeApi, request: ListRequest, filter: Record<string, string>): Promise<unknown[]> {
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
  if (records === null) throw new PlatformError({ platform: 'gitcode', kind: 'not_found', note: 'repository' })
  return records
}

function pageNumberOf({ cursor }: Pick<ListRequest, 'cursor'>): number {
  return Math.max(1, Number(cursor ?? '1') || 1)
}

function pageOf(read: readonly ReadRecord[], request: ListRequest): PullRequestPage {
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
  if (!owner || !name) throw new PlatformError({ platform: 'gitcode', kind: 'unexpected_answer', note: 'source' })
  return { owner, name }
}

async function getRepository(
  api: GitCodeApi,
  reference: { owner: string; name: string },
  call: GitCodeCall,
): Promise<RepositorySeen> {
  const found = await api.find(repositoryPath(reference), repositorySchema, callOf(call))
  if (found === null || found.private)
    throw new PlatformError({ platform: 'gitcode', kind: 'not_found', note: 'repository' })
  return toRepository(found)
}

/** A single answer has no line counts: they are summed from the files. */
async function findPullRequest(
  api: GitCodeApi,
  input: PullRequestReference & GitCodeCall,
): Promise<PullRequestSeen | null> {
  const pullRequest = await findWithoutSize(api, input)
  if (pullRequest === null) return null
  const files = await api.find(`${repositoryPath(input)}/pulls/${input.number}/files`, filesSchema, callOf(input))
  return files === null ? pullRequest : { ...pullRequest, ...changeSizeOf(files.map(toFile)) }
}

async function findWithoutSize(
  api: GitCodeApi,
  input: PullRequestReference & GitCodeCall,
): Promise<PullRequestSeen | null> {
  const call = callOf(input)
  const found = await api.find(repositoryPath(input), repositorySchema, call)
  if (found === null || found.private) return null
  const path = `${repositoryPath(input)}/pulls/${input.number}`
  const record = await api.find(path, recordsSchema.element, call)
  if (record === null) return null
  const read = readRecord(record, { repository: toRepository(found), author: null })
  if (!('item' in read)) {
    throw new PlatformError({ platform: 'gitcode', kind: 'unexpected_answer', note: read.skipped.reason })
  }
  return (await completePullRequest(api, read.item, call)).pullRequest
}

function callOf({ credential, signal }: GitCodeCall): GitCodeCall {
  return { credential, signal }
}
