import type { ContributionName } from '@/lib/domain/contribution-line'
import type { ReasonData } from '@/lib/domain/errors'
import type { LedgerEntryKind } from '@/lib/domain/ledger'
import type { LedgerFault } from './faults'

export type LedgerTerm = { termId: string; code: string; nameZh: string; nameEn: string }

export type LedgerLineView = {
  sequence: number
  entryId: string
  kind: LedgerEntryKind
  claimId: string | null
  /** Number of the award that a correction or revocation answers. */
  correctsSequence: number | null
  creditHundredths: number
  /** Of an award: what is left of it. */
  netHundredths: number
  revoked: boolean
  student: { memberId: string; number: string; name: string; college: string; erased: boolean }
  term: LedgerTerm
  policyVersion: number | null
  endorsedByName: string | null
  approvedByName: string
  reason: string | null
  issuedAt: Date
  hash: string
  /** Handed to the academic affairs office. */
  filed: boolean
  /** The reader may correct or take it back. */
  correctable: boolean
}

/** The last time that the whole ledger was checked. */
export type LedgerCheckResult = {
  checkedAt: Date
  ok: boolean
  /** Lines that hold. */
  lines: number
  /** Number of the first line that does not; null where it is a filing, and of checks from before it was kept. */
  sequence: number | null
  /** The filing that does not hold, where all lines do: "2025-2026-1-2". */
  filing: string | null
  fault: string | null
}

/** How the checking of the ledger stands: the run under way, if any, and what the last one found. */
export type LedgerCheck = {
  runState: 'idle' | 'queued' | 'running' | 'failed'
  checkedLines: number
  totalLines: number
  result: LedgerCheckResult | null
}

export type LedgerPage = {
  lines: readonly LedgerLineView[]
  nextCursor: string | null
  head: { sequence: number; hash: string }
  check: LedgerCheck
  terms: readonly LedgerTerm[]
  timeZone: string
}

export type CreditedItemView = ContributionName & { evidenceId: string; hundredths: number }

export type OwnCredits = {
  totalHundredths: number
  terms: readonly (LedgerTerm & { creditHundredths: number })[]
  lines: readonly (LedgerLineView & { items: readonly CreditedItemView[] })[]
  nextCursor: string | null
  timeZone: string
}

/** What checking a ledger found: everything holds, or the first line or else filing that does not, and why. */
export type LedgerVerdict =
  | { ok: true; universityId: string; lines: number; head: { sequence: number; hash: string } }
  | {
      ok: false
      universityId: string
      /** Lines that hold, before the one that does not. */
      lines: number
      /** Null where the lines hold, and a filing does not. */
      sequence: number | null
      entryId: string | null
      /** As reports name it: "2025-2026-1-2". */
      filing: string | null
      fault: LedgerFault
      data: ReasonData
    }

/** An award and every line that answers it, newest first. */
export type AwardView = { award: LedgerLineView; lines: readonly LedgerLineView[]; timeZone: string }
