import type { Comment, FileChange, PullRequest, PullRequestEvent, Repository, Review } from '../../world/types'
import { nodeId } from '../node-ids'
import { authorAssociation } from '../people'
import { time } from '../urls'
import { byPlace, type ConnectionArguments, connection } from './connection'
import type { Resolving } from './resolving'

type Of = { pull: PullRequest; repo: Repository }

export function pullRequestNode(resolving: Resolving, pull: PullRequest) {
  const { world, urls } = resolving.github
  const repo = world.findRepository('github', pull.repositoryId)
  if (!repo) throw new Error('a pull request outside of the repositories')
  const isMerged = pull.mergedAt !== null
  const url = urls.pull(repo, pull.number)
  const body = urls.text(pull.body)
  return {
    __typename: 'PullRequest',
    id: nodeId('pullRequest', pull.id),
    databaseId: pull.id > 2_147_483_647 ? null : pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    titleHTML: pull.title,
    body,
    bodyText: body,
    bodyHTML: body,
    url,
    permalink: url,
    resourcePath: `/${repo.owner}/${repo.name}/pull/${pull.number}`,
    state: pull.state.toUpperCase(),
    closed: pull.state !== 'open',
    merged: isMerged,
    mergeable: pull.state === 'open' ? 'MERGEABLE' : 'UNKNOWN',
    isDraft: pull.isDraft,
    locked: false,
    createdAt: time(pull.createdAt),
    updatedAt: time(pull.updatedAt),
    closedAt: pull.closedAt && time(pull.closedAt),
    mergedAt: pull.mergedAt && time(pull.mergedAt),
    publishedAt: time(pull.createdAt),
    lastEditedAt: null,
    additions: pull.additions,
    deletions: pull.deletions,
    changedFiles: pull.changedFiles,
    authorAssociation: authorAssociation(repo, pull),
    baseRefName: pull.baseBranch,
    baseRefOid: pull.baseSha,
    headRefName: pull.headBranch,
    headRefOid: pull.headSha,
    isCrossRepository: pull.headRepositoryId !== repo.id,
    headRepository: null,
    headRepositoryOwner: () => (pull.headRepositoryId === null ? null : resolving.make.actor(resolving, pull.authorId)),
    author: () => resolving.make.actor(resolving, pull.authorId),
    mergedBy: () => resolving.make.actor(resolving, pull.mergedById),
    mergeCommit: () =>
      isMerged && pull.mergeCommitSha ? resolving.make.commit(resolving, repo, pull.mergeCommitSha) : null,
    potentialMergeCommit: null,
    reviewDecision: null,
    totalCommentsCount: () => world.getDetails(pull).comments.length,
    repository: () => resolving.make.repository(resolving, repo),
    baseRepository: () => resolving.make.repository(resolving, repo),
    ...lists(resolving, { pull, repo }),
  }
}

function lists(resolving: Resolving, of: Of) {
  const details = () => resolving.github.world.getDetails(of.pull)
  return {
    labels: (given: ConnectionArguments) =>
      connection(byPlace(of.pull.labels), given, (name) => ({
        id: nodeId('label', of.repo.id, name),
        name,
        color: 'ededed',
        isDefault: false,
      })),
    files: (given: ConnectionArguments) => connection(byPlace(details().files), given, fileNode),
    commits: (given: ConnectionArguments) =>
      connection(byPlace(details().commits), given, ({ sha }) => ({
        id: nodeId('commit', of.pull.id, sha),
        url: `${resolving.github.urls.pull(of.repo, of.pull.number)}/commits/${sha}`,
        commit: resolving.make.commit(resolving, of.repo, sha),
      })),
    reviews: (given: ConnectionArguments & { states?: readonly string[] | null }) => {
      const rows = details().reviews.filter(({ state }) => !given.states || given.states.includes(state))
      return connection(byPlace(rows), given, (row) => reviewNode(resolving, row, of))
    },
    comments: (given: ConnectionArguments) =>
      connection(byPlace(details().comments), given, (row) => commentNode(resolving, row, of)),
    timelineItems: (given: ConnectionArguments & { itemTypes?: readonly string[] | null; since?: string | null }) =>
      timeline(resolving, of, given),
    closingIssuesReferences: (given: ConnectionArguments) => connection([], given, () => null),
  }
}

function fileNode({ path, additions, deletions, status }: FileChange) {
  const changeType = status === 'removed' ? 'DELETED' : status.toUpperCase()
  return { path, additions, deletions, changeType, viewerViewedState: 'UNVIEWED' }
}

