import type { CatalogKind, CatalogStatus, CatalogTier } from '@/lib/domain/catalog'
import type { LandingRuleName, LandingRules } from '@/lib/domain/landing-rule'
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
  own: { version: number; sharedStatus: CatalogStatus | null; sharedReason: string | null } | null
}

export type CatalogPage = { lines: CatalogLine[]; nextCursor: string | null }

/** What a platform said of a repository when it was last read. */
export type RepositoryCardView = {
  url: string
  stars: number | null
  license: string | null
  language: string | null
  topics: readonly string[]
  isFork: boolean
  isArchived: boolean
  defaultBranch: string | null
  refreshedAt: Date
}

/** One line as an admin works on it. */
export type CatalogEntryView = {
  /** Null where the catalog says nothing yet. */
  line: CatalogLine | null
  /** Who wrote the university's own word and when; the name is null where the member is gone. */
  decided: { at: Date; byName: string | null } | null
  landingRules: LandingRules
  /** Whose word that is: the shared base's on the line or on its owner as a whole, else the university's to say. */
  landingWord: 'shared' | 'shared_owner' | 'university'
  /** Null where no sync has met it. */
  repository: RepositoryCardView | null
}
