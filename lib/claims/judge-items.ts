import type { ClaimItemRow, FrozenJudgement } from '@/lib/db/claim-items'
import type { ClaimRow } from '@/lib/db/claims'
import { findContributionFacts, type StoredContribution } from '@/lib/db/contribution-facts'
import {
  type JudgedContribution,
  type JudgementContext,
  judgeContributions,
  loadJudgementContext,
} from '@/lib/db/judgement'
import type { PolicyVersionRecord } from '@/lib/db/policy-versions'
import type { Tx } from '@/lib/db/scope'
import type { TermRow } from '@/lib/db/terms-read'
import { isWrittenBy } from '@/lib/domain/contribution'
import type { EvidenceDocument } from '@/lib/domain/evidence'
import { withEvidence } from './fact-of-evidence'

type Input = {
  universityId: string
  claim: ClaimRow
  items: readonly Pick<ClaimItemRow, 'contributionId'>[]
  term: TermRow
  policy: PolicyVersionRecord
  /** Frozen evidence, by contribution: it is judged by what that shows. */
  evidenceOf?: ReadonlyMap<string, EvidenceDocument>
}

/**
 * The rules' word on items of a claim as things stand now. Its own hold on the works does not speak against it. A claim
 * that was submitted once goes on when an account is unlinked; a draft does not.
 */
export async function judgeItems(tx: Tx, input: Input): Promise<JudgedContribution[]> {
  const { universityId, claim, term, policy, evidenceOf } = input
  const ids = input.items.map(({ contributionId }) => contributionId)
  const contributions = await findContributionFacts(tx, ids)
  const context = await loadJudgementContext(tx, { ...claim, universityId, term, policy })
  const judged = await judgeContributions(tx, context, {
    contributions: contributions.map((stored) => asEvidenced(stored, evidenceOf)),
    exceptClaimId: claim.id,
    forNewClaim: claim.state === 'draft',
    ...(evidenceOf ? { pathsOf: pathsIn(evidenceOf) } : {}),
  })
  // What differs between the two is for the warnings to say.
  const storedOf = new Map(contributions.map((stored) => [stored.fact.id, stored]))
  return judged.map((one) => {
    const stored = storedOf.get(one.stored.fact.id) ?? one.stored
    // Whom the evidence does not prove has not unlinked an account by that.
    return { ...one, stored, accountLinked: isLinked(context.accounts, stored.fact) }
  })
}

function isLinked(accounts: JudgementContext['accounts'], fact: StoredContribution['fact']): boolean {
  const linked = accounts.filter(({ platform, unlinkedAt }) => platform === fact.platform && unlinkedAt === null)
  return isWrittenBy(
    fact,
    linked.map(({ platformUserId }) => platformUserId),
  )
}

function asEvidenced(stored: StoredContribution, evidenceOf: Input['evidenceOf']): StoredContribution {
  const document = evidenceOf?.get(stored.fact.id)
  return document ? { ...stored, fact: withEvidence(stored.fact, document) } : stored
}

function pathsIn(evidenceOf: ReadonlyMap<string, EvidenceDocument>): Map<string, string[]> {
  return new Map([...evidenceOf].map(([id, { files }]) => [id, files.map(({ path }) => path)]))
}

/** What is kept of a judgement with the claim. */
export function freezeJudgement({ judgement, catalog, item }: JudgedContribution): FrozenJudgement {
  return {
    eligible: judgement.eligible && item !== null,
    tier: catalog.tier,
    ...(item?.sharePercent === undefined ? {} : { sharePercent: item.sharePercent }),
    reasons: judgement.reasons.map(({ code, blocks, data }) => ({ code, blocks, data: { ...data } })),
  }
}
