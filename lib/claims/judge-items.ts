import type { ClaimItemRow, FrozenJudgement } from '@/lib/db/claim-items'
import type { ClaimRow } from '@/lib/db/claims'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import { type JudgedContribution, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import type { PolicyVersionRecord } from '@/lib/db/policy-versions'
import type { Tx } from '@/lib/db/scope'
import type { TermRow } from '@/lib/db/terms-read'

type Input = {
  universityId: string
  claim: ClaimRow
  items: readonly Pick<ClaimItemRow, 'contributionId'>[]
  term: TermRow
  policy: PolicyVersionRecord
  /** Paths of the changed files where the evidence is there. */
  pathsOf?: ReadonlyMap<string, readonly string[]>
}

/**
 * The rules' word on items of a claim as things stand now. Its own hold on the works does not speak against it. A claim
 * that was submitted once goes on when an account is unlinked; a draft does not.
 */
export async function judgeItems(tx: Tx, input: Input): Promise<JudgedContribution[]> {
  const { universityId, claim, term, policy, pathsOf } = input
  const ids = input.items.map(({ contributionId }) => contributionId)
  const contributions = await findContributionFacts(tx, ids)
  const context = await loadJudgementContext(tx, { ...claim, universityId, term, policy })
  return judgeContributions(tx, context, {
    contributions,
    exceptClaimId: claim.id,
    forNewClaim: claim.state === 'draft',
    ...(pathsOf ? { pathsOf } : {}),
  })
}

/** What is kept of a judgement with the claim. */
export function freezeJudgement({ judgement, catalog, item }: JudgedContribution): FrozenJudgement {
  return {
    eligible: judgement.eligible && item !== null,
    tier: catalog.tier,
    reasons: judgement.reasons.map(({ code, blocks, data }) => ({ code, blocks, data: { ...data } })),
  }
}
