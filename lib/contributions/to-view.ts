import type { JudgedContribution, JudgementContext } from '@/lib/db/judgement'
import type { TermRow } from '@/lib/db/terms-read'
import { needsAcceptance } from '@/lib/domain/contribution'
import { calculateCredit } from '@/lib/domain/credit-calculation'
import type { ContributionView, TermView } from './view'

/** A judged contribution for its author, with what it would give if it were claimed alone. */
export function toContributionView(judged: JudgedContribution, context: JudgementContext): ContributionView {
  const { stored, judgement, item, use } = judged
  const { fact } = stored
  return {
    contributionId: fact.id,
    platform: fact.platform,
    repository: fact.repository.fullName,
    repositoryUrl: stored.repositoryUrl,
    kind: fact.kind,
    number: fact.number,
    ref: fact.ref,
    title: fact.title,
    url: fact.url,
    author: fact.authorLogin,
    landing: fact.landing.state,
    landedAt: fact.landing.landedAt,
    landedBy: fact.landing.state === 'not_landed' ? null : { rule: fact.landing.rule, proof: fact.landing.proof },
    updatedAt: fact.updatedAt,
    additions: fact.additions,
    deletions: fact.deletions,
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
