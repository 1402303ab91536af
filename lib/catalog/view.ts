import type { RelatednessSuggestion } from '@/lib/domain/ai-relatedness'
import type { CatalogKind, CatalogStatus, CatalogTier } from '@/lib/domain/catalog'
import type { CatalogHome } from '@/lib/domain/catalog-home'
import type { LandingRuleName, LandingRules } from '@/lib/domain/landing-rule'
import type {
  NominationCaution,
  NominationEvidence,
  NominationEvidenceState,
  NominationState,
} from '@/lib/domain/nomination'
import type { Platform } from '@/lib/domain/platform'
import type { CatalogImportProblem, CatalogImportSummary, CatalogPlanLine } from './import-records'
import type { CatalogImportView } from './schema'

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
  /** Where else the project stands. */
  homes: readonly CatalogHome[]
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

/** A repository that somebody put forward, and how far it is. */
export type NominationView = {
  id: string
  memberId: string
  memberName: string
  platform: Platform
  owner: string
  name: string
  why: string
  state: NominationState
  /** The open one of the same repository, when this one came. */
  duplicateOfId: string | null
  evidenceState: NominationEvidenceState
  evidence: NominationEvidence | null
  evidenceAt: Date | null
  evidenceFailure: string | null
  /** Whether it looks like artificial intelligence, and by what; null until it was read. Decides nothing. */
  suggestion: RelatednessSuggestion | null
  /** What to look at twice. */
  cautions: readonly NominationCaution[]
  createdAt: Date
  decidedAt: Date | null
  decidedByName: string | null
  decisionReason: string
  /** How many others nominated the same while it was open. */
  seconds: number
}

export type NominationQueue = {
  nominations: NominationView[]
  nextCursor: string | null
  open: { count: number; oldestAt: Date | null }
}

export type OwnNominations = {
  nominations: NominationView[]
  nextCursor: string | null
  /** How many more may be put forward this week. */
  left: number
}

/** A file of own words on the catalog that was handed in. */
export type CatalogImport = {
  id: string
  memberName: string | null
  fileName: string
  fileSha256: string
  summary: CatalogImportSummary
  state: 'previewed' | 'applied' | 'discarded'
  createdAt: Date
  appliedAt: Date | null
}

export type CatalogImportPage = CatalogImport & {
  view: CatalogImportView
  lines: CatalogPlanLine[]
  problems: CatalogImportProblem[]
  nextAfter: number | null
}

export type { CatalogImportProblem, CatalogImportSummary, CatalogPlanLine }

/** What a maintainer asks for. */
export type OptOutRequest = {
  id: string
  platform: Platform
  owner: string
  name: string | null
  login: string
  message: string
  state: 'open' | 'granted' | 'refused'
  createdAt: Date
  decidedAt: Date | null
  decisionReason: string
}

export type OptOutQueue = { requests: OptOutRequest[]; nextCursor: string | null }
