import type { SandboxRequest, SandboxResponse } from '../http/types'

const DEFAULT_PER_PAGE = 20
const MAX_PER_PAGE = 100

/** One page of a list: `page` from 1, 20 a page unless asked, 100 at most. GitCode documents no header that counts pages. */
export function pageAnswer<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  show: (item: Item) => unknown,
): SandboxResponse {
  const page = positive(request.query.get('page')) ?? 1
  const perPage = Math.min(positive(request.query.get('per_page')) ?? DEFAULT_PER_PAGE, MAX_PER_PAGE)
  const start = Math.max(0, (page - 1) * perPage + shiftOf(request))
  return { status: 200, body: items.slice(start, start + perPage).map(show) }
}

/** What a change between two pages does to a reader: newest first, rows are pushed back onto this page; oldest first, one is missed. */
function shiftOf({ fault, query }: SandboxRequest): number {
  if (fault?.kind !== 'shift_page') return 0
  return query.get('direction') === 'asc' ? 1 : -1
}

function positive(text: string | null): number | null {
  const value = Number(text ?? '')
  return Number.isSafeInteger(value) && value >= 1 ? value : null
}
