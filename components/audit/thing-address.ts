import type { AuditThing } from '@/lib/audit/view'

/** Where a thing of the audit is shown to an admin; null where no page shows it. */
export function thingAddress({ kind, id }: AuditThing): string | null {
  switch (kind) {
    case 'member':
      return `/admin/people/${id}`
    case 'claim':
      return `/admin/approvals/${id}`
    case 'credit_entry':
      return `/admin/ledger/${id}`
    case 'policy_version':
      return `/admin/policies/${id}`
    case 'term':
      return `/admin/terms/${id}`
    case 'roster_import':
      return `/admin/roster/${id}`
    case 'filing':
      return `/admin/filings/${id}`
    case 'university':
      return '/admin/settings'
    case 'catalog_entry':
      return catalogAddress(id)
    default:
      return null
  }
}

/** Its id is `platform:owner/name`; `*` stands for all of an owner's repositories. */
function catalogAddress(id: string): string | null {
  const [, platform, owner, name] = /^([a-z]+):(.+)\/([^/]+)$/.exec(id) ?? []
  if (!platform || !owner || !name) return null
  return `/admin/catalog/entry?${new URLSearchParams({ platform, owner, name: name === '*' ? '' : name })}`
}
