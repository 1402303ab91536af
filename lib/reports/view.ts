import type { AiUse } from '@/lib/domain/ai-use'
import type { CatalogTier } from '@/lib/domain/catalog'
import type { ClaimCredit } from '@/lib/domain/claim-credit'
import type { ClaimState } from '@/lib/domain/claim-states'
import type { ContributionLine } from '@/lib/domain/contribution-line'
import type { ExplanationLine } from '@/lib/domain/credit-calculation'
import type { DecisionTold } from '@/lib/domain/decision'
import type { ReportColumn, ReportColumnKey } from '@/lib/domain/report-columns'
import type { CsvEncoding, ExportFormat } from './schema'

export type ReportTerm = { termId: string; code: string; nameZh: string; nameEn: string; closed: boolean }

/** A line as it stands in the files, cell by cell. */
export type ReportLine = Readonly<Partial<Record<ReportColumnKey, string>>>

export type ReportSums = { entries: number; students: number; hundredths: number }

export type ReportSubtotal = {
  level: 'programme' | 'college' | 'all'
  college: string
  programme: string
  students: number
  entries: number
  hundredths: number
}

export type ReportPage = {
  /** Over everything that the filter names; null on the pages after the first, which need not count it anew. */
  totals: ReportSums | null
  /** By programme and college, where they are asked for. */
  subtotals: readonly ReportSubtotal[] | null
  lines: readonly ReportLine[]
  nextCursor: string | null
  terms: readonly ReportTerm[]
  colleges: readonly string[]
  programmes: readonly string[]
  /** There are more colleges and programmes than are offered. */
  placesCut: boolean
  columns: readonly ReportColumn[]
}

export type ExportView = {
  exportId: string
  format: ExportFormat
  encoding: CsvEncoding
  rows: number
  contentSha256: string
  /** JWS over the ledger's head that the file was handed out with; the only one that a CSV has. */
  signedHead: string
  /** Null for an operator. */
  byName: string | null
  filing: { filingId: string; termCode: string; ordinal: number } | null
  createdAt: Date
}

export type ExportList = { exports: readonly ExportView[]; nextCursor: string | null; timeZone: string }

export type FilingView = {
  filingId: string
  term: ReportTerm
  /** 1 is the first of its term, later ones are supplements. */
  ordinal: number
  entries: number
  totalHundredths: number
  lastSequence: number
  entriesSha256: string
  signedHead: string
  byName: string
  createdAt: Date
}

/** A term with lines that were not handed in yet. */
export type FilingCandidate = {
  term: ReportTerm
  /** The ordinal that the filing would have. */
  ordinal: number
  entries: number
  students: number
  hundredths: number
  corrections: number
  /** Claims of the term that wait for a decision, and that were sent back: what comes of them is not in this filing. */
  waiting: number
  sentBack: number
}

export type FilingList = {
  candidates: readonly FilingCandidate[]
  filings: readonly FilingView[]
  nextCursor: string | null
  timeZone: string
}

export type FilingPage = {
  filing: FilingView
  columns: readonly ReportColumn[]
  lines: readonly ReportLine[]
  nextCursor: string | null
  timeZone: string
}

/** The paper form of one claim. */
export type ApplicationForm = {
  claimId: string
  state: ClaimState
  university: { nameZh: string; nameEn: string }
  student: { number: string; name: string; college: string; programme: string; className: string }
  term: { code: string; nameZh: string; nameEn: string }
  statement: string
  submittedAt: Date
  policyVersion: number | null
  calculation: FormCalculation | null
  items: readonly ApplicationItem[]
  /** Of the newest submission: what was said of an earlier one is no opinion on what is printed here. */
  decisions: readonly DecisionTold[]
  /** Of an approved claim: its line in the ledger, what answered it since, and what is left. */
  entry: ({ hash: string; issuedAt: Date } & ClaimCredit) | null
  timeZone: string
}

export type FormCalculation = {
  creditHundredths: number
  unitsPerHundredth: string
  items: readonly { contributionId: string; hundredths: number }[]
  lines: readonly ExplanationLine[]
}

export type ApplicationItem = ContributionLine & {
  tier: CatalogTier | null
  aiUse: AiUse
  aiUseNote: string
  hundredths: number | null
  outcome: 'accepted' | 'refused' | null
  evidenceSha256: string | null
}
