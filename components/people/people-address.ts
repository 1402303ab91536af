import { type PeopleQuery, peopleQuery } from '@/lib/people/schema'

type Search = Readonly<Record<string, string | string[] | undefined>>

const PARTS = {
  cursor: 'cursor',
  search: 'q',
  departmentId: 'department',
  role: 'role',
  reviewsDepartmentId: 'reviews',
  status: 'status',
  syncFailure: 'sync',
} as const
const NAMES = ['cursor', 'search', 'departmentId', 'role', 'reviewsDepartmentId', 'status', 'syncFailure'] as const

/** What an address asks of the list; a part that cannot be read is left out. */
export function readPeopleAddress(search: Search): PeopleQuery {
  const readable = NAMES.flatMap((name) => {
    const value = search[PARTS[name]]
    const isRead = typeof value === 'string' && value !== '' && peopleQuery.shape[name].safeParse(value).success
    return isRead ? [[name, value]] : []
  })
  return peopleQuery.parse(Object.fromEntries(readable))
}

/** The same view of the list with some parts changed. */
export function peopleAddress(query: PeopleQuery, change: Partial<PeopleQuery>): string {
  const wanted = { ...query, cursor: null, ...change }
  const parts = new URLSearchParams()
  for (const name of NAMES) {
    const value = wanted[name]
    if (value) parts.set(PARTS[name], value)
  }
  return parts.size === 0 ? '/admin/people' : `/admin/people?${parts}`
}
