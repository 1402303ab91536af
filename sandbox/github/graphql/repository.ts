import { GraphQLError } from 'graphql'
import type { Repository } from '../../world/types'
import { nodeId } from '../node-ids'
import { time } from '../urls'
import { byPlace, type ConnectionArguments, connection } from './connection'
import { type PullRequestArguments, pullRequestConnection, type Resolving } from './resolving'

export function repositoryNode(resolving: Resolving, repo: Repository) {
  const { urls } = resolving.github
  return {
    __typename: 'Repository',
    id: nodeId('repository', repo.id),
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: `${repo.owner}/${repo.name}`,
    owner: () => resolving.make.actor(resolving, repo.ownerId),
    url: urls.repository(repo),
    resourcePath: `/${repo.owner}/${repo.name}`,
    description: repo.description,
    homepageUrl: null,
    isFork: repo.isFork,
    isArchived: repo.isArchived,
    isPrivate: repo.isPrivate,
    isMirror: false,
    isDisabled: false,
    isTemplate: false,
    isInOrganization: repo.ownerId > 0,
    visibility: repo.isPrivate ? 'PRIVATE' : 'PUBLIC',
    stargazerCount: repo.stars,
    forkCount: Math.floor(repo.stars / 5),
    createdAt: time(repo.createdAt),
    updatedAt: time(new Date('2026-11-22T09:30:00Z')),
    pushedAt: time(new Date('2026-11-22T09:30:00Z')),
    licenseInfo: license(repo),
    primaryLanguage: { id: nodeId('label', repo.language), name: repo.language, color: '#3572A5' },
    parent: null,
    defaultBranchRef: () => branchNode(resolving, repo, repo.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      branchNode(resolving, repo, qualifiedName.replace(/^refs\/heads\//, '')),
    object: (given: { oid?: string | null; expression?: string | null }) => gitObject(resolving, repo, given),
    repositoryTopics: (given: ConnectionArguments) =>
      connection(byPlace(repo.topics), given, (name) => ({ topic: { name } })),
    pullRequest: ({ number }: { number: number }) => findPullRequest(resolving, repo, number),
    pullRequests: (given: PullRequestArguments) =>
      pullRequestConnection(resolving, { platform: 'github', repositoryId: repo.id }, given),
  }
}

function license({ license: spdx }: Repository) {
  const key = spdx?.toLowerCase() ?? 'other'
  return { id: nodeId('license', key), key, name: spdx ?? 'Other', spdxId: spdx ?? 'NOASSERTION' }
}

function branchNode(resolving: Resolving, repo: Repository, name: string) {
  const tip = resolving.github.world.listCommits('github', repo.id, name)[0]
  if (!tip && name !== repo.defaultBranch) return null
  return {
    id: nodeId('branch', repo.id, name),
    name,
    prefix: 'refs/heads/',
    repository: () => repositoryNode(resolving, repo),
    target: () => (tip ? resolving.make.commit(resolving, repo, tip.sha) : null),
  }
}

/** A commit by sha or by branch name. */
function gitObject(resolving: Resolving, repo: Repository, given: { oid?: string | null; expression?: string | null }) {
  const name = given.oid ?? given.expression ?? 'HEAD'
  const branch = name === 'HEAD' ? repo.defaultBranch : name
  const { world } = resolving.github
  const sha = world.findCommit('github', repo.id, name)?.sha ?? world.listCommits('github', repo.id, branch)[0]?.sha
  return sha ? resolving.make.commit(resolving, repo, sha) : null
}

function findPullRequest(resolving: Resolving, repo: Repository, number: number) {
  const found = resolving.github.world.findPullRequest({ platform: 'github', repositoryId: repo.id, number })
  if (found) return resolving.make.pullRequest(resolving, found)
  throw new GraphQLError(`Could not resolve to a PullRequest with the number of ${number}.`, {
    extensions: { type: 'NOT_FOUND' },
  })
}
