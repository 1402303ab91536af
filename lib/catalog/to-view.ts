import * as z from 'zod'
import type { CatalogImportRow } from '@/lib/db/catalog-imports'
import type { CatalogListRow } from '@/lib/db/catalog-list'
import type { NominationRow } from '@/lib/db/catalog-nominations'
import { suggestRelatedness } from '@/lib/domain/ai-relatedness'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS } from '@/lib/domain/catalog'
import { catalogHomesSchema } from '@/lib/domain/catalog-home'
import { landingRulesSchema } from '@/lib/domain/landing-rule'
import { cautionsOf } from '@/lib/domain/nomination'
import { PLATFORMS } from '@/lib/domain/platform'
import { catalogImportSummarySchema } from './import-records'
import type { CatalogImport, CatalogLine, NominationView } from './view'

const words = z.object({
  platform: z.enum(PLATFORMS),
  status: z.enum(CATALOG_STATUSES),
  sharedStatus: z.enum(CATALOG_STATUSES).nullable(),
  kind: z.enum(CATALOG_KINDS),
  tier: z.enum(CATALOG_TIERS),
  landing: landingRulesSchema,
  homes: catalogHomesSchema,
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

/** A nomination with what to look at twice in what was read of it. */
export function toNominationView(row: NominationRow, now: Date): NominationView {
  const { evidence, owner, name } = row
  return {
    ...row,
    suggestion: evidence === null ? null : suggestRelatedness(evidence),
    cautions: evidence === null ? [] : cautionsOf(evidence, { nominatedAs: `${owner}/${name}`, now }),
  }
}

/** A stored import with its summary read. */
export function toCatalogImport({ summary, ...row }: CatalogImportRow): CatalogImport {
  return { ...row, summary: catalogImportSummarySchema.parse(summary) }
}
