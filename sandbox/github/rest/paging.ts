import type { SandboxResponse } from '../../http/types'
import type { Call } from './call'

export type Page = { page: number; perPage: number }

const DEFAULT_PER_PAGE = 30
const MAXIMUM_PER_PAGE = 100

/** GitHub does not refuse a wrong page size, it takes the nearest that it has. */
export function readPage({ request }: Call): Page {
  const perPage = Number(request.query.get('per_page') ?? DEFAULT_PER_PAGE)
  const page = Number(request.query.get('page') ?? 1)
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    perPage: Number.isInteger(perPage) && perPage > 0 ? Math.min(perPage, MAXIMUM_PER_PAGE) : DEFAULT_PER_PAGE,
  }
}

/** One page of all rows with the Link header; `path` is the address below the API's root. */
export function paged<T>(call: Call, rows: readonly T[], path: string, show: (row: T) => unknown): SandboxResponse {
  const page = readPage(call)
  const from = (page.page - 1) * page.perPage
  const body = rows.slice(from, from + page.perPage).map(show)
  return { status: 200, body, headers: linkHeader(call, { page, total: rows.length, path }) }
}

export function linkHeader(
  { github, request }: Call,
  { page, total, path }: { page: Page; total: number; path: string },
): Record<string, string> {
  const last = Math.max(1, Math.ceil(total / page.perPage))
  const link = (number: number, rel: string) => {
    const query = new URLSearchParams(request.query)
    query.set('page', String(number))
    return `<${github.urls.api}${path}?${query}>; rel="${rel}"`
  }
  const links: string[] = []
  if (page.page > 1) links.push(link(Math.min(page.page - 1, last), 'prev'))
  if (page.page < last) links.push(link(page.page + 1, 'next'), link(last, 'last'))
  if (page.page > 1) links.push(link(1, 'first'))
  return links.length > 0 ? { link: links.join(', ') } : {}
}
