import { z } from 'zod'
import { PlatformError } from '../platform-error'
import type { Credential, PullRequestPage } from '../port'
import type { GitHubApi } from './api'
import { LOGIN_OF_ACCOUNT, SEARCHED_PULL_REQUESTS } from './queries'
import { accountLoginSchema, searchPageSchema } from './schema'
import { readRecord } from './transform'

/** What a search gives at most, whatever it finds. */
const SEARCH_CAP = 1000
const PAGE_SIZE = 25
/** Before GitHub there were no pull requests. */
const BEGINNING_MS = Date.UTC(2008, 0, 1)
const CURSOR_PREFIX = 'search:'

/** A span of update times, both ends included, in whole seconds as GitHub writes them. */
export type SearchWindow = { fromMs: number; toMs: number }

/** Windows that are still to be read, the newest first, and where the first of them goes on. */
type SearchPlace = { windows: readonly SearchWindow[]; after: string | null }

const placeSchema = z.object({
  windows: z.array(z.object({ fromMs: z.number(), toMs: z.number() })).min(1),
  after: z.string().nullable(),
})

/**
 * One window as two, the newer first; null where it is a second already and cannot be parted: what is in it beyond the
 * cap cannot be had by search.
 */
export function splitWindow({ fromMs, toMs }: SearchWindow): [SearchWindow, SearchWindow] | null {
  const seconds = Math.floor((toMs - fromMs) / 1000)
  if (seconds < 1) return null
  const middleMs = fromMs + Math.floor(seconds / 2) * 1000
  return [
    { fromMs: middleMs + 1000, toMs },
    { fromMs, toMs: middleMs },
  ]
}

export function isSearchCursor(cursor: string | null): cursor is string {
  return cursor?.startsWith(CURSOR_PREFIX) ?? false
}

type SearchRequest = {
  account: { platformUserId: string; nodeId: string }
  credential: Credential
  cursor: string | null
  untilUpdatedAt: Date | null
  signal?: AbortSignal | undefined
  now: Date
}

/**
 * An account's pull requests by search, for a list that GitHub cannot give: windows of update times, newest first, halved
 * until none holds more than search shows. By login, so every record's number is compared.
 */
export async function searchAuthorPage(api: GitHubApi, request: SearchRequest): Promise<PullRequestPage> {
  const { account, credential, signal } = request
  const place = placeOf(request)
  const [window, ...rest] = place.windows
  if (window === undefined) return { items: [], skipped: [], nextCursor: null }
  const login = await loginOf(api, request)
  const text = `author:${login} is:pr updated:${instantOf(window.fromMs)}..${instantOf(window.toMs)} sort:updated-desc`
  const variables = { text, first: PAGE_SIZE, after: place.after }
  const parsed = searchPageSchema.safeParse(
    await api.graphql(SEARCHED_PULL_REQUESTS, { credential, signal, variables }),
  )
  if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'search' })
  const { issueCount, pageInfo, nodes } = parsed.data.search
  const halves = issueCount > SEARCH_CAP && place.after === null ? splitWindow(window) : null
  if (halves) return { items: [], skipped: [], nextCursor: cursorOf({ windows: [...halves, ...rest], after: null }) }
  const records = (nodes ?? []).map(readRecord)
  const seen = records.flatMap((record) => ('item' in record ? [record.item] : []))
  const strangers = seen.filter(({ authorPlatformUserId }) => authorPlatformUserId !== account.platformUserId)
  const goesOn = pageInfo.hasNextPage && pageInfo.endCursor !== null
  const next = goesOn ? { windows: place.windows, after: pageInfo.endCursor } : { windows: rest, after: null }
  return {
    items: seen.filter((item) => !strangers.includes(item)),
    skipped: [
      ...records.flatMap((record) => ('skipped' in record ? [record.skipped] : [])),
      ...strangers.map(({ repository, number }) => ({
        reference: `${repository.owner}/${repository.name}#${number}`,
        reason: 'other_author' as const,
      })),
    ],
    nextCursor: next.windows.length === 0 ? null : cursorOf(next),
  }
}

function placeOf({ cursor, untilUpdatedAt, now }: SearchRequest): SearchPlace {
  if (!isSearchCursor(cursor)) {
    const window = { fromMs: untilUpdatedAt?.getTime() ?? BEGINNING_MS, toMs: now.getTime() }
    return { windows: [window], after: null }
  }
  try {
    const text = Buffer.from(cursor.slice(CURSOR_PREFIX.length), 'base64url').toString('utf8')
    return placeSchema.parse(JSON.parse(text))
  } catch {
    throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'cursor' })
  }
}

function cursorOf(place: SearchPlace): string {
  return CURSOR_PREFIX + Buffer.from(JSON.stringify(place)).toString('base64url')
}

function instantOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** Search knows logins only: the one that the account has today. */
async function loginOf(api: GitHubApi, { account, credential, signal }: SearchRequest): Promise<string> {
  const data = await api.graphql(LOGIN_OF_ACCOUNT, { credential, signal, variables: { id: account.nodeId } })
  const parsed = accountLoginSchema.safeParse(data)
  const node = parsed.success ? parsed.data.node : null
  if (node?.login === undefined) throw new PlatformError({ platform: 'github', kind: 'not_found', note: 'account' })
  return node.login
}
