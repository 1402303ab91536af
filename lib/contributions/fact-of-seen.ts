import type { CatalogResolution } from '@/lib/domain/catalog'
import type { ContributionFact, RepositoryFact } from '@/lib/domain/contribution'
import { evaluateLanding } from '@/lib/domain/landing'
import type { PullRequestSeen } from '@/lib/platforms/port'

/** The repository of a pull request that was just read, as the rules take it. */
export function repositoryOfSeen({ repository }: PullRequestSeen): RepositoryFact {
  return {
    id: '',
    platformRepositoryId: repository.platformRepositoryId,
    fullName: `${repository.owner}/${repository.name}`,
    defaultBranch: repository.defaultBranch ?? '',
    ownerPlatformUserId: repository.ownerPlatformUserId,
    fork: repository.isFork,
    archived: repository.isArchived,
    stars: repository.stars,
    license: repository.license,
  }
}

/** A pull request that was just read as a fact that can be judged; nothing is kept of it. */
export function factOfSeen(seen: PullRequestSeen, catalog: CatalogResolution): ContributionFact {
  const [revert] = seen.revertedBy
  const revertedBy = revert ? { number: revert.number, commitSha: revert.commitSha, at: revert.mergedAt } : null
  const { repository: _repository, ...facts } = seen
  return {
    ...facts,
    id: '',
    repository: repositoryOfSeen(seen),
    kind: 'pull_request',
    workId: null,
    landing: evaluateLanding(catalog.landing, { ...seen, defaultBranchCommits: [], revertedBy }),
  }
}