function reviewNode(resolving: Resolving, review: Review, { pull, repo }: Of) {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('review', pull.id, review.id),
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    bodyText: review.body,
    url: `${resolving.github.urls.pull(repo, pull.number)}#pullrequestreview-${review.id}`,
    createdAt: time(review.at),
    updatedAt: time(review.at),
    submittedAt: time(review.at),
    authorAssociation: 'MEMBER',
    author: () => resolving.make.actor(resolving, review.authorId),
    commit: () => resolving.make.commit(resolving, repo, review.commitSha),
  }
}

function commentNode(resolving: Resolving, comment: Comment, { pull, repo }: Of) {
  return {
    __typename: 'IssueComment',
    id: nodeId('comment', pull.id, comment.id),
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    url: `${resolving.github.urls.pull(repo, pull.number)}#issuecomment-${comment.id}`,
    createdAt: time(comment.at),
    updatedAt: time(comment.at),
    authorAssociation: comment.authorId === pull.authorId ? authorAssociation(repo, pull) : 'MEMBER',
    author: () => resolving.make.actor(resolving, comment.authorId),
  }
}

const EVENT_TYPES = {
  closed: ['ClosedEvent', 'CLOSED_EVENT'],
  reopened: ['ReopenedEvent', 'REOPENED_EVENT'],
  merged: ['MergedEvent', 'MERGED_EVENT'],
  labeled: ['LabeledEvent', 'LABELED_EVENT'],
  referenced: ['ReferencedEvent', 'REFERENCED_EVENT'],
  cross_referenced: ['CrossReferencedEvent', 'CROSS_REFERENCED_EVENT'],
} as const

type TimelineArguments = ConnectionArguments & { itemTypes?: readonly string[] | null; since?: string | null }

function timeline(resolving: Resolving, of: Of, given: TimelineArguments) {
  const all = resolving.github.world.getDetails(of.pull).events
  const since = given.since ? new Date(given.since) : null
  const rows = all.filter(({ kind, at }) => {
    const isWanted = !given.itemTypes || given.itemTypes.includes(EVENT_TYPES[kind][1])
    return isWanted && (!since || at >= since)
  })
  const made = connection(byPlace(rows), given, (event) => eventNode(resolving, event, of))
  const updatedAt = time(of.pull.updatedAt)
  return { ...made, filteredCount: rows.length, pageCount: made.edges.length, totalCount: all.length, updatedAt }
}

function eventNode(resolving: Resolving, event: PullRequestEvent, { pull, repo }: Of) {
  const common = {
    __typename: EVENT_TYPES[event.kind][0],
    id: nodeId('event', pull.id, event.id),
    createdAt: time(event.at),
    actor: () => resolving.make.actor(resolving, event.actorId),
    url: `${resolving.github.urls.pull(repo, pull.number)}#event-${event.id}`,
  }
  const commit = (sha: string | null) => (sha ? resolving.make.commit(resolving, repo, sha) : null)
  switch (event.kind) {
    case 'closed':
      return { ...common, closable: () => pullRequestNode(resolving, pull), closer: () => commit(event.commitSha) }
    case 'merged': {
      const mergeRefName = pull.baseBranch
      return {
        ...common,
        mergeRefName,
        commit: () => commit(event.commitSha),
        pullRequest: () => pullRequestNode(resolving, pull),
      }
    }
    case 'referenced': {
      const subject = () => pullRequestNode(resolving, pull)
      const isDirectReference = false
      const commitRepository = () => resolving.make.repository(resolving, repo)
      const isKnown = resolving.github.world.findCommit('github', repo.id, event.commitSha) !== null
      return {
        ...common,
        // A commit that is gone from the repository is null.
        commit: () => (isKnown ? commit(event.commitSha) : null),
        subject,
        commitRepository,
        isCrossRepository: false,
        isDirectReference,
      }
    }
    case 'labeled': {
      const label = { id: nodeId('label', repo.id, event.label), name: event.label, color: 'ededed' }
      return { ...common, label, labelable: () => pullRequestNode(resolving, pull) }
    }
    case 'cross_referenced': {
      const source = resolving.github.world.findPullRequest({ ...pull, number: event.number })
      return {
        ...common,
        source: () => pullRequestNode(resolving, source ?? pull),
        target: () => pullRequestNode(resolving, pull),
        resourcePath: `/${repo.owner}/${repo.name}/pull/${pull.number}`,
        referencedAt: time(event.at),
        isCrossRepository: false,
        willCloseTarget: false,
      }
    }
    case 'reopened':
      return { ...common, closable: () => pullRequestNode(resolving, pull), stateReason: null }
  }
}
