import { NOT_OFFERED } from '../named-port'
import { PlatformError } from '../platform-error'
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
import { GiteeApi, type GiteeCall, PAGE_SIZE, repositoryPath } from './api'
import { callOf, collectEvidence, completePullRequest, listChangedFiles, listRevertingCommits } from './complete'
import { createGiteeOAuth } from './oauth'
import { describeRepository, findDependencyFiles } from './profile'
import { identitySchema, recordRepositorySchema, recordsSchema, repositorySchema } from './schema'
import { readRecord, toRepository } from './transform'

const SOURCE_PREFIX = 'repository:'
const OVERLAP_MS = 3_600_000

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
    // Which pull request a commit came with, and reviews as such, are not told here.
    readCommit: async () => NOT_OFFERED,
    readReview: async () => NOT_OFFERED,
    readRelease: async () => NOT_OFFERED,
    collectEvidence: async (input) => {
      const pullRequest = await findPullRequest(api, input)
      if (pullRequest === null) throw new PlatformError({ platform: 'gitee', kind: 'not_found' })
      return collectEvidence(api, input, pullRequest)
    },
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
