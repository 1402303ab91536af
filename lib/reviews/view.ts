import type { AiUse } from '@/lib/domain/ai-use'
import type { CatalogTier } from '@/lib/domain/catalog'
import type { ClaimCredit } from '@/lib/domain/claim-credit'
import type { ClaimState } from '@/lib/domain/claim-states'
import type { ContributionKind, LandingProof } from '@/lib/domain/contribution'
import type { ExplanationLine } from '@/lib/domain/credit-calculation'
import type { DecisionTold } from '@/lib/domain/decision'
import type { Reason } from '@/lib/domain/eligibility'
import type { EvidenceCommit, EvidenceFile, EvidenceReview } from '@/lib/domain/evidence'
import type { EvidenceFailure } from '@/lib/domain/evidence-tries'
import type { LandingRuleName } from '@/lib/domain/landing-rule'
import type { RefusalCode } from '@/lib/domain/permissions'
import type { Platform, PlatformUser } from '@/lib/domain/platform'
import type { DecisionAction } from '@/lib/domain/review-reasons'
import type { Warning } from '@/lib/domain/warnings'

export type ReviewTerm = { code: string; nameZh: string; nameEn: string }

export type QueueItem = {
  claimId: string
  version: number
  student: { name: string; number: string }
  departmentName: string | null
  term: ReviewTerm
  queuedAt: Date
  itemCount: number
  warningCount: number
  creditHundredths: number | null
  endorsedByName: string | null
  /** Endorsed by the reader: somebody else approves it. */
  endorsedByYou: boolean
  /** May be decided together with others, unread. */
  bulk: boolean
}

export type QueueDepartmentView = { departmentId: string; name: string; waiting: number }

export type ReviewQueue = {
  items: readonly QueueItem[]
  nextCursor: string | null
  /** Counted up to a limit (`countedUpTo`), then it says "or more". */
  departments: readonly QueueDepartmentView[]
  countedUpTo: number
}

/** Frozen evidence, without the diffs. */
export type ReviewEvidence = {
  evidenceId: string
  contentSha256: string
  capturedAt: Date
  author: string | null
  authorAssociation: string | null
  baseBranch: string
  createdAt: string
  mergedAt: string | null
  mergedBy: PlatformUser | null
  landing: {
    state: string
    rule: LandingRuleName | null
    landedAt: string | null
    commitSha: string | null
    proof: LandingProof
  }
  additions: number
  deletions: number
  /** In the order of the diffs: the file at index n has the ordinal n + 1. */
  files: readonly EvidenceFile[]
  filesTruncated: boolean
  commits: readonly EvidenceCommit[]
  commitsTruncated: boolean
  reviews: readonly EvidenceReview[]
}

export type ReviewItem = {
  itemId: string
  ordinal: number
  contributionId: string
  platform: Platform
  repository: string
  repositoryUrl: string
  kind: ContributionKind
  number: number
  ref: string
  title: string
  url: string
  landedAt: Date | null
  tier: CatalogTier | null
  /** What the rules say of it, as frozen. */
  counts: boolean
  reasons: readonly Reason[]
  aiUse: AiUse
  aiUseNote: string
  warnings: readonly Warning[]
  evidence: ReviewEvidence | null
  /** Its share of the figure; null where there is no figure. */
  hundredths: number | null
  outcome: 'accepted' | 'refused' | null
  outcomeReason: string | null
  outcomeComment: string
}

export type ReviewCalculation = {
  creditHundredths: number
  unitsPerHundredth: string
  items: readonly { contributionId: string; hundredths: number }[]
  lines: readonly ExplanationLine[]
}

/** A claim on one screen, for those who decide it. */
export type ReviewClaim = {
  claimId: string
  version: number
  state: ClaimState
  evidenceState: 'none' | 'collecting' | 'complete' | 'failed'
  evidenceFailure: EvidenceFailure | null
  evidenceRetryAt: Date | null
  student: { name: string; number: string; departmentName: string | null; programme: string; className: string }
  term: ReviewTerm
  statement: string
  submittedAt: Date | null
  queuedAt: Date
  policyVersion: number | null
  warningCount: number
  creditHundredths: number | null
  /** The ledger's word; null until it is approved. */
  credit: ClaimCredit | null
  items: readonly ReviewItem[]
  calculation: ReviewCalculation | null
  decisions: readonly DecisionTold[]
  /** What the reader may do now. */
  actions: readonly DecisionAction[]
  /** Why the reader may do nothing; null where something can be done, or the claim waits for nobody. */
  refusal: RefusalCode | null
  timeZone: string
}

/** Diffs of one evidence, a page of them. */
export type EvidenceDiff = {
  claimId: string
  evidenceId: string
  contributionId: string
  title: string
  url: string
  repository: string
  contentSha256: string
  files: readonly DiffFile[]
  totalFiles: number
  filesTruncated: boolean
  /** Ordinal after which the next page starts; null on the last. */
  nextAfter: number | null
}

export type DiffFile = {
  ordinal: number
  path: string
  previousPath: string | null
  status: string
  additions: number
  deletions: number
  /** Null where the platform gives none (binary, too large). */
  patch: string | null
}
