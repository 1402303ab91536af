import { canonicalHash } from '@/lib/domain/canonical-json'
import { type CreditPolicy, creditPolicySchema } from '@/lib/domain/credit-policy'
import type { Prisma } from './generated/client'
import type { Tx } from './scope'

/** A version of the scope's university's rules. */
export type PolicyVersionRecord = {
  id: string
  version: number
  status: 'draft' | 'published'
  policy: CreditPolicy
  documentSha256: string
  createdAt: Date
  createdByMemberId: string | null
  publishedAt: Date | null
}

type Row = Prisma.PolicyVersionGetPayload<Record<string, never>>

/** The newest published version: what new claims are judged by; null before the first one is published. */
export async function findPolicyInForce(tx: Tx): Promise<PolicyVersionRecord | null> {
  const row = await tx.policyVersion.findFirst({ where: { status: 'published' }, orderBy: { version: 'desc' } })
  return row && toRecord(row)
}

export async function findPolicyVersion(tx: Tx, id: string): Promise<PolicyVersionRecord | null> {
  const row = await tx.policyVersion.findFirst({ where: { id } })
  return row && toRecord(row)
}

/** Newest first; a university has a handful in a decade, a page holds them. `beforeVersion` is where the page starts. */
export async function listPolicyVersions(
  tx: Tx,
  page: { limit: number; beforeVersion?: number; publishedOnly?: boolean },
): Promise<PolicyVersionRecord[]> {
  const rows = await tx.policyVersion.findMany({
    where: {
      ...(page.publishedOnly ? { status: 'published' } : {}),
      ...(page.beforeVersion === undefined ? {} : { version: { lt: page.beforeVersion } }),
    },
    orderBy: { version: 'desc' },
    take: page.limit,
  })
  return rows.map(toRecord)
}

/** The draft being written, of which there is at most one. */
export async function findPolicyDraft(tx: Tx): Promise<PolicyVersionRecord | null> {
  const row = await tx.policyVersion.findFirst({ where: { status: 'draft' }, orderBy: { version: 'desc' } })
  return row && toRecord(row)
}

export async function insertPolicyDraft(
  tx: Tx,
  draft: { universityId: string; policy: CreditPolicy; memberId: string | null; now: Date },
): Promise<PolicyVersionRecord> {
  const newest = await tx.policyVersion.findFirst({ orderBy: { version: 'desc' }, select: { version: true } })
  const row = await tx.policyVersion.create({
    data: {
      universityId: draft.universityId,
      version: (newest?.version ?? 0) + 1,
      status: 'draft',
      document: draft.policy,
      documentSha256: policySha256(draft.policy),
      createdByMemberId: draft.memberId,
      createdAt: draft.now,
    },
  })
  return toRecord(row)
}

/** False when the draft is not there any more, or was changed since `expectedSha256`. */
export async function updatePolicyDraft(
  tx: Tx,
  change: { id: string; expectedSha256: string; policy: CreditPolicy },
): Promise<boolean> {
  const { count } = await tx.policyVersion.updateMany({
    where: { id: change.id, status: 'draft', documentSha256: change.expectedSha256 },
    data: { document: change.policy, documentSha256: policySha256(change.policy) },
  })
  return count === 1
}

/** False when the draft is not there any more, or was changed since `expectedSha256`. */
export async function publishPolicyDraft(
  tx: Tx,
  change: { id: string; expectedSha256: string; now: Date },
): Promise<boolean> {
  const { count } = await tx.policyVersion.updateMany({
    where: { id: change.id, status: 'draft', documentSha256: change.expectedSha256 },
    data: { status: 'published', publishedAt: change.now },
  })
  return count === 1
}

/** What names a document: SHA-256 of its canonical JSON. */
export function policySha256(policy: CreditPolicy): string {
  return canonicalHash(policy)
}

function toRecord(row: Row): PolicyVersionRecord {
  return {
    id: row.id,
    version: row.version,
    status: row.status === 'published' ? 'published' : 'draft',
    policy: creditPolicySchema.parse(row.document),
    documentSha256: row.documentSha256,
    createdAt: row.createdAt,
    createdByMemberId: row.createdByMemberId,
    publishedAt: row.publishedAt,
  }
}
