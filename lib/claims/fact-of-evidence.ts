import type { StoredContribution } from '@/lib/db/contribution-facts'
import type { ContributionFact, LandingResult } from '@/lib/domain/contribution'
import type { EvidenceDocument } from '@/lib/domain/evidence'
import { evaluateLanding, withReverts } from '@/lib/domain/landing'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { eventsOfListed, followReverts, REVERTED_BY, rememberedEvents } from '@/lib/domain/revert-chain'
import { PlatformError } from '@/lib/platforms/platform-error'
import type { CollectedEvidence, PullRequestSeen } from '@/lib/platforms/port'

/**
 * A name can lead elsewhere by now: to another repository of that name, or to another author's pull request.
 * @throws PlatformError `not_found` when what was read is not the contribution
 */
export function assertSamePullRequest({ fact }: StoredContribution, { pullRequest }: CollectedEvidence): void {
  const same =
    pullRequest.repository.platformRepositoryId === fact.repository.platformRepositoryId &&
    pullRequest.number === fact.number &&
    pullRequest.authorPlatformUserId === fact.authorPlatformUserId
  if (same) return
  throw new PlatformError({ platform: fact.platform, kind: 'not_found', note: 'another pull request' })
}

/**
 * The landing as the rules find it in what was just read. What only a search over commits proves (a trailer, a revert by
 * commit) is not in it: there the stored word stands, and a revert that the platform names now, and nothing undid, takes it
 * back.
 */
export function landingOfSeen(fact: ContributionFact, seen: PullRequestSeen, rules: LandingRules): LandingResult {
  const found = evaluateLanding(rules, {
    ...seen,
    lastClosedBy: seen.lastClosedBy ?? fact.lastClosedBy,
    closerCommitSha: seen.closerCommitSha ?? fact.closerCommitSha,
    mergeCommitSha: seen.mergeCommitSha ?? fact.mergeCommitSha,
    defaultBranch: seen.repository.defaultBranch,
    branchCommits: [],
    revertedBy: null,
  })
  if (found.state === 'reverted') return found
  const { landing, number } = fact
  const standing = found.state === 'landed' ? found : landing
  const isByLabel = standing.state === 'reverted' && !standing.proof.some((one) => one.fact === REVERTED_BY)
  if (standing.state === 'not_landed' || isByLabel) return standing
  const events = [
    ...rememberedEvents({ number, landedAt: landing.landedAt, proof: landing.proof }),
    ...eventsOfListed(number, seen.revertedBy),
  ]
  const { commitSha, landedAt } = standing
  return withReverts(standing, followReverts({ number, commitSha, landedAt }, events))
}

/**
 * The contribution as its frozen evidence shows it: who wrote it, who merged it, whose repository it is, how it landed. A
 * co-author whom it does not prove is none: the ledger's check looks at nothing else.
 */
export function withEvidence(fact: StoredContribution['fact'], document: EvidenceDocument): StoredContribution['fact'] {
  const { repository, contribution, merge } = document
  const { landing } = merge
  const proved = new Set((contribution.coAuthors ?? []).map(({ platformUserId }) => platformUserId))
  return {
    ...fact,
    authorPlatformUserId: contribution.authorPlatformUserId,
    authorLogin: contribution.authorLogin,
    coAuthors: fact.coAuthors.filter(({ platformUserId }) => proved.has(platformUserId)),
    repository: {
      ...fact.repository,
      fullName: repository.fullName,
      defaultBranch: repository.defaultBranch || fact.repository.defaultBranch,
      ownerPlatformUserId: repository.ownerPlatformUserId ?? fact.repository.ownerPlatformUserId,
      fork: repository.fork,
      archived: repository.archived,
    },
    authorType: contribution.authorType,
    baseBranch: contribution.baseBranch,
    mergedBy: merge.mergedBy ?? fact.mergedBy,
    landing: { ...landing, landedAt: landing.landedAt === null ? fact.landing.landedAt : new Date(landing.landedAt) },
  }
}
