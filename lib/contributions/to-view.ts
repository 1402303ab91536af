import type { JudgedContribution, JudgementContext } from '@/lib/db/judgement'
import type { TermRow } from '@/lib/db/terms-read'
import { needsAcceptance } from '@/lib/domain/contribution'
import { lineOf } from '@/lib/domain/contribution-line'
import { calculateCredit } from '@/lib/domain/credit-calculation'
import type { ContributionView, TermView } from './view'

/** A judged contribution for its author, with what it would give if it were claimed alone. */
export function toContributionView(judged: JudgedContribution, context: JudgementContext): ContributionView {
  const { stored, judgement, item, use } = judged
  const { fact } = stored
  return {
    ...lineOf(fact),
    repositoryUrl: stored.repositoryUrl,
    author: fact.authorLogin,
    landing: fact.landing.state,
    landedBy: fact.landing.state === 'not_landed' ? null : { rule: fact.landing.rule, proof: fact.landing.proof },
    updatedAt: fact.updatedAt,
    tier: judged.catalog.tier,
    counts: judgement.eligible,
    reasons: judgement.reasons,
    previewHundredths:
      judgement.eligible && item && !needsAcceptance(fact.kind)
        ? calculateCredit(context.policy.policy, [item], context.prior).creditHundredths
        : null,
    joint: fact.coAuthors.length > 0,
    claimId: use?.claimId ?? null,
    refreshedAt: stored.refreshedAt,
  }
}

/** A term for lists and forms. */
export function toTermView({ closedAt, ...term }: TermRow): TermView {
  return { ...term, closed: closedAt !== null }
}
