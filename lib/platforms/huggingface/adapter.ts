import { ownerOf } from '@/lib/domain/repository-name'
import { NOT_OFFERED } from '../named-port'
import { PlatformError } from '../platform-error'
import type {
  AccountReference,
  CatalogSources,
  PlatformPort,
  PullRequestPage,
  PullRequestPageRequest,
  RepositoryPageRequest,
  RepositoryReference,
} from '../port'
import type { PlatformSettings } from '../settings'
import { HubApi, type HubCall, type HubKind, kindOf, listPath, repositoryPath } from './api'
import {
  callOf,
  collectEvidence,
  completePullRequest,
  findDetailed,
  findRepository,
  findRepositoryAlone,
  findUser,
  type Hub,
  listRevertingCommits,
} from './complete'
import { createHuggingFaceOAuth } from './oauth'
import { describeRepository } from './profile'
import { readRelease } from './release'
import { discussionsSchema, recordsSchema, repositorySchema, userInfoSchema } from './schema'
import { type ReadRecord, readRecord, toRepository } from './transform'

const SOURCE_PREFIX = 'repository:'
/** Lists are ordered by when a pull request was opened: what was open this long is found by the account's own sync alone. */
const OPEN_FOR_MS = 180 * 86_400_000
const MAX_OWNER_PAGES = 10
const OWNER_PAGE_SIZE = 100

/** Hugging Face's Hub behind the port: pull requests are discussions that carry a change. */
export function createHuggingFaceAdapter(settings: PlatformSettings): PlatformPort {
  const api = new HubApi(settings)
  const hub = { api, settings }
  return {
    platform: 'huggingface',
    sync: 'by_repository',
    oauth: createHuggingFaceOAuth(settings, api),
    resolveAccount: ({ account, ...call }) => resolveAccount(hub, account, call),
    listSources: ({ catalog, ...call }) => listSources(hub, catalog, call),
    // No time of change is told: the whole list of an account is read each time; it is short.
    listAuthorPullRequests: (request) => listPage(hub, { ...request, untilUpdatedAt: null }),
    listRepositoryPullRequests: (request) => listPage(hub, request),
    completePullRequest: ({ pullRequest, ...call }) => completePullRequest(hub, pullRequest, call),
    listRevertingCommits: ({ source, since, ...call }) =>
      listRevertingCommits(hub, { place: referenceOf(source), since }, call),
    findPullRequest: async (input) => (await findDetailed(hub, input))?.pullRequest ?? null,
    findRepository: (input) => findRepository(hub, input, input),
    describeRepository: (input) => describeRepository(hub, input, input),
    collectEvidence: (input) => collectEvidence(hub, input),
    // Commits name logins, which may be anybody's tomorrow, and there are no reviews.
    readCommit: async () => NOT_OFFERED,
    readReview: async () => NOT_OFFERED,
    readRelease: async (input) => ({ offered: true, found: await readRelease(hub, input) }),
  }
}

/**
 * Lists are asked by name, so it must be today's: the person's own token says it. Without one the name that is known is
 * looked up, and when its id is another one, only the person can tell.
 */
async function resolveAccount({ api }: Hub, account: AccountReference, call: HubCall): Promise<AccountReference> {
  const isOwn = call.credential.kind === 'token' && call.credential.of === 'person'
  const named = isOwn
    ? await api.userInfo(userInfoSchema, call).then((user) => user && { id: user.sub, login: user.preferred_username })
    : await findUser(api, account.login, call)
  if (named === null || named.id !== account.platformUserId) {
    throw new PlatformError({ platform: 'huggingface', kind: 'sign_in_expired', note: 'account' })
  }
  return { platformUserId: account.platformUserId, nodeId: null, login: named.login }
}

