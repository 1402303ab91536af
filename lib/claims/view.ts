import type { AiUse } from '@/lib/domain/ai-use'
import type { CatalogTier } from '@/lib/domain/catalog'
import type { ClaimCredit } from '@/lib/domain/claim-credit'
import type { ClaimAction, ClaimState } from '@/lib/domain/claim-states'
import type { LandingProof } from '@/lib/domain/contribution'
import type { ContributionLine } from '@/lib/domain/contribution-line'
import type { ExplanationLine } from '@/lib/domain/credit-calculation'
import type { DecisionTold } from '@/lib/domain/decision'
import type { Reason } from '@/lib/domain/eligibility'
import type { EvidenceFailure } from '@/lib/domain/evidence-tries'
import type { LandingRuleName } from '@/lib/domain/landing-rule'
import type { Term } from '@/lib/domain/term'
import type { Warning } from '@/lib/domain/warnings'

/** A term as claims show it. */
export type ClaimTerm = Term & { code: string; nameZh: string; nameEn: string; closed: boolean }

/** A figure with its explanation: shares by item, and every line. */
export type CalculationView = {
  creditHundredths: number
  unitsPerHundredth: string
  items: readonly { contributionId: string; hundredths: number }[]
  lines: readonly ExplanationLine[]
}

/** What a contribution shows in a claim; enough for a line of a list. */
export type ClaimedContribution = ContributionLine & { tier: CatalogTier }

/** The frozen evidence of an item, summed up. */
export type EvidenceSummaryView = {
  evidenceId: string
  contentSha256: string
  capturedAt: Date
  files: number
  filesTruncated: boolean
  commits: number
  reviews: number
  approvals: number
  additions: number
  deletions: number
  mergedBy: string | null
  landingRule: LandingRuleName | null
  landingProof: LandingProof
  commitSha: string | null
}

export type ClaimItemView = ClaimedContribution & {
  itemId: string
  counts: boolean
  reasons: readonly Reason[]
  aiUse: AiUse
  aiUseNote: string
  warnings: readonly Warning[]
  /** Null until it is frozen. */
  evidence: EvidenceSummaryView | null
  /** Its share of the figure; null where there is no figure. */
  hundredths: number | null
  outcome: 'accepted' | 'refused' | null
  outcomeReason: string | null
  outcomeComment: string
}

export type ClaimListItem = {
  claimId: string
  term: ClaimTerm
  state: ClaimState
  evidenceState: 'none' | 'collecting' | 'complete' | 'failed'
  itemCount: number
  warningCount: number
  /** What is left of it today, where the ledger has it; else as it was calculated last. */
  creditHundredths: number | null
  /** The ledger's word; null until it is approved. */
  credit: ClaimCredit | null
  createdAt: Date
  updatedAt: Date
}

export type ClaimList = { items: readonly ClaimListItem[]; nextCursor: string | null; timeZone: string }

/** A claim as its owner sees it. */
export type ClaimView = ClaimListItem & {
  version: number
  /** Why collecting the evidence failed last; null while nothing did. */
  evidenceFailure: EvidenceFailure | null
  /** When it is tried again; null while it runs, and once it was given up. */
  evidenceRetryAt: Date | null
  statement: string
  submittedAt: Date | null
  /** Version number of the rules that it is judged by. */
  policyVersion: number | null
  items: readonly ClaimItemView[]
  calculation: CalculationView | null
  decisions: readonly DecisionTold[]
  /** What the owner may do now. */
  actions: readonly Extract<ClaimAction, 'submit' | 'withdraw'>[]
  editable: boolean
  timeZone: string
}

/** What a choice of contributions would give. */
export type ClaimPreview = {
  term: ClaimTerm
  policyVersion: number
  calculation: CalculationView
  /** Chosen ones that do not count, with the reasons of each. */
  refused: readonly { contributionId: string; title: string; reasons: readonly Reason[] }[]
}
