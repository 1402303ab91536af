import type { NominationEvidence, NominationEvidenceState, NominationState } from '@/lib/domain/nomination'
import { NOMINATION_EVIDENCE_STATES, NOMINATION_STATES, nominationEvidenceSchema } from '@/lib/domain/nomination'
import { isPlatform, type Platform } from '@/lib/domain/platform'
import type { Prisma } from './generated/client'
import { oneOf } from './one-of'
import type { Tx } from './scope'

export type NominationKey = { universityId: string; nominationId: string }

export type NominationRow = {
  id: string
  memberId: string
  memberName: string
  platform: Platform
  owner: string
  name: string
  why: string
  state: NominationState
  duplicateOfId: string | null
  evidenceState: NominationEvidenceState
  evidence: NominationEvidence | null
  evidenceAt: Date | null
  evidenceFailure: string | null
  evidenceStrikes: number
  createdAt: Date
  decidedAt: Date | null
  decidedByName: string | null
  decisionReason: string
  /** How many others nominated the same while it was open. */
  seconds: number
}

type NewNomination = {
  universityId: string
  id: string
  memberId: string
  platform: Platform
  owner: string
  name: string
  why: string
  duplicateOfId: string | null
  createdAt: Date
}

/** False when there is an open one of the same repository already, and this one was to be open too. */
export async function insertNomination(tx: Tx, nomination: NewNomination): Promise<boolean> {
  const { owner, name, duplicateOfId } = nomination
  const data = {
    ...nomination,
    ownerKey: owner.toLowerCase(),
    nameKey: name.toLowerCase(),
    state: duplicateOfId === null ? 'open' : 'duplicate',
  }
  const { count } = await tx.catalogNomination.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

/** The open nomination of a repository and whose it is, or null. */
export async function findOpenNomination(
  tx: Tx,
  { universityId, platform, owner, name }: { universityId: string; platform: Platform; owner: string; name: string },
): Promise<{ id: string; memberId: string } | null> {
  return tx.catalogNomination.findFirst({
    where: { universityId, platform, ownerKey: owner.toLowerCase(), nameKey: name.toLowerCase(), state: 'open' },
    select: { id: true, memberId: true },
  })
}

/** How many a member put forward since an instant, duplicates too. */
export async function countNominationsSince(
  tx: Tx,
  { universityId, memberId, since }: { universityId: string; memberId: string; since: Date },
): Promise<number> {
  return tx.catalogNomination.count({ where: { universityId, memberId, createdAt: { gt: since } } })
}

const withNames = {
  member: { select: { name: true } },
  decidedBy: { select: { name: true } },
  _count: { select: { duplicates: true } },
} satisfies Prisma.CatalogNominationInclude

type Stored = Prisma.CatalogNominationGetPayload<{ include: typeof withNames }>
type Position = { createdAt: Date; id: string }

/** Nominations of one state, the longest waiting first, after a position. */
export async function listNominationRows(
  tx: Tx,
  query: { universityId: string; state: NominationState; after: Position | null; limit: number },
): Promise<NominationRow[]> {
  const { universityId, state, after, limit } = query
  const rows = await tx.catalogNomination.findMany({
    where: {
      universityId,
      state,
      ...(after && {
        OR: [{ createdAt: { gt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.id } }],
      }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
    include: withNames,
  })
  return rows.map(toRow)
}

/** A member's own, newest first, before a position. */
export async function listNominationsOfMember(
  tx: Tx,
  query: { universityId: string; memberId: string; before: Position | null; limit: number },
): Promise<NominationRow[]> {
  const { universityId, memberId, before, limit } = query
  const rows = await tx.catalogNomination.findMany({
    where: {
      universityId,
      memberId,
      ...(before && {
        OR: [{ createdAt: { lt: before.createdAt } }, { createdAt: before.createdAt, id: { lt: before.id } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: withNames,
  })
  return rows.map(toRow)
}

/** One nomination, or null. */
export async function findNomination(
  tx: Tx,
  { universityId, nominationId }: NominationKey,
): Promise<NominationRow | null> {
  const row = await tx.catalogNomination.findUnique({
    where: { universityId_id: { universityId, id: nominationId } },
    include: withNames,
  })
  return row && toRow(row)
}

/** Who nominated the same while it was open. */
export async function listSeconders(tx: Tx, { universityId, nominationId }: NominationKey): Promise<string[]> {
  const rows = await tx.catalogNomination.findMany({
    where: { universityId, duplicateOfId: nominationId },
    select: { memberId: true },
    distinct: ['memberId'],
  })
  return rows.map(({ memberId }) => memberId)
}

type EvidenceChange = {
  evidenceState: NominationEvidenceState
  evidence: NominationEvidence | null
  evidenceAt: Date | null
  evidenceFailure: string | null
  evidenceStrikes: number
}

/** Writes what was read, or that it could not be; false when the nomination is decided already. */
export async function saveNominationEvidence(tx: Tx, key: NominationKey, change: EvidenceChange): Promise<boolean> {
  const { evidence, ...rest } = change
  const written = evidence === null ? null : JSON.stringify(evidence)
  const count = await tx.$executeRaw`
    update catalog_nomination
       set evidence_state = ${rest.evidenceState}, evidence = ${written}::jsonb, evidence_at = ${rest.evidenceAt},
           evidence_failure = ${rest.evidenceFailure}, evidence_strikes = ${rest.evidenceStrikes}
     where university_id = ${key.universityId}::uuid and id = ${key.nominationId}::uuid and state = 'open'`
  return count === 1
}

type Decision = { state: 'accepted' | 'refused'; memberId: string; reason: string; now: Date }

/** Decides an open nomination; false when somebody was faster. */
export async function decideNomination(
  tx: Tx,
  { universityId, nominationId }: NominationKey,
  { state, memberId, reason, now }: Decision,
): Promise<boolean> {
  const { count } = await tx.catalogNomination.updateMany({
    where: { universityId, id: nominationId, state: 'open' },
    data: { state, decidedAt: now, decidedByMemberId: memberId, decisionReason: reason },
  })
  return count === 1
}

/** How many wait, and since when the oldest does. */
export async function countOpenNominations(
  tx: Tx,
  universityId: string,
): Promise<{ count: number; oldestAt: Date | null }> {
  const found = await tx.catalogNomination.aggregate({
    where: { universityId, state: 'open' },
    _count: true,
    _min: { createdAt: true },
  })
  return { count: found._count, oldestAt: found._min.createdAt }
}

function toRow(row: Stored): NominationRow {
  if (!isPlatform(row.platform)) throw new Error(`nomination ${row.id}: unknown platform`)
  const { member, decidedBy, _count, evidence, ...stored } = row
  return {
    ...stored,
    platform: row.platform,
    memberName: member.name,
    decidedByName: decidedBy?.name ?? null,
    state: oneOf(NOMINATION_STATES, row.state),
    evidenceState: oneOf(NOMINATION_EVIDENCE_STATES, row.evidenceState),
    evidence: evidence === null ? null : nominationEvidenceSchema.parse(evidence),
    seconds: _count.duplicates,
  }
}
