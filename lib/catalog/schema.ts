import * as z from 'zod'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS, OWN_STATUSES } from '@/lib/domain/catalog'
import { LANDING_CHOICES, readLandingForm } from '@/lib/domain/landing-form'
import { LANDING_RULE_NAMES, landingRulesSchema } from '@/lib/domain/landing-rule'
import { NOMINATION_STATES } from '@/lib/domain/nomination'
import { PLATFORMS } from '@/lib/domain/platform'
import { CATALOG_LINE_KINDS } from './import-records'

/** A page of the catalog, as its address asks for it. */
export const catalogListQuery = z.strictObject({
  cursor: z.string().max(512).nullable().default(null),
  search: z.string().trim().max(120).default(''),
  status: z.enum(CATALOG_STATUSES).nullable().default(null),
  platform: z.enum(PLATFORMS).nullable().default(null),
  kind: z.enum(CATALOG_KINDS).nullable().default(null),
  tier: z.enum(CATALOG_TIERS).nullable().default(null),
  landing: z.enum(LANDING_RULE_NAMES).nullable().default(null),
  ownOnly: z.boolean().default(false),
})
export type CatalogListQuery = z.output<typeof catalogListQuery>

const pathPart = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\w.-]+$/)

/** Of what is no model at Hugging Face, with its kind in front. */
const ownerPart = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[\w.-]+(?:\/[\w.-]+)?$/)

/** Names one line of the catalog: a repository, or everything of an owner where the name is empty. */
export const catalogKey = z.strictObject({
  platform: z.enum(PLATFORMS),
  owner: ownerPart,
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

const short = z.string().max(200).default('')
const lines = z.string().max(2500).default('')

/** How changes land, as the form says it; what is wrong is named at its field. */
export const landingInput = z
  .strictObject({
    choices: z.array(z.enum(LANDING_CHOICES)).max(LANDING_CHOICES.length).default([]),
    label: short.pipe(z.string().max(100)),
    revertedLabel: short.pipe(z.string().max(100)),
    labelClosedBy: short,
    trailers: lines,
    trailersClosedBy: short,
    beginnings: lines,
    beginningsClosedBy: short,
    commitLine: short,
    titlePrefix: short.pipe(z.string().max(100)),
    titleClosedBy: short,
  })
  .transform((form, context) => {
    const read = readLandingForm(form)
    if (read.ok) return read.rules
    for (const { field, code } of read.problems) context.addIssue({ code: 'custom', path: [field], message: code })
    return z.NEVER
  })

/** A university's own word on a line. `expectedVersion` is empty while it has none. */
export const overrideInput = z.strictObject({
  ...catalogKey.shape,
  status: z.enum(OWN_STATUSES),
  kind: z.enum(CATALOG_KINDS),
  tier: z.enum(CATALOG_TIERS),
  reason: z.string().trim().min(5).max(500),
  acceptedBranches: branches,
  /** Left out where the shared base says how changes land, and where it stays as it was. */
  landing: landingInput.optional(),
  expectedVersion,
})
export type OverrideInput = z.output<typeof overrideInput>

export const removeOverrideInput = z.strictObject({
  ...catalogKey.shape,
  expectedVersion: z.coerce.number().int().min(1),
})
export type RemoveOverrideInput = z.output<typeof removeOverrideInput>

/** A repository that somebody puts forward: its address as pasted, and why it should count. */
export const nominationInput = z.strictObject({
  address: z.string().trim().min(1).max(500),
  why: z.string().trim().min(10).max(1000),
})
export type NominationInput = z.output<typeof nominationInput>

/** A page of the nominations, as its address asks for it. */
export const nominationQueueQuery = z.strictObject({
  state: z.enum(NOMINATION_STATES).exclude(['duplicate']).default('open'),
  cursor: z.string().max(512).nullable().default(null),
})
export type NominationQueueQuery = z.output<typeof nominationQueueQuery>

const nominationId = z.uuid()
const decisionReason = z.string().trim().min(5).max(500)

export const acceptNominationInput = z.strictObject({
  nominationId,
  kind: z.enum(CATALOG_KINDS),
  tier: z.enum(CATALOG_TIERS),
  reason: decisionReason,
})
export type AcceptNominationInput = z.output<typeof acceptNominationInput>

export const refuseNominationInput = z.strictObject({ nominationId, reason: decisionReason })
export type RefuseNominationInput = z.output<typeof refuseNominationInput>

export const nominationKeyInput = z.strictObject({ nominationId })

/** A file of the university's own words as it is uploaded; the door holds it to its size. */
export const catalogFileUpload = z.strictObject({ file: z.instanceof(File) })

export const applyCatalogFileInput = z.strictObject({
  importId: z.uuid(),
  /** Bad rows stay out: said by the admin, never assumed. */
  leaveOutBad: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
})
export type ApplyCatalogFileInput = z.output<typeof applyCatalogFileInput>

export const discardCatalogFileInput = z.strictObject({ importId: z.uuid() })

export const CATALOG_IMPORT_VIEWS = ['problems', ...CATALOG_LINE_KINDS] as const
export type CatalogImportView = (typeof CATALOG_IMPORT_VIEWS)[number]

/** A page of a preview. The cursor is the last line shown, or the last problem's place. */
export const catalogImportQuery = z.strictObject({
  importId: z.uuid(),
  view: z.enum(CATALOG_IMPORT_VIEWS).nullable().default(null),
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
})
export type CatalogImportQuery = z.output<typeof catalogImportQuery>

export const CATALOG_ENCODINGS = ['utf-8-bom', 'gb18030'] as const

export const exportOverridesQuery = z.strictObject({
  encoding: z.enum(CATALOG_ENCODINGS).default('utf-8-bom'),
  language: z.enum(['zh', 'en']).default('zh'),
})
export type ExportOverridesQuery = z.output<typeof exportOverridesQuery>

/** What a maintainer asks for on the public page. `login` is who they say they are; it is not proved. */
export const optOutInput = z.strictObject({
  address: z.string().trim().min(1).max(500),
  login: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^@?[\w.-]+$/)
    .transform((login) => login.replace(/^@/, '')),
  message: z.string().trim().min(10).max(1000),
  wholeOwner: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
})
export type OptOutInput = z.output<typeof optOutInput>

/** A page of what maintainers ask for. */
export const optOutQueueQuery = z.strictObject({
  state: z.enum(['open', 'granted', 'refused']).default('open'),
  cursor: z.string().max(512).nullable().default(null),
})
export type OptOutQueueQuery = z.output<typeof optOutQueueQuery>

export const decideOptOutInput = z.strictObject({
  requestId: z.uuid(),
  state: z.enum(['granted', 'refused']),
  /** Students and who asked read it. */
  reason: z.string().trim().min(5).max(500),
})
export type DecideOptOutInput = z.output<typeof decideOptOutInput>

/** The shared base's word on a line, as the operator says it. */
export const sharedEntryInput = z.strictObject({
  ...catalogKey.shape,
  status: z.enum(CATALOG_STATUSES),
  reason: z.string().trim().min(5).max(500),
  kind: z.enum(CATALOG_KINDS).optional(),
  tier: z.enum(CATALOG_TIERS).optional(),
  landing: landingRulesSchema.optional(),
})
