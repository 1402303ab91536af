import { z } from 'zod'
import { LEDGER_ENTRY_KINDS, type LedgerLine } from '@/lib/domain/ledger'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** A stored line with what is checked beside the chain. Stored JSON is given as it stands: it may have been tampered with. */
export type StoredLine = {
  line: LedgerLine
  /** Whether particulars stand beside it; erased ones do too. */
  studentStands: boolean
  calculation: unknown
  description: LineDescription
}

/** What a line is about, as reports print it; written when the line was. */
export type LineDescription = { repositoryNames: string; tiers: string; itemCount: number }

/** Where a university's ledger says that it ends, and where its lines end, in one look. */
export async function findLedgerEnd(
  tx: Tx,
  universityId: string,
): Promise<{ sequence: number; hash: string | null; lastLine: number }> {
  const rows = await tx.$queryRaw<{ sequence: bigint | null; hash: string | null; last: bigint | null }[]>`
    select h.sequence, h.hash, e.last
      from (select max(sequence) as last from credit_entry where university_id = ${universityId}::uuid) e
      left join ledger_head h on h.university_id = ${universityId}::uuid`
  const [row] = rows
  return { sequence: Number(row?.sequence ?? 0), hash: row?.hash ?? null, lastLine: Number(row?.last ?? 0) }
}

/** The lines after a sequence, in order. */
export async function listStoredLines(
  tx: Tx,
  query: { universityId: string; afterSequence: number; limit: number },
): Promise<StoredLine[]> {
  const rows = await tx.creditEntry.findMany({
    where: { universityId: query.universityId, sequence: { gt: BigInt(query.afterSequence) } },
    orderBy: { sequence: 'asc' },
    take: query.limit,
    include: { student: true },
  })
  return rows.map(({ student, ...row }) => ({
    line: {
      body: {
        schemaVersion: 1,
        universityId: row.universityId,
        sequence: Number(row.sequence),
        entryId: row.id,
        kind: oneOf(LEDGER_ENTRY_KINDS, row.kind),
        memberId: row.memberId,
        termId: row.termId,
        claimId: row.claimId,
        correctsEntryId: row.correctsEntryId,
        creditHundredths: row.creditHundredths,
        policyVersionId: row.policyVersionId,
        engineVersion: row.engineVersion,
        calculationHash: row.calculationHash,
        evidenceHashes: row.evidenceHashes,
        studentDigest: row.studentDigest,
        endorsedByMemberId: row.endorsedByMemberId,
        approvedByMemberId: row.approvedByMemberId,
        reason: row.reason,
        issuedAt: row.issuedAt.toISOString(),
      },
      previousHash: row.previousHash,
      hash: row.hash,
      student: student === null || student.erasedAt !== null ? null : student,
    },
    studentStands: student !== null,
    calculation: row.calculation,
    description: { repositoryNames: row.repositoryNames, tiers: row.tiers, itemCount: row.itemCount },
  }))
}

/** What was credited to a member before, as far as it is needed to check what came after. */
export type EarlierLine = {
  memberId: string
  sequence: number
  entryId: string
  kind: string
  correctsEntryId: string | null
  termId: string
  claimId: string | null
  creditHundredths: number
  calculation: unknown
  description: LineDescription
}

/** All lines of some members up to a sequence, in order. */
export async function listEarlierLines(
  tx: Tx,
  query: { universityId: string; memberIds: readonly string[]; upToSequence: number },
): Promise<EarlierLine[]> {
  const rows = await tx.creditEntry.findMany({
    where: {
      universityId: query.universityId,
      memberId: { in: [...query.memberIds] },
      sequence: { lte: BigInt(query.upToSequence) },
    },
    orderBy: { sequence: 'asc' },
    select: {
      memberId: true,
      sequence: true,
      id: true,
      kind: true,
      correctsEntryId: true,
      termId: true,
      claimId: true,
      creditHundredths: true,
      calculation: true,
      repositoryNames: true,
      tiers: true,
      itemCount: true,
    },
  })
  return rows.map(({ id, sequence, repositoryNames, tiers, itemCount, ...row }) => ({
    ...row,
    entryId: id,
    sequence: Number(sequence),
    description: { repositoryNames, tiers, itemCount },
  }))
}

/** Evidence as it is stored. */
export type StoredEvidence = {
  id: string
  claimId: string
  contributionId: string
  content: unknown
  contentSha256: string
}

export async function listStoredEvidence(
  tx: Tx,
  query: { universityId: string; claimIds: readonly string[] },
): Promise<StoredEvidence[]> {
  return tx.evidence.findMany({
    where: { universityId: query.universityId, claimId: { in: [...query.claimIds] } },
    select: { id: true, claimId: true, contributionId: true, content: true, contentSha256: true },
  })
}

/** A stored diff by its hashes: the one that is kept, and the one that its text has. */
export type DiffDigest = z.output<typeof digestSchema>

const digestSchema = z.object({
  evidenceId: z.string(),
  path: z.string(),
  additions: z.number(),
  deletions: z.number(),
  patchSha256: z.string().nullable(),
  /** Null where no text is kept. */
  textSha256: z.string().nullable(),
})

/** The diffs of some evidence in their order. The texts are hashed where they are: they may be large. */
export async function listDiffDigests(
  tx: Tx,
  query: { universityId: string; evidenceIds: readonly string[] },
): Promise<DiffDigest[]> {
  if (query.evidenceIds.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select evidence_id::text as "evidenceId", path, additions, deletions, patch_sha256 as "patchSha256",
           encode(sha256(convert_to(patch, 'UTF8')), 'hex') as "textSha256"
      from evidence_file
     where university_id = ${query.universityId}::uuid and evidence_id = any(${[...query.evidenceIds]}::uuid[])
     order by evidence_id, ordinal`
  return z.array(digestSchema).parse(rows)
}

/** A version of the rules as it is stored. */
export async function findStoredPolicy(
  tx: Tx,
  query: { universityId: string; policyVersionId: string },
): Promise<{ document: unknown; documentSha256: string } | null> {
  return tx.policyVersion.findUnique({
    where: { universityId_id: { universityId: query.universityId, id: query.policyVersionId } },
    select: { document: true, documentSha256: true },
  })
}
