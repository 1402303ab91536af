import { type CatalogListQuery, catalogListQuery } from '@/lib/catalog/schema'

type Search = Readonly<Record<string, string | string[] | undefined>>

const CHOICES = ['status', 'platform', 'kind', 'tier', 'landing'] as const

const one = (value: string | string[] | undefined) => (typeof value === 'string' && value !== '' ? value : null)

/** What an address asks of the list; a part that cannot be read is left out. */
export function readCatalogAddress(search: Search): CatalogListQuery {
  const chosen = CHOICES.map((name) => {
    const asked = one(search[name])
    return [name, catalogListQuery.shape[name].safeParse(asked).success ? asked : null]
  })
  const asked = {
    ...Object.fromEntries(chosen),
    cursor: one(search.cursor),
    search: (one(search.search) ?? '').slice(0, 120),
    ownOnly: one(search.own) === 'on',
  }
  const read = catalogListQuery.safeParse(asked)
  return read.success ? read.data : catalogListQuery.parse({ ...asked, cursor: 'unreadable' })
}

/** The same view, from another place of the list on; null is its beginning. */
export function catalogAddress(path: string, query: CatalogListQuery, cursor: string | null): string {
  const parts = new URLSearchParams()
  if (cursor !== null) parts.set('cursor', cursor)
  if (query.search) parts.set('search', query.search)
  for (const name of CHOICES) if (query[name]) parts.set(name, query[name])
  if (query.ownOnly) parts.set('own', 'on')
  return parts.size === 0 ? path : `${path}?${parts}`
}
