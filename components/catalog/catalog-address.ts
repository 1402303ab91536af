import { type CatalogListQuery, catalogListQuery } from '@/lib/catalog/schema'

type Search = Readonly<Record<string, string | string[] | undefined>>

const one = (value: string | string[] | undefined) => (typeof value === 'string' && value !== '' ? value : null)

/** What an address asks of the list; what cannot be read is left out. */
export function readCatalogAddress(search: Search): CatalogListQuery {
  const asked = {
    cursor: one(search.cursor),
    search: one(search.search) ?? '',
    status: one(search.status),
    platform: one(search.platform),
    ownOnly: one(search.own) === 'on',
  }
  const read = catalogListQuery.safeParse(asked)
  return read.success ? read.data : catalogListQuery.parse({ search: asked.search.slice(0, 120) })
}

/** The same view, from another place of the list on; null is its beginning. */
export function catalogAddress(path: string, query: CatalogListQuery, cursor: string | null): string {
  const parts = new URLSearchParams()
  if (cursor !== null) parts.set('cursor', cursor)
  if (query.search) parts.set('search', query.search)
  if (query.status) parts.set('status', query.status)
  if (query.platform) parts.set('platform', query.platform)
  if (query.ownOnly) parts.set('own', 'on')
  return parts.size === 0 ? path : `${path}?${parts}`
}
