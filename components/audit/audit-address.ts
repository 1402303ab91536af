import { type AuditQuery, auditQuery } from '@/lib/audit/schema'

type Search = Readonly<Record<string, string | string[] | undefined>>

const NAMES = ['cursor', 'area', 'actorMemberId', 'subjectKind', 'subjectId', 'from', 'to'] as const

/** What an address asks of the audit; a part that cannot be read is left out. */
export function readAuditAddress(search: Search): AuditQuery {
  const parts = NAMES.map((name) => [
    name,
    typeof search[name] === 'string' && search[name] !== '' ? search[name] : null,
  ])
  const asked: Record<string, unknown> = Object.fromEntries(parts)
  for (const name of NAMES) {
    if (!auditQuery.shape[name].safeParse(asked[name]).success) asked[name] = null
  }
  return auditQuery.parse(asked)
}

/** The same view with some parts changed. */
export function auditAddress(query: AuditQuery, change: Partial<AuditQuery>): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, cursor: null, ...change })) {
    if (value !== null) parts.set(name, value)
  }
  const search = parts.toString()
  return search === '' ? '/admin/audit' : `/admin/audit?${search}`
}
