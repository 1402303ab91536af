import * as z from 'zod'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS } from '@/lib/domain/catalog'
import { PLATFORMS } from '@/lib/domain/platform'

/** A page of the catalog, as its address asks for it. */
export const catalogListQuery = z.strictObject({
  cursor: z.string().max(512).nullable().default(null),
  search: z.string().trim().max(120).default(''),
  status: z.enum(CATALOG_STATUSES).nullable().default(null),
  platform: z.enum(PLATFORMS).nullable().default(null),
  ownOnly: z.boolean().default(false),
})
export type CatalogListQuery = z.output<typeof catalogListQuery>

const pathPart = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\w.-]+$/)

/** Names one line of the catalog: a repository, or everything of an owner where the name is empty. */
export const catalogKey = z.strictObject({
  platform: z.enum(PLATFORMS),
  owner: pathPart,
  name: z.union([z.literal(''), pathPart]).transform((name) => name || null),
})
export type CatalogKey = z.output<typeof catalogKey>

const expectedVersion = z
  .string()
  .regex(/^\d{0,9}$/)
  .transform((text) => (text === '' ? null : Number(text)))

const branches = z
  .string()
  .max(500)
  .transform((text) => [...new Set(text.split(/[\s,，]+/).filter(Boolean))])
  .pipe(z.array(z.string().max(100)).max(20))

/** A university's own word on a line. `expectedVersion` is empty while it has none. */
export const overrideInput = z.strictObject({
  ...catalogKey.shape,
  status: z.enum(CATALOG_STATUSES),
  kind: z.enum(CATALOG_KINDS),
  tier: z.enum(CATALOG_TIERS),
  reason: z.string().trim().min(5).max(500),
  acceptedBranches: branches,
  expectedVersion,
})
export type OverrideInput = z.output<typeof overrideInput>

export const removeOverrideInput = z.strictObject({
  ...catalogKey.shape,
  expectedVersion: z.coerce.number().int().min(1),
})
export type RemoveOverrideInput = z.output<typeof removeOverrideInput>
