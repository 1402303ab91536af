import { z } from 'zod'
import { CATALOG_TIERS } from '@/lib/domain/catalog'
import { REASON_CODES } from '@/lib/domain/eligibility'
import { AI_USES, type AiUse, WARNING_CODES, type Warning } from '@/lib/domain/warnings'
import type { ClaimKey } from './claims'
import { oneOf } from './one-of'
import type { Tx } from './scope'

export const ITEM_OUTCOMES = ['accepted', 'refused'] as const
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number]

/** One contribution of a claim, with what the student declared and a reviewer decided. */
export type ClaimItemRow = {
  id: string
  ordinal: number
  contributionId: string
  workId: string
  aiUse: AiUse
  aiUseNote: string
  warnings: readonly Warning[]
  /** What the rules said at submission, and with the evidence; null in a draft. */
  judgement: FrozenJudgement | null
  outcome: ItemOutcome | null
  outcomeReason: string | null
  outcomeComment: string
}

export const frozenJudgementSchema = z.object({
  eligible: z.boolean(),
  /** The person's part of what several wrote; left out where it is whole theirs. */
  sharePercent: z.int().min(1).max(100).optional(),
  tier: z.enum(CATALOG_TIERS),
  reasons: z.array(
    z.object({
      code: z.enum(REASON_CODES),
      blocks: z.boolean(),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
})
export type FrozenJudgement = z.infer<typeof frozenJudgementSchema>

const warningSchema = z.object({
  code: z.enum(WARNING_CODES),
  contributionId: z.string().nullable(),
  proof: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** The items of a claim in their order. */
export async function listClaimItems(tx: Tx, { universityId, claimId }: ClaimKey): Promise<ClaimItemRow[]> {
  const rows = await tx.claimItem.findMany({ where: { universityId, claimId }, orderBy: { ordinal: 'asc' } })
  return rows.map((row) => ({
    id: row.id,
    ordinal: row.ordinal,
    contributionId: row.contributionId,
    workId: row.workId,
    aiUse: oneOf(AI_USES, row.aiUse),
    aiUseNote: row.aiUseNote,
    warnings: z.array(warningSchema).parse(row.warnings),
    judgement: row.judgement === null ? null : frozenJudgementSchema.parse(row.judgement),
    outcome: row.outcome === null ? null : oneOf(ITEM_OUTCOMES, row.outcome),
    outcomeReason: row.outcomeReason,
    outcomeComment: row.outcomeComment,
  }))
}

export type NewClaimItem = { contributionId: string; workId: string; aiUse: AiUse; aiUseNote: string }

/**
 * Makes the items of a claim those given, in that order. What stays keeps its id; what a reviewer said about it is
 * forgotten here (it stands in the decision), since the claim is decided anew.
 */
export async function replaceClaimItems(tx: Tx, key: ClaimKey, items: readonly NewClaimItem[]): Promise<void> {
  const { universityId, claimId } = key
  await tx.claimItem.deleteMany({
    where: { universityId, claimId, contributionId: { notIn: items.map(({ contributionId }) => contributionId) } },
  })
  const kept = await tx.claimItem.findMany({ where: { universityId, claimId }, select: { contributionId: true } })
  const keptIds = new Set(kept.map(({ contributionId }) => contributionId))
  const numbered = items.map((item, index) => ({ ...item, ordinal: index + 1 }))
  await tx.claimItem.createMany({
    data: numbered
      .filter((item) => !keptIds.has(item.contributionId))
      .map((item) => ({ universityId, claimId, ...item })),
  })
  const staying = numbered.filter((item) => keptIds.has(item.contributionId))
  if (staying.length === 0) return
  await tx.$executeRaw`
    update claim_item i set ordinal = n.ordinal, work_id = n.work_id, ai_use = n.ai_use, ai_use_note = n.ai_use_note,
           outcome = null, outcome_reason = null, outcome_comment = ''
      from unnest(
        ${staying.map((item) => item.contributionId)}::uuid[], ${staying.map((item) => item.ordinal)}::int[],
        ${staying.map((item) => item.workId)}::uuid[], ${staying.map((item) => item.aiUse)}::text[],
        ${staying.map((item) => item.aiUseNote)}::text[]
      ) as n(contribution_id, ordinal, work_id, ai_use, ai_use_note)
     where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid
       and i.contribution_id = n.contribution_id`
}

/** Writes the warnings of items, by the contribution they are about. Items without any are cleared. */
export async function saveWarnings(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  warningsOf: ReadonlyMap<string, readonly Warning[]>,
): Promise<void> {
  const contributionIds = [...warningsOf.keys()]
  const texts = [...warningsOf.values()].map((warnings) => JSON.stringify(warnings))
  await tx.$executeRaw`
    update claim_item i set warnings = n.warnings::jsonb
      from unnest(${contributionIds}::uuid[], ${texts}::text[]) as n(contribution_id, warnings)
     where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid
       and i.contribution_id = n.contribution_id`
}

/** Freezes what the rules say of items, by contribution. */
export async function saveJudgements(
  tx: Tx,
  { universityId, claimId }: ClaimKey,
  judgementOf: ReadonlyMap<string, FrozenJudgement>,
): Promise<void> {
  const contributionIds = [...judgementOf.keys()]
  const texts = [...judgementOf.values()].map((judgement) => JSON.stringify(judgement))
  await tx.$executeRaw`
    update claim_item i set judgement = n.judgement::jsonb
      from unnest(${contributionIds}::uuid[], ${texts}::text[]) as n(contribution_id, judgement)
     where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid
       and i.contribution_id = n.contribution_id`
}

/** A claim that holds a contribution. */
export type HoldingClaim = { claimId: string }

/** The claims of the scope's university that hold a contribution. */
export async function listClaimsHolding(tx: Tx, universityId: string, contributionId: string): Promise<HoldingClaim[]> {
  return tx.claimItem.findMany({ where: { contributionId, universityId }, select: { claimId: true } })
}
