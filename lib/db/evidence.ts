import { type EvidenceDocument, evidenceSchema } from '@/lib/domain/evidence'
import type { ClaimKey } from './claims'
import type { Prisma } from './generated/client'
import type { Tx } from './scope'

/** Evidence as it was frozen. */
export type EvidenceRow = {
  id: string
  contributionId: string
  document: EvidenceDocument
  contentSha256: string
  capturedAt: Date
}

/** A file's diff, as frozen. */
export type EvidenceFileRow = {
  ordinal: number
  path: string
  previousPath: string | null
  status: string
  additions: number
  deletions: number
  patch: string | null
  patchSha256: string | null
}

type NewEvidence = ClaimKey & {
  contributionId: string
  document: EvidenceDocument
  contentSha256: string
  capturedAt: Date
  files: readonly Omit<EvidenceFileRow, 'ordinal'>[]
}

const FILES_AT_ONCE = 500

/** Keeps evidence with its diffs, for good. */
export async function insertEvidence(tx: Tx, evidence: NewEvidence): Promise<string> {
  const { files, document, ...row } = evidence
  const content: Prisma.InputJsonObject = JSON.parse(JSON.stringify(document))
  const { id } = await tx.evidence.create({ data: { ...row, content }, select: { id: true } })
  const numbered = files.map((file, index) => ({
    ...file,
    universityId: evidence.universityId,
    evidenceId: id,
    ordinal: index + 1,
  }))
  for (let start = 0; start < numbered.length; start += FILES_AT_ONCE) {
    await tx.evidenceFile.createMany({ data: numbered.slice(start, start + FILES_AT_ONCE) })
  }
  return id
}

/** All evidence of a claim, without the diffs. */
export async function listEvidence(tx: Tx, { universityId, claimId }: ClaimKey): Promise<EvidenceRow[]> {
  const rows = await tx.evidence.findMany({ where: { universityId, claimId } })
  return rows.map(toEvidenceRow)
}

function toEvidenceRow(row: Prisma.EvidenceGetPayload<Record<string, never>>): EvidenceRow {
  return {
    id: row.id,
    contributionId: row.contributionId,
    document: evidenceSchema.parse(row.content),
    contentSha256: row.contentSha256,
    capturedAt: row.capturedAt,
  }
}

/** One evidence with the claim it was frozen for, or null. */
export async function findEvidence(
  tx: Tx,
  { universityId, evidenceId }: { universityId: string; evidenceId: string },
): Promise<(EvidenceRow & { claimId: string }) | null> {
  const row = await tx.evidence.findUnique({ where: { universityId_id: { universityId, id: evidenceId } } })
  return row && { ...toEvidenceRow(row), claimId: row.claimId }
}

/** Which contributions of a claim have their evidence. */
export async function listEvidencedContributions(tx: Tx, { universityId, claimId }: ClaimKey): Promise<Set<string>> {
  const rows = await tx.evidence.findMany({ where: { universityId, claimId }, select: { contributionId: true } })
  return new Set(rows.map(({ contributionId }) => contributionId))
}

/** A page of the diffs of one evidence, in order of path. */
export async function listEvidenceFiles(
  tx: Tx,
  query: { universityId: string; evidenceId: string; afterOrdinal: number; limit: number },
): Promise<EvidenceFileRow[]> {
  return tx.evidenceFile.findMany({
    where: { universityId: query.universityId, evidenceId: query.evidenceId, ordinal: { gt: query.afterOrdinal } },
    orderBy: { ordinal: 'asc' },
    take: query.limit,
    omit: { universityId: true, evidenceId: true },
  })
}
