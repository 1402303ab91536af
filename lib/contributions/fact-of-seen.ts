import type { CatalogResolution } from '@/lib/domain/catalog'
import type { ContributionFact, LandingResult, RepositoryFact } from '@/lib/domain/contribution'
import { evaluateLanding, withReverts } from '@/lib/domain/landing'
import { eventsOfListed, followReverts } from '@/lib/domain/revert-chain'
import type { NamedContribution } from '@/lib/platforms/named-contribution'
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

/** What was just read as a fact that can be judged; nothing is kept of it. */
export function factOfNamed(named: NamedContribution, catalog: CatalogResolution): ContributionFact {
  const { kind, ref, coAuthors, seen } = named
  const { repository: _repository, ...facts } = seen
  const landing = named.landing ?? landingOf(seen, catalog)
  return { ...facts, id: '', repository: repositoryOfSeen(seen), kind, ref, coAuthors, workId: null, landing }
}

function landingOf(seen: PullRequestSeen, catalog: CatalogResolution): LandingResult {
  const { number, revertedBy } = seen
  const landing = evaluateLanding(catalog.landing, {
    ...seen,
    defaultBranch: seen.repository.defaultBranch,
    branchCommits: [],
    revertedBy: null,
  })
  const target = { number, commitSha: landing.commitSha, landedAt: landing.landedAt }
  const events = eventsOfListed(number, revertedBy)
  return landing.state === 'landed' ? withReverts(landing, followReverts(target, events)) : landing
}
