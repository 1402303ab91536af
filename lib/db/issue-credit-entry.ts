import { randomBytes, randomUUID } from 'node:crypto'
import type { CalculationRecord } from '@/lib/domain/calculation-record'
import { canonicalHash } from '@/lib/domain/canonical-json'
import {
  entryHash,
  type FrozenStudent,
  type LedgerEntryBody,
  type LedgerEntryKind,
  studentDigest,
} from '@/lib/domain/ledger'
import { lockLedgerHead, moveLedgerHead } from './ledger-heads'
import { lockKey, type Tx } from './scope'

/** Who is credited, as it stands in the moment of the line. */
export type CreditedStudent = FrozenStudent & {
  departmentId: string | null
  /** Set where the particulars were erased before: then those given are a pseudonym. */
  erasedAt: Date | null
}

/** What a new line says; place, hashes and salt are made here. */
export type NewCreditEntry = {
  universityId: string
  kind: LedgerEntryKind
  claimId: string | null
  correctsEntryId: string | null
  memberId: string
  termId: string
  creditHundredths: number
  /** Of an award: enough to compute the figure again. */
  award: { record: CalculationRecord; evidenceHashes: readonly string[]; endorsedByMemberId: string } | null
  student: CreditedStudent
  approvedByMemberId: string
  reason: string | null
  issuedAt: Date
}

/**
 * Waits for the right to change what a student was credited, until the transaction ends. Caps look at what was credited
 * before: who adds credit holds this from before reading until the line is there. Take it before anything else is locked.
 */
export async function lockStudentCredits(tx: Tx, student: { universityId: string; memberId: string }): Promise<void> {
  await lockKey(tx, `credits:${student.universityId}:${student.memberId}`)
}

/**
 * Adds a line to the end of the university's ledger: the next number, chained to the line before, the student's
 * particulars beside it under a salt of their own. The caller holds the student's credits.
 */
export async function issueCreditEntry(tx: Tx, entry: NewCreditEntry): Promise<{ sequence: number; entryId: string }> {
  const { universityId } = entry
  const head = await lockLedgerHead(tx, universityId)
  const sequence = head.sequence + 1
  const salt = randomBytes(24).toString('base64url')
  const body = toBody(entry, { sequence, entryId: randomUUID(), digest: studentDigest(entry.student, salt) })
  const hash = entryHash(head.hash, body)
  await insertLine(tx, { entry, body, previousHash: head.hash, hash })
  await insertStudent(tx, { entry, sequence, salt })
  await moveLedgerHead(tx, { universityId, sequence, hash })
  return { sequence, entryId: body.entryId }
}

type Place = { sequence: number; entryId: string; digest: string }

function toBody(entry: NewCreditEntry, { sequence, entryId, digest }: Place): LedgerEntryBody {
  const { award } = entry
  return {
    schemaVersion: 1,
    universityId: entry.universityId,
    sequence,
    entryId,
    kind: entry.kind,
    memberId: entry.memberId,
    termId: entry.termId,
    claimId: entry.claimId,
    correctsEntryId: entry.correctsEntryId,
    creditHundredths: entry.creditHundredths,
    policyVersionId: award?.record.policyVersionId ?? null,
    engineVersion: award?.record.engineVersion ?? null,
    calculationHash: award ? canonicalHash(award.record) : null,
    evidenceHashes: [...(award?.evidenceHashes ?? [])].sort(),
    studentDigest: digest,
    endorsedByMemberId: award?.endorsedByMemberId ?? null,
    approvedByMemberId: entry.approvedByMemberId,
    reason: entry.reason,
    issuedAt: entry.issuedAt.toISOString(),
  }
}

type Line = { entry: NewCreditEntry; body: LedgerEntryBody; previousHash: string; hash: string }

async function insertLine(tx: Tx, { entry, body, previousHash, hash }: Line): Promise<void> {
  const { schemaVersion: _, entryId, sequence, issuedAt, evidenceHashes, ...columns } = body
  await tx.creditEntry.createMany({
    data: {
      ...columns,
      id: entryId,
      sequence: BigInt(sequence),
      evidenceHashes: [...evidenceHashes],
      issuedAt: new Date(issuedAt),
      ...(entry.award ? { calculation: JSON.parse(JSON.stringify(entry.award.record)) } : {}),
      previousHash,
      hash,
    },
  })
}

type Credited = { entry: NewCreditEntry; sequence: number; salt: string }

async function insertStudent(tx: Tx, { entry, sequence, salt }: Credited): Promise<void> {
  const { student, universityId } = entry
  const { departmentId, studentNumber, name, college, programme, className, erasedAt } = student
  await tx.creditEntryStudent.createMany({
    data: {
      universityId,
      sequence: BigInt(sequence),
      departmentId,
      studentNumber,
      name,
      college,
      programme,
      className,
      // Without its salt the digest of a pseudonym says nothing, like that of the line before it.
      salt: erasedAt === null ? salt : '',
      erasedAt,
    },
  })
}
