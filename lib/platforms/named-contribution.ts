import { isBotAccount } from '@/lib/domain/bots'
import type { CoAuthor, ContributionKind, LandingResult } from '@/lib/domain/contribution'
import type { ContributionAddress } from '@/lib/domain/contribution-address'
import type { Reason, ReasonCode } from '@/lib/domain/eligibility'
import type { ReasonData } from '@/lib/domain/errors'
import { evaluateLanding, withReverts } from '@/lib/domain/landing'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { findNamedPullRequest } from '@/lib/domain/named-pull-request'
import type { PlatformUser } from '@/lib/domain/platform'
import { eventOfCommit, eventsOfListed, followReverts } from '@/lib/domain/revert-chain'
import type { CommitRead } from './named-port'
import type { CollectedFile, Credential, PlatformPort, PullRequestSeen } from './port'
import { seenOfCommit, seenOfRelease, seenOfReview } from './seen-of-named'

/** What an address names, read and told apart: as it is stored, judged and frozen. */
export type NamedContribution = {
  kind: ContributionKind
  ref: string
  /** In the shape of a pull request, which every kind has enough of. */
  seen: PullRequestSeen
  /** By id; never the author. */
  coAuthors: readonly CoAuthor[]
  /** Null for a pull request: the rules of its repository say. */
  landing: LandingResult | null
  /** Null where the kind has none, or they were not read. */
  files: { list: readonly CollectedFile[]; isTruncated: boolean } | null
}

export type NamedResult = { found: NamedContribution } | { refused: Reason } | { found: null }

/** How the catalog says that changes land in the repository that is named. */
export type NamedPlace = { landingRules: LandingRules; acceptedBranches: readonly string[] }

export type NamedCall = NamedPlace & {
  credential: Credential
  /** Who asks, on that platform: what they wrote alone is not asked about further. */
  ownPlatformUserIds: readonly string[]
  signal?: AbortSignal
}

/**
 * Reads what an address names, by names and numbers. Refused here is what no rule could let through: what the platform
 * cannot show, what never landed, what is nobody's own.
 * @throws PlatformError
 */
export async function readNamed(
  port: PlatformPort,
  address: ContributionAddress,
  call: NamedCall,
): Promise<NamedResult> {
  switch (address.kind) {
    case 'pull_request':
      return readPullRequest(port, address, call)
    case 'commit':
      return readOneCommit(port, address, call)
    case 'review':
      return readOneReview(port, address, call)
    case 'model':
    case 'dataset':
      return readOneRelease(port, address, call)
  }
}

type Of<K extends ContributionKind> = Extract<ContributionAddress, { kind: K }>
const NOTHING = { found: null } as const

async function readPullRequest(port: PlatformPort, address: Of<'pull_request'>, call: NamedCall): Promise<NamedResult> {
  const { owner, name, number } = address
  const seen = await port.findPullRequest({ owner, name, number, ...asked(call) })
  if (seen === null) return NOTHING
  const { authorPlatformUserId: author } = seen
  const isOwn = author !== null && call.ownPlatformUserIds.includes(author)
  const named = isOwn ? [] : await findNamed(port, seen, call)
  return { found: pullRequestOf(seen, named) }
}

function pullRequestOf(seen: PullRequestSeen, named: readonly PlatformUser[]): NamedContribution {
  const coAuthors = withId(named, seen.authorPlatformUserId)
  return { kind: 'pull_request', ref: '', seen, coAuthors, landing: null, files: null }
}

/** Whom the commit that landed it names as its authors: a squash keeps the first alone. */
async function findNamed(port: PlatformPort, seen: PullRequestSeen, call: NamedCall): Promise<readonly PlatformUser[]> {
  const sha = seen.mergeCommitSha ?? seen.closerCommitSha
  if (sha === null) return []
  const commit = await readStanding(port, { ...seen.repository, sha }, call)
  return commit === null || commit.branch === null ? [] : commit.coAuthors
}

/** Null where there is none, or where the platform does not offer commits. */
async function readStanding(
  port: PlatformPort,
  { owner, name, sha }: { owner: string; name: string; sha: string },
  call: NamedCall,
): Promise<CommitRead | null> {
  const read = await port.readCommit({ owner, name, sha, branches: call.acceptedBranches, ...asked(call) })
  return read.offered ? read.found : null
}

