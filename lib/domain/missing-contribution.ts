import type { CatalogResolution } from './catalog'
import type { Judgement, Reason } from './eligibility'

/** What is known when a student asks "why isn't my pull request here?" and no fact is stored. */
export type MissingContext = {
  /** Whether the person has a linked account on that platform. */
  linked: boolean
  /** The catalog's word by name, or null when neither the catalog nor any sync ever met the repository. */
  catalog: CatalogResolution | null
  /** When the account was last read to the end, or null for never. */
  lastFullSyncAt: Date | null
}

/** Names why a pull request is not among the stored facts. Always blocks, always at least one reason. */
export function explainMissing({ linked, catalog, lastFullSyncAt }: MissingContext): Judgement {
  const reasons: Reason[] = [...whyNoAccount(linked), ...whyNoRepository(catalog)]
  if (reasons.length > 0) return { eligible: false, reasons }
  const data = { lastFullSyncAt: lastFullSyncAt?.toISOString() ?? null }
  // Read to the end and still not seen: it is by another account, not merged yet, or newer than that sync.
  return { eligible: false, reasons: [{ code: 'not_synced_yet', blocks: true, data }] }
}

function whyNoAccount(linked: boolean): Reason[] {
  return linked ? [] : [{ code: 'no_linked_account', blocks: true, data: {} }]
}

function whyNoRepository(catalog: CatalogResolution | null): Reason[] {
  if (catalog === null) return [{ code: 'repository_unknown', blocks: true, data: {} }]
  const data = { reason: catalog.reason }
  if (catalog.status === 'unknown') return [{ code: 'not_in_catalog', blocks: true, data }]
  if (catalog.status === 'proposed') return [{ code: 'catalog_proposed', blocks: true, data }]
  if (catalog.status === 'opted_out') return [{ code: 'opted_out_repository', blocks: true, data }]
  return catalog.status === 'excluded' ? [{ code: 'excluded_repository', blocks: true, data }] : []
}
