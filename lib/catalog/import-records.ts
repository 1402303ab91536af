import * as z from 'zod'
import { CATALOG_KINDS, CATALOG_TIERS, OWN_STATUSES } from '@/lib/domain/catalog'
import { CATALOG_COLUMNS, CATALOG_FILE_CODES } from '@/lib/domain/catalog-file'
import { PLATFORMS } from '@/lib/domain/platform'

/** What a file may be at most; the page says so before anybody tries. */
export const MAX_CATALOG_FILE_BYTES = 1_048_576
export const MAX_CATALOG_FILE_ROWS = 2_000

export const CATALOG_LINE_KINDS = ['new', 'changed', 'removed', 'unchanged'] as const
export type CatalogLineKind = (typeof CATALOG_LINE_KINDS)[number]

const word = z.object({
  status: z.enum(OWN_STATUSES),
  kind: z.enum(CATALOG_KINDS),
  tier: z.enum(CATALOG_TIERS),
  reason: z.string(),
  acceptedBranches: z.array(z.string()),
})
export type FileWord = z.output<typeof word>

/** What a preview keeps of a good row; read back through these shapes. */
export const catalogPlanLineSchema = z.object({
  line: z.number(),
  kind: z.enum(CATALOG_LINE_KINDS),
  platform: z.enum(PLATFORMS),
  owner: z.string(),
  name: z.string().nullable(),
  /** The word as it would be; of a removal, as it is. */
  word,
  /** The own entry's version that this was compared with; null where there was none. */
  expectedVersion: z.number().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
})
export type CatalogPlanLine = z.output<typeof catalogPlanLineSchema>

export const CATALOG_PLAN_CODES = ['duplicate_line', 'changed_since_export', 'nothing_to_remove'] as const

export const catalogImportProblemSchema = z.object({
  line: z.number(),
  cell: z.string(),
  column: z.enum(CATALOG_COLUMNS),
  code: z.enum([...CATALOG_FILE_CODES, ...CATALOG_PLAN_CODES]),
  value: z.string(),
  /** Another cell that it clashes with. */
  other: z.string().nullable(),
})
export type CatalogImportProblem = z.output<typeof catalogImportProblemSchema>

export const catalogImportSummarySchema = z.object({
  new: z.number(),
  changed: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  /** Rows, not problems: one row can have several. */
  bad: z.number(),
  unknownHeadings: z.array(z.string()),
})
export type CatalogImportSummary = z.output<typeof catalogImportSummarySchema>
