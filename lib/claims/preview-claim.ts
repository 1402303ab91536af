import { type JudgedContribution, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { findPolicyInForce } from '@/lib/db/policy-versions'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { type CreditItem, calculateCredit } from '@/lib/domain/credit-calculation'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { getOwnContributions } from './claim-items-of'
import { getTerm, toClaimTerm } from './own-claim'
import { type PreviewClaimInput, previewClaimSchema } from './schema'
import type { ClaimPreview } from './view'

/**
 * What a choice of contributions would give if it were claimed now, and why some of it does not count. Writes nothing.
 * @throws AppError not_found `contribution_not_found`, `term_not_found`; conflict `no_policy`
 */
export async function previewClaim(actor: MemberActor, input: PreviewClaimInput): Promise<ClaimPreview> {
  const { termId, contributionIds } = previewClaimSchema.parse(input)
  assertCan(actor, 'claim.create', { universityId: actor.universityId, ownerPersonId: actor.personId })
  return withScope(actor, async (tx) => {
    const term = await getTerm(tx, actor.universityId, termId)
    const policy = await findPolicyInForce(tx)
    if (policy === null) throw new AppError('conflict', 'no_policy')
    const contributions = await getOwnContributions(tx, actor.personId, contributionIds)
    const context = await loadJudgementContext(tx, { ...actor, term, policy })
    const judged = await judgeContributions(tx, context, { contributions, forNewClaim: true })
    return {
      term: toClaimTerm(term),
      policyVersion: policy.version,
      calculation: calculateCredit(policy.policy, creditItemsOf(judged), context.prior),
      refused: judged
        .filter(({ judgement }) => !judgement.eligible)
        .map(({ stored, judgement }) => ({
          contributionId: stored.fact.id,
          title: stored.fact.title,
          reasons: judgement.reasons,
        })),
    }
  })
}

/** What of a judgement is credited: what counts, each work once. */
export function creditItemsOf(judged: readonly JudgedContribution[]): CreditItem[] {
  const counting = judged.flatMap(({ judgement, item }) => (judgement.eligible && item ? [item] : []))
  return [...new Map(counting.map((item) => [item.workId, item])).values()]
}
