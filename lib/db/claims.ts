import { CLAIM_STATES, type ClaimState } from '@/lib/domain/claim-states'
import type { DecisionTold } from '@/lib/domain/decision'
import { EVIDENCE_FAILURES, type EvidenceFailure } from '@/lib/domain/evidence-tries'
import type { Prisma } from './generated/client'
import { oneOf } from './one-of'
import type { Tx } from './scope'

export const EVIDENCE_STATES = ['none', 'collecting', 'complete', 'failed'] as const
export type EvidenceState = (typeof EVIDENCE_STATES)[number]

/** A claim without its items. */
export type ClaimRow = {
  id: string
  memberId: string
  personId: string
  departmentId: string | null
  termId: string
  policyVersionId: string | null
  engineVersion: number | null
  state: ClaimState
  version: number
  statement: string
  evidenceState: EvidenceState
  /** Why the last try to collect evidence failed; kept until one goes well. */
  evidenceFailure: EvidenceFailure | null
  /** What the failures since the last step forward weigh. */
  evidenceStrikes: number
  /** When it is tried again. */
  evidenceRetryAt: Date | null
  itemCount: number
  warningCount: number
  creditHundredths: number | null
  queuedAt: Date
  createdAt: Date
  updatedAt: Date
  submittedAt: Date | null
  endorsedByPersonId: string | null
}

export type ClaimKey = { universityId: string; claimId: string }

/** A claim of the university, or null. Whose it is, the caller asks the permissions. */
export async function findClaim(tx: Tx, { universityId, claimId }: ClaimKey): Promise<ClaimRow | null> {
  const row = await tx.claim.findUnique({ where: { universityId_id: { universityId, id: claimId } } })
  return row && toClaimRow(row)
}

/**
 * Keeps a claim as it is until the transaction ends. Whoever writes to its items takes it first: the order is claim, then
 * item, for all; and what is read after it is not stale when it is acted on.
 */
export async function holdClaim(tx: Tx, { universityId, claimId }: ClaimKey): Promise<void> {
  await tx.$queryRaw`
    select id from claim where university_id = ${universityId}::uuid and id = ${claimId}::uuid for update`
}

type NewClaim = {
  universityId: string
  memberId: string
  personId: string
  termId: string
  statement: string
  now: Date
}

/** A new draft; returns its id. */
export async function insertClaim(tx: Tx, { now, ...claim }: NewClaim): Promise<string> {
  const row = await tx.claim.create({
    data: { ...claim, queuedAt: now, createdAt: now, updatedAt: now },
    select: { id: true },
  })
  return row.id
}

/** What a change of a claim may set; the version moves by itself. */
export type ClaimChange = {
  state?: ClaimState
  departmentId?: string | null
  termId?: string
  policyVersionId?: string
  engineVersion?: number
  statement?: string
  evidenceState?: EvidenceState
  evidenceFailure?: null
  evidenceStrikes?: 0
  evidenceRetryAt?: null
  itemCount?: number
  warningCount?: number
  creditHundredths?: number | null
  queuedAt?: Date
  submittedAt?: Date
  endorsedByPersonId?: string | null
}

/**
 * Changes a claim if it still is as it was read, in state and version; false when somebody was faster, and then nothing
 * is written.
 */
export async function updateClaim(
  tx: Tx,
  claim: ClaimKey & { state: ClaimState; version: number },
  change: ClaimChange & { now: Date },
): Promise<boolean> {
  const { now, ...data } = change
  const { count } = await tx.claim.updateMany({
    where: { universityId: claim.universityId, id: claim.claimId, state: claim.state, version: claim.version },
    data: { ...data, updatedAt: now, version: { increment: 1 } },
  })
  return count === 1
}

/** Adds up what is wrong with a claim without touching its version: a warning changes nothing that is decided on. */
export async function setWarningCount(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  warningCount: number,
): Promise<void> {
  await tx.claim.updateMany({ where: { universityId, id: claimId }, data: { warningCount } })
}

/** How collecting evidence stands: not a change that anybody decides on either. */
export type EvidenceProgress = {
  evidenceState: 'collecting' | 'failed'
  evidenceFailure: EvidenceFailure | null
  evidenceStrikes: number
  evidenceRetryAt: Date | null
}

/** Where collecting begins. */
export const FRESH_EVIDENCE = {
  evidenceState: 'collecting',
  evidenceFailure: null,
  evidenceStrikes: 0,
  evidenceRetryAt: null,
} as const satisfies EvidenceProgress

/** Says how collecting evidence stands, of a claim that waits for it; false where it does not any more. */
export async function setEvidenceProgress(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  progress: EvidenceProgress,
): Promise<boolean> {
  const { count } = await tx.claim.updateMany({
    where: { universityId, id: claimId, state: 'submitted', evidenceState: { in: ['collecting', 'failed'] } },
    data: progress,
  })
  return count === 1
}

/** A member's claims, newest first, from a position on. */
export async function listClaimsOfMember(
  tx: Tx,
  query: {
    universityId: string
    memberId: string
    states?: readonly ClaimState[]
    after: { createdAt: Date; id: string } | null
    limit: number
  },
): Promise<ClaimRow[]> {
  const { after } = query
  const where: Prisma.ClaimWhereInput = {
    universityId: query.universityId,
    memberId: query.memberId,
    ...(query.states && { state: { in: [...query.states] } }),
    ...(after && {
      OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
    }),
  }
  const rows = await tx.claim.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit,
  })
  return rows.map(toClaimRow)
}

type StoredClaim = Omit<ClaimRow, 'state' | 'evidenceState' | 'evidenceFailure'> & {
  state: string
  evidenceState: string
  evidenceFailure: string | null
}

function toClaimRow(row: StoredClaim & { universityId?: string }): ClaimRow {
  const { universityId: _, ...claim } = row
  return {
    ...claim,
    state: oneOf(CLAIM_STATES, row.state),
    evidenceState: oneOf(EVIDENCE_STATES, row.evidenceState),
    evidenceFailure: row.evidenceFailure === null ? null : oneOf(EVIDENCE_FAILURES, row.evidenceFailure),
  }
}

/** Where a member belongs now: what a claim keeps at submission. */
export async function findDepartmentOf(
  tx: Tx,
  member: { universityId: string; memberId: string },
): Promise<string | null> {
  const row = await tx.member.findUnique({
    where: { universityId_id: { universityId: member.universityId, id: member.memberId } },
    select: { departmentId: true },
  })
  return row?.departmentId ?? null
}

/** Members of a university who hold the role of admin. */
export async function listAdminIds(tx: Tx, universityId: string): Promise<string[]> {
  const rows = await tx.memberRole.findMany({ where: { universityId, role: 'admin' }, select: { memberId: true } })
  return rows.map(({ memberId }) => memberId)
}

/** What was decided on a claim, oldest first. */
export async function listDecisionsOn(tx: Tx, { universityId, claimId }: ClaimKey): Promise<DecisionTold[]> {
  const rows = await tx.decision.findMany({
    where: { universityId, claimId },
    orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }],
    include: { member: { select: { name: true } } },
  })
  return rows.map(({ member, id, stage, action, reasonCode, comment, decidedAt }) => ({
    id,
    stage,
    action,
    deciderName: member.name,
    reasonCode,
    comment,
    decidedAt,
  }))
}
