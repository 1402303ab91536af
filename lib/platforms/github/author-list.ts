import { isPlatformError, PlatformError } from '../platform-error'
import type { AccountReference, Credential, PullRequestPage, PullRequestPageRequest } from '../port'
import type { GitHubApi } from './api'
import { ACCOUNT_BY_LOGIN, ACCOUNT_PULL_REQUESTS } from './queries'
import { accountByLoginSchema, accountPageSchema } from './schema'
import { isSearchCursor, searchAuthorPage } from './search'
import { readRecord } from './transform'

/** What is asked for at once; where that is too heavy for GitHub, less, and where even a few are, search. */
const PAGE_SIZES = [100, 50, 25, 10] as const

type Call = { credential: Credential; signal?: AbortSignal | undefined }
type Request = PullRequestPageRequest & { account: AccountReference & { nodeId: string } }

/** One page of all that an account wrote, newest update first. */
export async function listAuthorPage(api: GitHubApi, asked: PullRequestPageRequest): Promise<PullRequestPage> {
  const request: Request = { ...asked, account: await resolveAccount(api, asked.account, asked) }
  if (isSearchCursor(request.cursor)) return searchAuthorPage(api, { ...request, now: new Date() })
  const data = await askForPage(api, request)
  if (data === TOO_HEAVY) return searchAuthorPage(api, { ...request, cursor: null, now: new Date() })
  const parsed = accountPageSchema.safeParse(data)
  if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'page' })
  const { node } = parsed.data
  if (!node?.pullRequests) throw new PlatformError({ platform: 'github', kind: 'not_found' })
  if (String(node.databaseId) !== request.account.platformUserId) {
    throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'another account' })
  }
  const { totalCount, pageInfo, nodes } = node.pullRequests
  if (hidesWork(request, totalCount)) {
    throw new PlatformError({ platform: 'github', kind: 'sign_in_expired', note: 'private profile' })
  }
  const records = (nodes ?? []).map(readRecord)
  const seen = records.flatMap((record) => ('item' in record ? [record.item] : []))
  const { untilUpdatedAt } = request
  const items = seen.filter(({ updatedAt }) => untilUpdatedAt === null || updatedAt >= untilUpdatedAt)
  const reachedOld = items.length < seen.length
  return {
    items,
    skipped: records.flatMap((record) => ('skipped' in record ? [record.skipped] : [])),
    nextCursor: pageInfo.hasNextPage && !reachedOld ? pageInfo.endCursor : null,
  }
}

/**
 * A watermark says that there were pull requests: where somebody else's credential sees none at all any more, the profile
 * is private, and only its owner can show them. That is not the same as nothing new.
 */
function hidesWork({ credential, untilUpdatedAt }: Request, totalCount: number): boolean {
  const isOwn = credential.kind === 'token' && credential.of === 'person'
  return !isOwn && untilUpdatedAt !== null && totalCount === 0
}

const TOO_HEAVY = Symbol('too heavy')

/** A page that is too heavy for GitHub is asked for in smaller ones; its cursor is the same. */
async function askForPage(api: GitHubApi, request: Request): Promise<unknown> {
  const { credential, signal, cursor: after, account } = request
  for (const first of PAGE_SIZES) {
    try {
      const variables = { id: account.nodeId, first, after }
      return await api.graphql(ACCOUNT_PULL_REQUESTS, { credential, signal, variables, shrinks: true })
    } catch (error) {
      if (!isPlatformError(error, 'unavailable') || !error.isTooHeavy) throw error
    }
  }
  return TOO_HEAVY
}

/** By login only to find the node id, and only if the number proves that it is the same account. */
export async function resolveAccount(
  api: GitHubApi,
  account: AccountReference,
  { credential, signal }: Call,
): Promise<AccountReference & { nodeId: string }> {
  // GraphQL refuses whoever does not sign in.
  if (credential.kind === 'anonymous') throw new PlatformError({ platform: 'github', kind: 'sign_in_expired' })
  if (account.nodeId !== null) return { ...account, nodeId: account.nodeId }
  const data = await api.graphql(ACCOUNT_BY_LOGIN, { credential, signal, variables: { login: account.login } })
  const parsed = accountByLoginSchema.safeParse(data)
  const user = parsed.success ? parsed.data.user : null
  if (user === null || String(user.databaseId) !== account.platformUserId) {
    throw new PlatformError({ platform: 'github', kind: 'sign_in_expired', note: 'account' })
  }
  return { platformUserId: account.platformUserId, nodeId: user.id, login: user.login }
}
