import { stripAddresses } from '@/lib/domain/evidence'
import { findCherryPickSources } from '@/lib/domain/work'
import { changeSizeOf } from '../change-size'
import { isPlatformError, PlatformError } from '../platform-error'
import type {
  CollectedEvidence,
  CollectedFile,
  CommitSeen,
  CompletedPullRequest,
  PullRequestReference,
  PullRequestSeen,
  RepositoryReference,
  RepositorySeen,
} from '../port'
import { saysItReverts } from '../reverting-message'
import type { PlatformSettings } from '../settings'
import { type HubApi, type HubCall, kindOf, repositoryPath } from './api'
import { readDiff } from './diff'
import {
  commitsSchema,
  detailsSchema,
  type HubCommit,
  type HubDetails,
  overviewSchema,
  repositorySchema,
} from './schema'
import { MAIN_BRANCH, toBranchCommit, toCommit, toDetailed, toRepository, toReview } from './transform'

const MAX_REVERT_PAGES = 20

export type Hub = { api: HubApi; settings: PlatformSettings }

export async function findUser(
  api: HubApi,
  name: string,
  call: HubCall,
): Promise<{ id: string; login: string } | null> {
  const user = await api.find(`/users/${encodeURIComponent(name)}/overview`, overviewSchema, callOf(call))
  return user && { id: user._id, login: user.user }
}

/** With whose it is, where that is a person: the repository's own answer has only the name. */
export async function findRepository(
  hub: Hub,
  reference: RepositoryReference,
  call: HubCall,
): Promise<RepositorySeen | null> {
  const found = await findRepositoryAlone(hub, reference, call)
  if (found === null) return null
  const owner = await findUser(hub.api, kindOf(found.owner).namespace, call)
  return { ...found, ownerPlatformUserId: owner?.id ?? null }
}

/** In one request, without whose it is. */
export async function findRepositoryAlone(
  { api, settings }: Hub,
  reference: RepositoryReference,
  call: HubCall,
): Promise<RepositorySeen | null> {
  const found = await api.find(repositoryPath(reference), repositorySchema, callOf(call))
  if (found === null || found.private) return null
  return toRepository(found, { kind: kindOf(reference.owner).kind, webUrl: settings.webUrl })
}

type Detailed = { pullRequest: PullRequestSeen; details: HubDetails; files: readonly CollectedFile[] }

export async function findDetailed(hub: Hub, input: PullRequestReference & HubCall): Promise<Detailed | null> {
  const repository = await findRepository(hub, input, input)
  return repository && findIn(hub, { ...input, repository })
}

async function findIn(
  { api, settings }: Hub,
  input: PullRequestReference & HubCall & { repository: RepositorySeen },
): Promise<Detailed | null> {
  const details = await findDetails(api, input)
  // A discussion without a change has a number of the same kind.
  if (!details?.isPullRequest) return null
  const pullRequest = toDetailed(details, { repository: input.repository, webUrl: settings.webUrl })
  const files = readDiff(details.diff ?? '')
  return { pullRequest: details.diff ? { ...pullRequest, ...changeSizeOf(files) } : pullRequest, details, files }
}

/** With its diff, unless that is larger than is read: without it the size is not known, and all else is. */
async function findDetails(api: HubApi, input: PullRequestReference & HubCall): Promise<HubDetails | null> {
  const path = `${repositoryPath(input)}/discussions/${input.number}`
  try {
    return await api.find(`${path}?diff=1`, detailsSchema, callOf(input))
  } catch (error) {
    if (!isPlatformError(error, 'unexpected_answer') || !error.message.includes('too large')) throw error
    return api.find(path, detailsSchema, callOf(input))
  }
}

export async function completePullRequest(
  hub: Hub,
  seen: PullRequestSeen,
  call: HubCall,
): Promise<CompletedPullRequest> {
  const { repository, number } = seen
  const { owner, name } = repository
  const found = await findIn(hub, { owner, name, number, repository, ...callOf(call) })
  if (found === null) return { pullRequest: seen, branchCommits: [] }
  const { pullRequest } = found
  const commit = await findMergeCommit(hub, pullRequest, call)
  if (commit === null) return { pullRequest, branchCommits: [] }
  const cherryPickedFrom = findCherryPickSources(commit.message)
  return { pullRequest: { ...pullRequest, cherryPickedFrom }, branchCommits: [commit] }
}

/** Its message, by which it may say where it was picked from. */
async function findMergeCommit({ api }: Hub, seen: PullRequestSeen, call: HubCall): Promise<CommitSeen | null> {
  if (seen.mergeCommitSha === null) return null
  const path = `${repositoryPath(seen.repository)}/commits/${seen.mergeCommitSha}?limit=1`
  const [commit] = (await api.find(path, commitsSchema, callOf(call))) ?? []
  return commit && commit.id === seen.mergeCommitSha ? toBranchCommit(commit) : null
}

/** The Hub shows nowhere that a pull request was taken back: the branch's own commits tell, newest first. */
export async function listRevertingCommits(
  { api }: Hub,
  { place, since }: { place: RepositoryReference; since: Date },
  call: HubCall,
): Promise<CommitSeen[]> {
  const path = `${repositoryPath(place)}/commits/${MAIN_BRANCH}`
  const isEnough = (commits: HubCommit[]) => (commits.at(-1)?.date ?? since) < since
  const listed = await api.list(path, commitsSchema, { ...callOf(call), maxPages: MAX_REVERT_PAGES, isEnough })
  return (listed?.items ?? [])
    .filter(({ date }) => date >= since)
    .map(toBranchCommit)
    .filter(({ message }) => saysItReverts(message, `${place.owner}/${place.name}`))
}

export async function collectEvidence(hub: Hub, input: PullRequestReference & HubCall): Promise<CollectedEvidence> {
  const found = await findDetailed(hub, input)
  if (found === null) throw new PlatformError({ platform: 'huggingface', kind: 'not_found' })
  const { pullRequest, details, files } = found
  const author = pullRequest.authorLogin
  return {
    pullRequest: { ...pullRequest, title: stripAddresses(pullRequest.title) },
    files,
    filesTruncated: false,
    commits: details.events.flatMap((event) => toCommit(event) ?? []),
    commitsTruncated: false,
    reviews: details.events.flatMap((event) => toReview(event, author) ?? []),
  }
}

export function callOf({ credential, signal }: HubCall): HubCall {
  return { credential, signal }
}