async function readOneCommit(port: PlatformPort, address: Of<'commit'>, call: NamedCall): Promise<NamedResult> {
  const { owner, name, sha } = address
  const read = await port.readCommit({ owner, name, sha, branches: call.acceptedBranches, ...asked(call) })
  if (!read.offered) return refuse('kind_not_offered', { kind: 'commit', platform: port.platform })
  const commit = read.found
  if (commit === null) return NOTHING
  const isMirror = call.landingRules.every(({ rule }) => rule === 'none')
  if (commit.branch === null || isMirror) {
    return refuse('commit_not_landed', { branch: commit.repository.defaultBranch })
  }
  const fullName = `${commit.repository.owner}/${commit.repository.name}`
  const itsNumber = commit.pullRequestNumber ?? findNamedPullRequest(commit.message, fullName, call.landingRules)
  if (itsNumber !== null) return readItsPullRequest(port, { commit, number: itsNumber }, call)
  if (commit.isMerge) return refuse('merge_commit')
  const coAuthors = withId(commit.coAuthors, commit.author.platformUserId)
  const nameless = commit.coAuthors.filter(({ platformUserId }) => platformUserId === null)
  const isProved = [commit.author, ...coAuthors].some(({ platformUserId: id }) =>
    call.ownPlatformUserIds.includes(id ?? ''),
  )
  if (!isProved && nameless.length > 0) {
    return refuse('co_author_without_id', { logins: nameless.map(({ login }) => login).join(', ') })
  }
  const { seen, landing } = seenOfCommit(port.platform, { ...commit, branch: commit.branch })
  const files = { list: commit.files, isTruncated: commit.filesTruncated }
  return { found: { kind: 'commit', ref: commit.sha, seen, coAuthors, landing, files } }
}

/** A commit that came with a pull request is part of it: the whole is what counts, and its author a co-author there. */
async function readItsPullRequest(
  port: PlatformPort,
  { commit, number }: { commit: CommitRead; number: number },
  call: NamedCall,
): Promise<NamedResult> {
  const { owner, name } = commit.repository
  const seen = await port.findPullRequest({ owner, name, number, ...asked(call) })
  if (seen === null) return NOTHING
  const { platformUserId, login, type } = commit.author
  const author = login !== null && type === 'user' && !commit.isMerge ? [{ platformUserId, login }] : []
  return { found: pullRequestOf(seen, [...author, ...commit.coAuthors]) }
}

async function readOneReview(port: PlatformPort, address: Of<'review'>, call: NamedCall): Promise<NamedResult> {
  const { owner, name, number, of, id } = address
  const read = await port.readReview({ owner, name, number, of, id, ...asked(call) })
  if (!read.offered) return refuse('kind_not_offered', { kind: 'review', platform: port.platform })
  const review = read.found
  if (review === null || review.platformUserId === null) return NOTHING
  const { authorPlatformUserId: author } = review.pullRequest
  const own = [review.platformUserId, ...call.ownPlatformUserIds]
  if (author !== null && own.includes(author) && call.ownPlatformUserIds.includes(review.platformUserId)) {
    return refuse('review_of_own')
  }
  const { landingRules } = call
  const whole = await port.completePullRequest({ pullRequest: review.pullRequest, landingRules, ...asked(call) })
  const { pullRequest, branchCommits } = whole
  const { defaultBranch } = pullRequest.repository
  const landed = evaluateLanding(landingRules, { ...pullRequest, defaultBranch, branchCommits, revertedBy: null })
  if (landed.state === 'not_landed' || landed.landedAt === null) {
    return refuse('not_merged', { state: review.pullRequest.state })
  }
  if (new Date(review.submittedAt) > landed.landedAt) return refuse('review_too_late')
  const { repository } = pullRequest
  const fullName = `${repository.owner}/${repository.name}`
  const events = [
    ...eventsOfListed(number, pullRequest.revertedBy),
    ...branchCommits.map((commit) => eventOfCommit(commit, fullName)),
  ]
  const verdict = followReverts({ ...landed, number }, events)
  const standing = landed.state === 'reverted' ? landed : withReverts(landed, verdict)
  const { seen, landing } = seenOfReview({ ...review, pullRequest }, standing)
  return { found: { kind: 'review', ref: review.platformUserId, seen, coAuthors: [], landing, files: null } }
}

async function readOneRelease(
  port: PlatformPort,
  { owner, name, kind }: Of<'model' | 'dataset'>,
  call: NamedCall,
): Promise<NamedResult> {
  const read = await port.readRelease({ owner, name, ...asked(call) })
  if (!read.offered) return refuse('kind_not_offered', { kind, platform: port.platform })
  if (read.found === null) return NOTHING
  if (read.found.owner === null) return refuse('organisation_release', { owner: read.found.repository.owner })
  const { seen, landing } = seenOfRelease(port.platform, { ...read.found, owner: read.found.owner })
  return { found: { kind, ref: '', seen, coAuthors: [], landing, files: null } }
}

/** Who is known by id and is neither the author nor a machine; each once. */
function withId(users: readonly PlatformUser[], authorId: string | null): CoAuthor[] {
  const people = users.flatMap(({ platformUserId, login }) =>
    platformUserId === null || platformUserId === authorId || isBotAccount({ platformUserId, login, authorType: null })
      ? []
      : [{ platformUserId, login }],
  )
  return [...new Map(people.map((one) => [one.platformUserId, one])).values()]
}

function refuse(code: ReasonCode, data: ReasonData = {}): { refused: Reason } {
  return { refused: { code, blocks: true, data } }
}

function asked({ credential, signal }: NamedCall): { credential: Credential; signal?: AbortSignal } {
  return signal ? { credential, signal } : { credential }
}
