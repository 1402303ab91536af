import type { CatalogTier } from '@/lib/domain/catalog'
import type { LandingProof, LandingState } from '@/lib/domain/contribution'
import type { ContributionAddress } from '@/lib/domain/contribution-address'
import type { ContributionLine } from '@/lib/domain/contribution-line'
import type { Participant, ShareState } from '@/lib/domain/contribution-shares'
import type { Reason } from '@/lib/domain/eligibility'
import type { LandingRuleName } from '@/lib/domain/landing-rule'
import type { Term } from '@/lib/domain/term'

/** A contribution as its author sees it, with the rules' word on it. */
export type ContributionView = ContributionLine & {
  repositoryUrl: string
  author: string | null
  landing: LandingState
  /** By which rule of its repository it landed, and what shows it; null for what never landed. */
  landedBy: { rule: LandingRuleName | null; proof: LandingProof } | null
  updatedAt: Date
  tier: CatalogTier
  counts: boolean
  reasons: readonly Reason[]
  /** What it would give if it were claimed alone; null where it does not count. */
  previewHundredths: number | null
  /** Whether others wrote it as well: their parts are to be agreed on. */
  joint: boolean
  /** The claim of one's own that holds it, where it is at this university. */
  claimId: string | null
  refreshedAt: Date
}

/** A term as lists and forms offer it. */
export type TermView = Term & { code: string; nameZh: string; nameEn: string; closed: boolean }

export type ContributionList = {
  items: readonly ContributionView[]
  nextCursor: string | null
  terms: readonly TermView[]
  /** The term that is judged by and listed, or null for all. */
  term: TermView | null
  timeZone: string
  /** False: there is no linked account, and so nothing can arrive. */
  hasAccounts: boolean
  /** False: the university has not published its rules yet. */
  hasPolicy: boolean
}

/** What the student's first page says. */
export type ContributionSummary = {
  term: TermView | null
  timeZone: string
  hasAccounts: boolean
  /** Contributions of the term that count and are in no claim yet. */
  ready: readonly ContributionView[]
  readyCount: number
  /** What they would give claimed together now, caps and prior credit observed. */
  readyHundredths: number
  /** True where there were more than are looked at at once. */
  more: boolean
  creditTermHundredths: number
  creditTotalHundredths: number
}

/** The answer to "why isn't it here?". */
export type MissingExplanation = {
  address: ContributionAddress
  /** How it is called in short; a commit that came with a pull request is called as that. */
  reference: string
  /** Whether the actor can have it added now. */
  canAdd: boolean
  counts: boolean
  reasons: readonly Reason[]
  /** The facts that the answer rests on, where there are any. */
  contribution: ContributionView | null
  /** Where the facts are from: kept here, read from the platform just now, or neither. */
  source: 'stored' | 'platform' | 'none'
  /** How the platform failed when it was asked, or null. */
  platformFailure: string | null
}

/** What several people wrote, with the parts as they stand. Nobody is named but by the platform's own login. */
export type JointContribution = ContributionLine & {
  tier: CatalogTier
  /** Null while nobody has proposed anything. */
  state: ShareState | null
  version: number
  /** Until when what is proposed may be answered; null where nothing is. */
  answerUntil: Date | null
  /** Whether that time is over and silence a yes: whoever said yes can lock it. */
  canLapse: boolean
  /** Of those who are not linked each keeps this much at least. */
  leastOfAbsent: number
  awaitsOwn: boolean
  parts: readonly (Participant & { isOwn: boolean; percent: number | null; confirmed: boolean })[]
}

export type JointList = { items: readonly JointContribution[]; timeZone: string }
