import type { CatalogKind, CatalogStatus, CatalogTier } from '@/lib/domain/catalog'
import type { LandingRuleName } from '@/lib/domain/landing-rule'
import type { Platform } from '@/lib/domain/platform'

/** A line of the catalog as a member of a university sees it. */
export type CatalogLine = {
  platform: Platform
  owner: string
  /** Null: everything of the owner, without forks and archived repositories. */
  name: string | null
  status: CatalogStatus
  /** A seeded reason is a code (`seeded`, `mixed_owner`); a university's own is its admin's words. */
  reason: string
  kind: CatalogKind
  tier: CatalogTier
  lab: string
  license: string | null
  landing: readonly LandingRuleName[]
  acceptedBranches: readonly string[]
  /** Set when the university's own entry stands in front of the shared base. */
  own: { version: number; sharedStatus: CatalogStatus | null } | null
}

export type CatalogPage = { lines: CatalogLine[]; nextCursor: string | null }
