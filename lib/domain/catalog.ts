import type { RepositoryFact } from './contribution'
import type { LandingRules } from './landing-rule'
import type { Platform } from './platform'

export const CATALOG_STATUSES = ['proposed', 'included', 'excluded'] as const
export type CatalogStatus = (typeof CATALOG_STATUSES)[number]

export const CATALOG_KINDS = [
  'model',
  'dataset',
  'framework',
  'training',
  'inference',
  'agent',
  'infra',
  'tool',
] as const
export type CatalogKind = (typeof CATALOG_KINDS)[number]

/** How demanding a repository is; a policy gives each tier its factor. */
export const CATALOG_TIERS = ['flagship', 'standard', 'emerging'] as const
export type CatalogTier = (typeof CATALOG_TIERS)[number]

/**
 * A line of the catalog: one repository (`name` set) or all of an owner (`name` null), shared by all universities
 * (`universityId` null) or one university's own word on it. Fields that are null say nothing and leave the word to the
 * next entry in precedence.
 */
export type CatalogEntry = {
  id: string
  universityId: string | null
  platform: Platform
  owner: string
  name: string | null
  platformRepositoryId: string | null
  platformOwnerId: string | null
  /** Former full names (`owner/name`) or, for an owner, former logins. */
  aliases: readonly string[]
  status: CatalogStatus
  kind: CatalogKind | null
  tier: CatalogTier | null
  landing: LandingRules | null
  /** Branches that count beside the default one. */
  acceptedBranches: readonly string[] | null
}

/** What the catalog is asked about. */
export type CatalogSubject = { platform: Platform } & Pick<
  RepositoryFact,
  'platformRepositoryId' | 'fullName' | 'ownerPlatformUserId' | 'fork' | 'archived'
>

export const CATALOG_REASONS = [
  'university_repository',
  'university_owner',
  'shared_repository',
  'shared_owner',
  'fork_left_out',
  'archived_left_out',
  'not_listed',
] as const
export type CatalogReason = (typeof CATALOG_REASONS)[number]

/** The catalog's answer: the status, the entry that decided, and everything that follows from it. */
export type CatalogResolution = {
  status: CatalogStatus | 'unknown'
  entry: CatalogEntry | null
  reason: CatalogReason
  tier: CatalogTier
  kind: CatalogKind | null
  landing: LandingRules
  acceptedBranches: readonly string[]
}

/**
 * What the catalog says about a repository at a university. Precedence: university repository > university owner >
 * shared repository > shared owner. A proposal never outweighs a decided entry. Owner-wide inclusion leaves out forks and
 * archived repositories (an owner's word is about its own living work); owner-wide exclusion spares nothing.
 * Entries of other repositories may be passed in: they are left aside.
 */
export function resolveCatalog(_subject: CatalogSubject, _entries: readonly CatalogEntry[]): CatalogResolution {
  throw new Error('not yet')
}

/** Whether an entry speaks about a repository: by id where the entry has one, else by today's or a former name. */
export function entryCovers(_entry: CatalogEntry, _subject: CatalogSubject): boolean {
  throw new Error('not yet')
}
