import { deriveFiles } from './file-changes'
import { Random, shaOf } from './random'
import type {
  Account,
  Comment,
  Commit,
  PullRequest,
  PullRequestDetails,
  PullRequestEvent,
  Repository,
  Review,
} from './types'

export type DetailsInput = {
  pullRequest: PullRequest
  repository: Repository
  author: Account
  /** Account ids of those who review here; the author is never among the reviewers. */
  maintainerIds: readonly number[]
}

const APPROVALS = [
  'LGTM, thanks!',
  'Looks good to me.',
  'Nice find. Approving.',
  '可以合入。',
  'Thanks, well tested.',
] as const
const REQUESTS = [
  'Could you add a test that fails without this change?',
  'Please keep the old signature for one more release.',
  'This allocates in the hot loop; can it be hoisted?',
  '请补充用例。',
] as const
const REMARKS = [
  '@bot merge',
  'Rebased on the default branch.',
  'CI failure looks unrelated, retrying.',
  'Ping for review.',
  '/lgtm',
] as const
const COMMIT_SUBJECTS = [
  'Address review comments',
  'Add tests',
  'Fix lint',
  'Handle the empty batch',
  'Update docs',
] as const
const HOUR_MS = 3_600_000

/** The end of the discussion: reviews and comments lie between opening and this. */
function endOf(pullRequest: PullRequest): number {
  return (pullRequest.closedAt ?? pullRequest.updatedAt).getTime()
}

/** Everything that a detail call shows, made from the pull request alone. */
export function deriveDetails(input: DetailsInput): PullRequestDetails {
  return {
    files: deriveFiles(input.pullRequest, input.repository.language),
    commits: deriveCommits(input),
    reviews: deriveReviews(input),
    comments: deriveComments(input),
    events: deriveEvents(input),
  }
}

function deriveCommits({ pullRequest, repository, author }: DetailsInput): readonly Commit[] {
  const { platform, repositoryId, id, commitCount, headSha, baseSha } = pullRequest
  const random = new Random(`commits/${platform}/${id}`)
  const commits: Commit[] = []
  for (let index = 0; index < commitCount; index += 1) {
    const isLast = index === commitCount - 1
    const at = new Date(pullRequest.createdAt.getTime() - HOUR_MS + index * 20 * 60_000)
    commits.push({
      platform,
      repositoryId: repository.id,
      sha: isLast ? headSha : shaOf('commit', platform, repositoryId, id, index),
      parents: [commits[index - 1]?.sha ?? baseSha],
      message: index === 0 ? pullRequest.title : random.pick(COMMIT_SUBJECTS),
      authorId: author.id,
      authorName: author.name ?? author.login,
      authorEmail: author.email,
      committerId: author.id,
      committerName: author.name ?? author.login,
      committerEmail: author.email,
      at,
      branch: null,
    })
  }
  return commits
}

function deriveReviews({ pullRequest, maintainerIds }: DetailsInput): readonly Review[] {
  const others = maintainerIds.filter((id) => id !== pullRequest.authorId)
  if (others.length === 0 || pullRequest.isDraft) return []
  const random = new Random(`reviews/${pullRequest.platform}/${pullRequest.id}`)
  const rounds = random.between(pullRequest.landing ? 1 : 0, 3)
  const step = (endOf(pullRequest) - pullRequest.createdAt.getTime()) / (rounds + 1)
  return Array.from({ length: rounds }, (_, index) => {
    const isLast = index === rounds - 1
    const approves = isLast && pullRequest.landing !== null
    return {
      id: pullRequest.id * 8 + index,
      authorId: random.pick(others),
      state: approves ? 'APPROVED' : random.chance(0.5) ? 'CHANGES_REQUESTED' : 'COMMENTED',
      body: approves ? random.pick(APPROVALS) : random.pick(REQUESTS),
      commitSha: pullRequest.headSha,
      at: new Date(pullRequest.createdAt.getTime() + step * (index + 1)),
    }
  })
}

function deriveComments({ pullRequest, maintainerIds }: DetailsInput): readonly Comment[] {
  const random = new Random(`comments/${pullRequest.platform}/${pullRequest.id}`)
  const count = random.between(0, 3)
  const step = (endOf(pullRequest) - pullRequest.createdAt.getTime()) / (count + 1)
  return Array.from({ length: count }, (_, index) => ({
    id: pullRequest.id * 8 + 4 + index,
    authorId: random.chance(0.5) || maintainerIds.length === 0 ? pullRequest.authorId : random.pick(maintainerIds),
    body: random.pick(REMARKS),
    at: new Date(pullRequest.createdAt.getTime() + step * (index + 1)),
  }))
}

type EventFacts = PullRequestEvent extends infer Event
  ? Event extends { id: number }
    ? Omit<Event, 'id'>
    : never
  : never

/** What the platform's timeline says; sources with a longer story give their own. */
function deriveEvents({ pullRequest, maintainerIds }: DetailsInput): readonly PullRequestEvent[] {
  const { createdAt, closedAt, mergedAt, landing, revertedBy, authorId } = pullRequest
  const triager = maintainerIds[0] ?? authorId
  const closer = pullRequest.closedById ?? triager
  const events: EventFacts[] = pullRequest.labels.map((label, index) => ({
    kind: 'labeled',
    actorId: triager,
    at: new Date(createdAt.getTime() + (index + 1) * 60_000),
    label,
  }))
  if (landing && landing.kind !== 'merged') {
    events.push({ kind: 'referenced', actorId: closer, at: landing.at, commitSha: landing.sha })
  }
  if (mergedAt) {
    const commitSha = pullRequest.mergeCommitSha ?? pullRequest.headSha
    events.push({ kind: 'merged', actorId: pullRequest.mergedById ?? closer, at: mergedAt, commitSha })
  }
  if (closedAt) events.push({ kind: 'closed', actorId: closer, at: closedAt, commitSha: closingSha(pullRequest) })
  if (revertedBy) {
    const { at, sha, number, undoneBy } = revertedBy
    events.push({ kind: 'referenced', actorId: closer, at, commitSha: sha })
    if (number !== null) events.push({ kind: 'cross_referenced', actorId: closer, at, number })
    if (undoneBy) events.push({ kind: 'referenced', actorId: closer, at: undoneBy.at, commitSha: undoneBy.sha })
  }
  if (pullRequest.traps.includes('many_mentions')) events.push(...mentions(pullRequest, closer))
  return numbered(pullRequest, events)
}

const MANY_MENTIONS = 150

/** People mention it in their forks, day by day since it landed; most of those commits are gone. */
function mentions({ id, landing, createdAt }: PullRequest, actorId: number): EventFacts[] {
  const from = (landing?.at ?? createdAt).getTime()
  return Array.from({ length: MANY_MENTIONS }, (_, index) => {
    const at = new Date(from + (index + 1) * HOUR_MS)
    return { kind: 'referenced', actorId, at, commitSha: shaOf('mention', id, index) }
  })
}

export function numbered(pullRequest: PullRequest, events: readonly EventFacts[]): readonly PullRequestEvent[] {
  return events
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((event, index) => ({ ...event, id: pullRequest.id * 256 + index }))
}

/** Only these were closed by their commit; the others by somebody, after it. */
function closingSha({ landing }: PullRequest): string | null {
  const isClosedByCommit = landing?.kind === 'label' || landing?.kind === 'closed_by_commit'
  return isClosedByCommit ? landing.sha : null
}
