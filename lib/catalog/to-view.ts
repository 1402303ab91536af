import * as z from 'zod'
import type { CatalogListRow } from '@/lib/db/catalog-list'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS } from '@/lib/domain/catalog'
import { landingRulesSchema } from '@/lib/domain/landing-rule'
import { PLATFORMS } from '@/lib/domain/platform'
import type { CatalogLine } from './view'

const words = z.object({
  platform: z.enum(PLATFORMS),
  status: z.enum(CATALOG_STATUSES),
  sharedStatus: z.enum(CATALOG_STATUSES).nullable(),
  kind: z.enum(CATALOG_KINDS),
  tier: z.enum(CATALOG_TIERS),
  landing: landingRulesSchema,
})

/** A stored line with its words read; one that does not fit is a fault of ours and throws. */
export function toCatalogLine(row: CatalogListRow): CatalogLine {
  const { sharedStatus, landing, ...known } = words.parse(row)
  return {
    ...known,
    owner: row.owner,
    name: row.name,
    reason: row.reason,
    lab: row.lab,
    license: row.license,
    landing: landing.map(({ rule }) => rule),
    acceptedBranches: row.acceptedBranches,
    own: row.ownVersion === null ? null : { version: row.ownVersion, sharedStatus, sharedReason: row.sharedReason },
  }
}
