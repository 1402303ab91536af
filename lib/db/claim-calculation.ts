import { z } from 'zod'
import { type CalculationRecord, calculationRecordSchema, recordCalculation } from '@/lib/domain/calculation-record'
import { CONTRIBUTION_KINDS } from '@/lib/domain/contribution'
import {
  type CreditCalculation,
  type CreditItem,
  calculateCredit,
  type PriorCredits,
} from '@/lib/domain/credit-calculation'
import type { FrozenJudgement } from './claim-items'
import { frozenJudgementSchema } from './claim-items'
import type { ClaimKey } from './claims'
import { findPolicyVersion, type PolicyVersionRecord } from './policy-versions'
import { loadPriorCredits } from './prior-credits'
import type { Tx } from './scope'

/** The credit of a submitted claim as its evidence, its kept rules and the person's prior credits give it now. */
export type ClaimCalculation = {
  policy: PolicyVersionRecord
  items: readonly CreditItem[]
  prior: PriorCredits
  calculation: CreditCalculation
  /** For the ledger. */
  record: CalculationRecord
  /** Evidence hashes of the credited items, sorted. */
  evidenceHashes: readonly string[]
}

type CalculatedClaim = ClaimKey & { memberId: string; termId: string; policyVersionId: string }

const frozenItemSchema = z.object({
  contribution_id: z.string(),
  work_id: z.string(),
  repository_id: z.string(),
  kind: z.enum(CONTRIBUTION_KINDS),
  judgement: frozenJudgementSchema,
  landed_at: z.date(),
  changed_lines: z.number().nullable(),
  content_sha256: z.string().nullable(),
})

/**
 * Calculates a submitted claim: items that the rules let through at submission and no reviewer refused, sizes and landing
 * times from the frozen evidence (from the facts until it is there), tiers as frozen. What changed since on the platform
 * or in the catalog does not move the figure; only prior credit and reviewers do.
 */
export async function calculateClaim(tx: Tx, claim: CalculatedClaim): Promise<ClaimCalculation> {
  const policy = await findPolicyVersion(tx, claim.policyVersionId)
  if (policy === null) throw new Error(`claim ${claim.claimId}: its version of the rules is missing`)
  const prior = await loadPriorCredits(tx, claim)
  const frozen = await listFrozenItems(tx, claim)
  const items = frozen.map(toCreditItem)
  const calculation = calculateCredit(policy.policy, items, prior)
  return {
    policy,
    items,
    prior,
    calculation,
    record: recordCalculation({ policyVersionId: policy.id, items, prior, calculation }),
    evidenceHashes: frozen.flatMap(({ content_sha256 }) => content_sha256 ?? []).sort(),
  }
}

type FrozenItem = z.infer<typeof frozenItemSchema>

async function listFrozenItems(tx: Tx, { universityId, claimId }: ClaimKey): Promise<FrozenItem[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select i.contribution_id::text, i.work_id::text, c.repository_id::text, c.kind, i.judgement,
           coalesce((e.content #>> '{merge,landing,landedAt}')::timestamptz, c.landed_at) as landed_at,
           coalesce(
             (e.content #>> '{contribution,additions}')::int + (e.content #>> '{contribution,deletions}')::int,
             c.additions + c.deletions) as changed_lines,
           e.content_sha256
      from claim_item i
      join contribution c on c.id = i.contribution_id
      left join evidence e on e.university_id = i.university_id and e.claim_id = i.claim_id
           and e.contribution_id = i.contribution_id
     where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid
       and i.outcome is distinct from 'refused'
       -- what no rule can weigh counts once a reviewer said so
       and (c.kind not in ('model', 'dataset') or i.outcome = 'accepted') and (i.judgement ->> 'eligible')::boolean
     order by i.ordinal`
  return z.array(frozenItemSchema).parse(rows)
}

function toCreditItem(row: FrozenItem): CreditItem {
  const { tier, sharePercent }: FrozenJudgement = row.judgement
  return {
    contributionId: row.contribution_id,
    workId: row.work_id,
    kind: row.kind,
    repositoryId: row.repository_id,
    tier,
    landedAt: row.landed_at,
    changedLines: row.changed_lines,
    ...(sharePercent === undefined ? {} : { sharePercent }),
  }
}

/** The calculation that a claim was credited by, as the ledger keeps it; null before approval. */
export async function findCreditedCalculation(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
): Promise<CalculationRecord | null> {
  const entry = await tx.creditEntry.findFirst({
    where: { universityId, claimId, kind: 'award' },
    orderBy: { sequence: 'asc' },
    select: { calculation: true },
  })
  return entry?.calculation ? calculationRecordSchema.parse(entry.calculation) : null
}
