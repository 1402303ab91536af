import type { CatalogSubject } from '@/lib/domain/catalog'
import type { PullRequestSeen } from '@/lib/platforms/port'

/** The repository of a pull request, as the catalog is asked about it. */
export function subjectOf({ platform, repository }: PullRequestSeen): CatalogSubject {
  return {
    platform,
    platformRepositoryId: repository.platformRepositoryId,
    fullName: `${repository.owner}/${repository.name}`,
    ownerPlatformUserId: repository.ownerPlatformUserId,
    fork: repository.isFork,
    archived: repository.isArchived,
  }
}
