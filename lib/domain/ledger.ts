import { canonicalHash, canonicalJson, sha256Hex } from './canonical-json'
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
export function genesisHash(universityId: string): string {
  return sha256Hex(`yuanfen ledger 1\n${universityId}`)
}

/** The head of an empty ledger. */
export function genesisHead(universityId: string): ChainHead {
  return { universityId, sequence: 0, hash: genesisHash(universityId) }
}

/** The hash of a line: SHA-256 (hex) over the previous line's hash, a line feed, and the canonical JSON of the body. */
export function entryHash(previousHash: string, body: LedgerEntryBody): string {
  return sha256Hex(`${previousHash}\n${canonicalJson(body)}`)
}

/** The salted digest of the student's particulars that the body carries. The salt is random, one per line. */
export function studentDigest(student: FrozenStudent, salt: string): string {
  const { studentNumber, name, college, programme, className } = student
  return canonicalHash({ studentNumber, name, college, programme, className, salt })
}

/** Checks one line on top of a head: the next head, or the fault. For callers that read the ledger page by page. */
export function verifyLine(head: ChainHead, line: LedgerLine): ChainVerdict {
  const { body, previousHash, hash, student } = line
  const fault = (code: ChainFault, expected: string | number, found: string | number): ChainVerdict => ({
    ok: false,
    head,
    sequence: body.sequence,
    entryId: body.entryId,
    fault: code,
    data: { expected, found },
  })
  if (body.universityId !== head.universityId) return fault('wrong_university', head.universityId, body.universityId)
  if (body.sequence !== head.sequence + 1) return fault('sequence_gap', head.sequence + 1, body.sequence)
  if (previousHash !== head.hash) return fault('previous_hash_differs', head.hash, previousHash)
  const computed = entryHash(previousHash, body)
  if (computed !== hash) return fault('hash_differs', computed, hash)
  if (student && studentDigest(student, student.salt) !== body.studentDigest) {
    return fault('student_differs', studentDigest(student, student.salt), body.studentDigest)
  }
  return { ok: true, head: { universityId: head.universityId, sequence: body.sequence, hash } }
}
