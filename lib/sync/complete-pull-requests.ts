import { MERGED } from '@/lib/domain/landing-rule'
import type { CompletedPullRequest, Credential, PlatformPort, PullRequestSeen } from '@/lib/platforms/port'
import { completePulls } from './complete-pulls'
import type { RulesByRepository } from './landing-rules'

/** What lists leave out, by the landing rules of each one's repository. Outside any transaction. */
export async function completePullRequests(
  { platform, credential }: { platform: PlatformPort; credential: Credential },
  pulls: readonly PullRequestSeen[],
  rules: RulesByRepository,
): Promise<CompletedPullRequest[]> {
  const inputs = pulls.map((pullRequest) => ({
    pullRequest,
    landingRules: rules.get(pullRequest.repository.platformRepositoryId) ?? MERGED,
  }))
  return completePulls({ platform, credential }, inputs)
}
