import { type FrozenJudgement, listClaimItems } from '@/lib/db/claim-items'
import { type JudgedContribution, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { findPolicyInForce, findPolicyVersion } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { needsAcceptance } from '@/lib/domain/contribution'
import { type CreditItem, calculateCredit } from '@/lib/domain/credit-calculation'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { getOwnContributions } from './claim-items-of'
import { getOwnClaim, getTerm, toClaimTerm } from './own-claim'
import { type PreviewClaimInput, previewClaimSchema } from './schema'
import type { ClaimPreview } from './view'

/**
 * What a choice of contributions would give if it were claimed now, and why some of it does not count. Writes nothing.
 * For a claim that is there already, its own hold on works does not speak against it, and what was judged at submission
 * keeps that word.
 * @throws AppError not_found `contribution_not_found`, `term_not_found`, `claim_not_found`; conflict `no_policy`
 */
export async function previewClaim(actor: MemberActor, input: PreviewClaimInput): Promise<ClaimPreview> {
  const choice = previewClaimSchema.parse(input)
  assertCan(actor, 'claim.create', { universityId: actor.universityId, ownerPersonId: actor.personId })
  return withScope(actor, async (tx) => {
    const claim = 'claimId' in choice ? await getOwnClaim(tx, actor, choice.claimId, 'claim.edit') : null
    const termId = 'termId' in choice ? choice.termId : (claim?.termId ?? '')
    const term = await getTerm(tx, actor.universityId, termId)
    const kept = claim?.policyVersionId ? await findPolicyVersion(tx, claim.policyVersionId) : null
    const policy = kept ?? (await findPolicyInForce(tx))
    if (policy === null) throw new AppError('conflict', 'no_policy')
    const contributions = await getOwnContributions(tx, actor.personId, choice.contributionIds)
    const context = await loadJudgementContext(tx, { ...actor, term, policy })
    const judged = await judgeContributions(tx, context, {
      contributions,
      exceptClaimId: claim?.id ?? null,
      forNewClaim: claim === null || claim.state === 'draft',
    })
    const frozen = claim ? await frozenOf(tx, { universityId: actor.universityId, claimId: claim.id }) : new Map()
    const worded = judged.map((one) => withFrozen(one, frozen))
    return {
      term: toClaimTerm(term),
      policyVersion: policy.version,
      calculation: calculateCredit(policy.policy, creditItemsOf(worded), context.prior),
      refused: worded
        .filter(({ judgement }) => !judgement.eligible)
        .map(({ stored, judgement }) => ({
          contributionId: stored.fact.id,
          title: stored.fact.title,
          reasons: judgement.reasons,
        })),
    }
  })
}

async function frozenOf(tx: Tx, key: { universityId: string; claimId: string }): Promise<Map<string, FrozenJudgement>> {
  const items = await listClaimItems(tx, key)
  return new Map(items.flatMap(({ contributionId, judgement }) => (judgement ? [[contributionId, judgement]] : [])))
}

function withFrozen(judged: JudgedContribution, frozen: ReadonlyMap<string, FrozenJudgement>): JudgedContribution {
  const word = frozen.get(judged.stored.fact.id)
  if (!word) return judged
  return { ...judged, judgement: word, item: judged.item && { ...judged.item, tier: word.tier } }
}

/** What of a judgement is credited: what counts, each work once; not what a person has to accept first. */
export function creditItemsOf(judged: readonly JudgedContribution[]): CreditItem[] {
  const counting = judged.flatMap(({ judgement, item }) =>
    judgement.eligible && item && !needsAcceptance(item.kind) ? [item] : [],
  )
  return [...new Map(counting.map((item) => [item.workId, item])).values()]
}
