import { type ReportQuery, reportQuerySchema } from '@/lib/reports/schema'

type Search = Readonly<Record<string, string | string[] | undefined>>

const NAMES = ['termId', 'college', 'programme', 'state', 'kind', 'from', 'to', 'cursor'] as const

/** What an address asks of the report; a part that cannot be read is left out. */
export function readReportAddress(search: Search): ReportQuery {
  const asked: Record<string, unknown> = {}
  for (const name of NAMES) {
    const value = search[name]
    if (typeof value === 'string' && reportQuerySchema.shape[name].safeParse(value).success) asked[name] = value
  }
  return reportQuerySchema.parse(asked)
}

/** The parts of a filter that say something, by name. */
export function filterParts(query: ReportQuery): [string, string][] {
  return NAMES.flatMap((name): [string, string][] => {
    const value = query[name]
    return name === 'cursor' || value === null || value === 'all' ? [] : [[name, value]]
  })
}

/** The same report from another place on. */
export function reportAddress(query: ReportQuery, cursor: string | null): string {
  const parts = new URLSearchParams(filterParts(query))
  if (cursor !== null) parts.set('cursor', cursor)
  return parts.size === 0 ? '/admin/reports' : `/admin/reports?${parts}`
}