/** The catalogued repositories: the Hub has no list of all that an account wrote. */
async function listSources(hub: Hub, catalog: CatalogSources, call: HubCall): Promise<string[]> {
  const names = catalog.repositories.map(({ owner, name }) => `${owner}/${name}`)
  for (const owner of catalog.owners) {
    for (const kind of kindsOf(owner)) names.push(...(await listOwned(hub, { owner, kind }, call)))
  }
  return [...new Map(names.map((name) => [name.toLowerCase(), `${SOURCE_PREFIX}${name}`])).values()]
}

/** An owner as such means all that it has; with a kind in front, that kind. */
function kindsOf(owner: string): readonly HubKind[] {
  const { kind, namespace } = kindOf(owner)
  return namespace === owner ? ['model', 'dataset', 'space'] : [kind]
}

async function listOwned(
  { api, settings }: Hub,
  { owner, kind }: { owner: string; kind: HubKind },
  call: HubCall,
): Promise<string[]> {
  const query = new URLSearchParams({ author: kindOf(owner).namespace, limit: String(OWNER_PAGE_SIZE), full: 'true' })
  const listed = await api.list(`${listPath(kind)}?${query}`, recordsSchema, {
    ...callOf(call),
    maxPages: MAX_OWNER_PAGES,
  })
  return (listed?.items ?? []).flatMap((record) => {
    const parsed = repositorySchema.safeParse(record)
    if (!parsed.success || parsed.data.private || parsed.data.disabled) return []
    const { owner: shown, name } = toRepository(parsed.data, { kind, webUrl: settings.webUrl })
    return [`${shown}/${name}`]
  })
}

type ListRequest = RepositoryPageRequest & { account?: PullRequestPageRequest['account'] }

/** A page of pull requests that were closed, newest opened first, of which the merged ones are kept. */
async function listPage(hub: Hub, request: ListRequest): Promise<PullRequestPage> {
  const place = referenceOf(request.source)
  const page = Math.max(0, Number(request.cursor ?? '0') || 0)
  const query = new URLSearchParams({
    type: 'pull_request',
    status: 'closed',
    ...(request.account ? { author: request.account.login } : {}),
    sort: 'recently-created',
    p: String(page),
  })
  const call = callOf(request)
  const listed = await hub.api.find(`${repositoryPath(place)}/discussions?${query}`, discussionsSchema, call)
  if (listed === null) throw new PlatformError({ platform: 'huggingface', kind: 'not_found', note: 'repository' })
  const { discussions, start, count } = listed
  if (discussions.length === 0) return { items: [], skipped: [], nextCursor: null }
  const find = request.account ? findRepository : findRepositoryAlone
  const repository = await find(hub, place, call)
  if (repository === null) throw new PlatformError({ platform: 'huggingface', kind: 'not_found', note: 'repository' })
  const context = { repository, account: request.account?.platformUserId ?? null, webUrl: hub.settings.webUrl }
  const read = discussions.map((record) => readRecord(record, context))
  const isLast = start + discussions.length >= count || reaches(read, request.untilUpdatedAt)
  return {
    items: read.flatMap((one) => (one && 'item' in one ? [one.item] : [])),
    skipped: read.flatMap((one) => (one && 'skipped' in one ? [one.skipped] : [])),
    nextCursor: isLast ? null : String(page + 1),
  }
}

/** Whether a page goes back further than anything that may have been merged since. */
function reaches(read: readonly ReadRecord[], until: Date | null): boolean {
  if (until === null) return false
  const since = new Date(until.getTime() - OPEN_FOR_MS)
  return read.some((one) => one !== null && 'item' in one && one.item.createdAt < since)
}

function referenceOf(source: string): RepositoryReference {
  const fullName = source.startsWith(SOURCE_PREFIX) ? source.slice(SOURCE_PREFIX.length) : ''
  const owner = ownerOf(fullName)
  const name = fullName.slice(owner.length + 1)
  if (owner === '' || name === '') {
    throw new PlatformError({ platform: 'huggingface', kind: 'unexpected_answer', note: 'source' })
  }
  return { owner, name }
}
