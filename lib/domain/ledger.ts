import type { ReasonData } from './errors'

export const LEDGER_ENTRY_KINDS = ['award', 'correction', 'revocation'] as const
export type LedgerEntryKind = (typeof LEDGER_ENTRY_KINDS)[number]

/** Who was credited, as it stood at approval (学号, 姓名, 学院, 专业, 班级). */
export type FrozenStudent = {
  studentNumber: string
  name: string
  college: string
  programme: string | null
  className: string | null
}

/**
 * What the hash of a ledger line covers. Plain JSON: instants are ISO 8601 in UTC, amounts integer hundredths.
 * The student's particulars are in it only as a salted digest, so that they can be erased by pseudonym (invariant 10)
 * while the chain still holds.
 */
export type LedgerEntryBody = {
  schemaVersion: 1
  universityId: string
  /** 1, 2, 3 … without gaps within the university. */
  sequence: number
  entryId: string
  kind: LedgerEntryKind
  memberId: string
  termId: string
  claimId: string | null
  /** The entry that a correction or revocation answers. */
  correctsEntryId: string | null
  /** Signed; a correction or revocation carries the difference. */
  creditHundredths: number
  policyVersionId: string | null
  engineVersion: number | null
  /** Hash of the stored calculation with its explanation lines. */
  calculationHash: string | null
  /** Evidence hashes of the credited items, sorted. */
  evidenceHashes: readonly string[]
  studentDigest: string
  endorsedByMemberId: string | null
  approvedByMemberId: string
  reason: string | null
  issuedAt: string
}

/** A stored line, as the verifier reads it. `student` is null where the particulars were erased. */
export type LedgerLine = {
  body: LedgerEntryBody
  previousHash: string
  hash: string
  student: (FrozenStudent & { salt: string }) | null
}

export const CHAIN_FAULTS = [
  'wrong_university',
  'sequence_gap',
  'previous_hash_differs',
  'hash_differs',
  'student_differs',
] as const
export type ChainFault = (typeof CHAIN_FAULTS)[number]

export type ChainHead = { universityId: string; sequence: number; hash: string }
export type ChainVerdict =
  | { ok: true; head: ChainHead }
  | { ok: false; head: ChainHead; sequence: number; entryId: string; fault: ChainFault; data: ReasonData }

/** The hash that the first line of a university's ledger builds on. */
export function genesisHash(_universityId: string): string {
  throw new Error('not yet')
}

/** The hash of a line: SHA-256 (hex) over the previous line's hash, a line feed, and the canonical JSON of the body. */
export function entryHash(_previousHash: string, _body: LedgerEntryBody): string {
  throw new Error('not yet')
}

/** The salted digest of the student's particulars that the body carries. The salt is random, one per line. */
export function studentDigest(_student: FrozenStudent, _salt: string): string {
  throw new Error('not yet')
}

/** The head of an empty ledger. */
export function genesisHead(_universityId: string): ChainHead {
  throw new Error('not yet')
}

/** Checks one line on top of a head: the next head, or the fault. For callers that read the ledger page by page. */
export function verifyLine(_head: ChainHead, _line: LedgerLine): ChainVerdict {
  throw new Error('not yet')
}

/** Walks a university's lines in order of sequence and names the first that does not hold, and why. */
export function verifyChain(_universityId: string, _lines: Iterable<LedgerLine>): ChainVerdict {
  throw new Error('not yet')
}

/** {@link verifyChain} over lines that arrive from a database cursor. */
export async function verifyChainStream(
  _universityId: string,
  _lines: AsyncIterable<LedgerLine>,
): Promise<ChainVerdict> {
  throw new Error('not yet')
}
