import type { Incomplete, StoredRepository } from '@/lib/db/indexed-pull-requests'
import { oneOf } from '@/lib/db/one-of'
import { AUTHOR_ASSOCIATIONS, AUTHOR_TYPES, CONTRIBUTION_STATES } from '@/lib/domain/contribution'
import { PLATFORMS } from '@/lib/domain/platform'
import type { PullRequestSeen, RepositorySeen } from '@/lib/platforms/port'

/** A stored contribution as its platform's list showed it, to be completed. */
export function toPullRequest(row: Incomplete): PullRequestSeen {
  const association = row.authorAssociation
  return {
    platform: oneOf(PLATFORMS, row.platform),
    repository: toRepository(row.repository),
    number: row.number,
    nodeId: row.nodeId,
    title: row.title,
    url: row.url,
    authorPlatformUserId: row.authorPlatformUserId,
    authorLogin: row.authorLogin,
    authorType: oneOf(AUTHOR_TYPES, row.authorType),
    authorAssociation: association === null ? null : oneOf(AUTHOR_ASSOCIATIONS, association),
    state: oneOf(CONTRIBUTION_STATES, row.state),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    closedAt: row.closedAt,
    mergedAt: row.mergedAt,
    baseBranch: row.baseBranch,
    labels: row.labels,
    additions: row.additions,
    deletions: row.deletions,
    changedFiles: row.changedFiles,
    mergedBy: row.mergedByLogin === null ? null : { platformUserId: row.mergedByUserId, login: row.mergedByLogin },
    lastClosedBy:
      row.lastClosedByLogin === null ? null : { platformUserId: row.lastClosedByUserId, login: row.lastClosedByLogin },
    closerCommitSha: row.closerCommitSha,
    mergeCommitSha: row.mergeCommitSha,
    cherryPickedFrom: [],
    reverts: row.reverts,
    mentionedBy: [],
    revertedBy: [],
  }
}

export function toRepository(row: StoredRepository): RepositorySeen {
  const { platformRepositoryId, ownerPlatformUserId, owner, name, url, defaultBranch } = row
  const { isFork, isArchived, isPrivate, stars, license, language } = row
  return {
    ...{ platformRepositoryId, ownerPlatformUserId, owner, name, url, defaultBranch },
    ...{ isFork, isArchived, isPrivate, stars, license, language },
    topics: row.topics,
  }
}
