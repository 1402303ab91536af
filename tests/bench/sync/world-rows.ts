import type { CompletedPullRequest, PullRequestSeen, RepositorySeen } from '@/lib/platforms/port'
import type { Platform, PullRequest, Repository, World } from '@/sandbox/world/types'

const HOME: Record<string, string> = { github: 'https://github.com', gitee: 'https://gitee.com' }

/** A pull request of the sandbox's world as an adapter would hand it over, without asking over HTTP. */
export function seenOf(world: World, pull: PullRequest): CompletedPullRequest {
  const repository = world.findRepository(pull.platform, pull.repositoryId)
  if (!repository) throw new Error('a pull request without its repository')
  return { pullRequest: toSeen(world, pull, repository), branchCommits: [] }
}

function toSeen(world: World, pull: PullRequest, repository: Repository): PullRequestSeen {
  const login = (id: number | null) => (id === null ? null : userOf(world, pull.platform, id))
  const author = world.findAccount(pull.platform, pull.authorId)
  const fullName = `${repository.owner}/${repository.name}`
  return {
    platform: pull.platform,
    repository: toRepository(repository),
    number: pull.number,
    nodeId: `PR_${pull.id}`,
    title: `${pull.title} (${pull.number})`,
    url: `${HOME[pull.platform] ?? 'https://example.org'}/${fullName}/pull/${pull.number}`,
    authorPlatformUserId: String(pull.authorId),
    authorLogin: author?.login ?? null,
    authorType: 'user',
    authorAssociation: 'contributor',
    state: pull.state,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    closedAt: pull.closedAt,
    mergedAt: pull.mergedAt,
    baseBranch: pull.baseBranch,
    labels: pull.labels,
    additions: pull.additions,
    deletions: pull.deletions,
    changedFiles: pull.changedFiles,
    mergedBy: login(pull.mergedById),
    lastClosedBy: login(pull.closedById),
    closerCommitSha: null,
    mergeCommitSha: pull.mergedAt === null ? null : pull.mergeCommitSha,
    cherryPickedFrom: [],
    reverts: [],
    mentionedBy: [],
    revertedBy: [],
  }
}

function userOf(world: World, platform: Platform, id: number) {
  return { platformUserId: String(id), login: world.findAccount(platform, id)?.login ?? `account-${id}` }
}

function toRepository(repository: Repository): RepositorySeen {
  const { owner, name, defaultBranch, isFork, isArchived, isPrivate, stars, license, language, topics } = repository
  return {
    platformRepositoryId: String(repository.id),
    ownerPlatformUserId: String(repository.ownerId),
    ...{ owner, name, defaultBranch, isFork, isArchived, isPrivate, stars, license, language, topics },
    url: `${HOME[repository.platform] ?? 'https://example.org'}/${owner}/${name}`,
  }
}
