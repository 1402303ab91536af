import type { SandboxRequest, SandboxResponse } from '../http/types'

const DEFAULT_PER_PAGE = 20
const MAX_PER_PAGE = 100

export type Page = { page: number; perPage: number; skip: number }

/** `page` from 1 and `per_page`, 20 unless asked, 100 at most; nonsense is the default. */
export function pageOf({ query }: SandboxRequest): Page {
  const page = positive(query.get('page')) ?? 1
  const perPage = Math.min(positive(query.get('per_page')) ?? DEFAULT_PER_PAGE, MAX_PER_PAGE)
  return { page, perPage, skip: (page - 1) * perPage }
}

/** One page of a list with Gitee's headers. `shift_page` shows what a change between two pages does to a reader. */
export function pageAnswer<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  show: (item: Item) => unknown,
): SandboxResponse {
  const { page, perPage, skip } = pageOf(request)
  const start = Math.max(0, skip + shiftOf(request))
  const totalPages = Math.ceil(items.length / perPage)
  return {
    status: 200,
    headers: {
      total_count: String(items.length),
      total_page: String(totalPages),
      ...linkHeader(request, page, totalPages),
    },
    body: items.slice(start, start + perPage).map(show),
  }
}

/** Newest first, something new in front pushes rows back onto this page; oldest first, a row that moved to the end leaves a gap. */
function shiftOf({ fault, query }: SandboxRequest): number {
  if (fault?.kind !== 'shift_page') return 0
  return query.get('direction') === 'asc' ? 1 : -1
}

function linkHeader({ url }: SandboxRequest, page: number, totalPages: number): Record<string, string> {
  if (page >= totalPages) return {}
  const linkTo = (target: number, rel: string): string => {
    const address = new URL(url)
    address.searchParams.delete('access_token')
    address.searchParams.set('page', String(target))
    return `<${address.href}>; rel="${rel}"`
  }
  return { link: [linkTo(page + 1, 'next'), linkTo(totalPages, 'last')].join(', ') }
}

function positive(text: string | null): number | null {
  const value = Number(text ?? '')
  return Number.isSafeInteger(value) && value >= 1 ? value : null
}
