import type { Account, PullRequest, Repository } from '../../world/types'
import type { GitHub } from '../github'
import { nodeId } from '../node-ids'
import { authorAssociation, restAccount } from '../people'
import { time } from '../urls'
import { repository } from './repository'
import type { Schemas } from './schemas'
import { nullableUser } from './user'

/** GitHub answers `repo: null` where the fork is gone, though its description does not say so. */
type Side = Omit<Schemas['pull-request-simple']['head'], 'repo'> & { repo: Schemas['repository'] | null }
export type SimplePullRequest = Omit<Schemas['pull-request-simple'], 'head'> & { head: Side }
type DetailFields = 'state' | 'merged' | 'mergeable' | 'rebaseable' | 'mergeable_state' | 'merged_by' | 'comments'
type SizeFields = 'review_comments' | 'maintainer_can_modify' | 'commits' | 'additions' | 'deletions' | 'changed_files'
export type FullPullRequest = SimplePullRequest & Pick<Schemas['pull-request'], DetailFields | SizeFields>

export function simplePullRequest(github: GitHub, pull: PullRequest, repo: Repository): SimplePullRequest {
  const { urls, world } = github
  const url = `${urls.apiRepository(repo)}/pulls/${pull.number}`
  const html = urls.pull(repo, pull.number)
  const issue = `${urls.apiRepository(repo)}/issues/${pull.number}`
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${urls.apiRepository(repo)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${urls.apiRepository(repo)}/statuses/${pull.headSha}`,
  }
  return {
    url,
    id: pull.id,
    node_id: nodeId('pullRequest', pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    locked: false,
    title: pull.title,
    user: nullableUser(urls, restAccount(world, pull.authorId)),
    body: urls.text(pull.body),
    labels: pull.labels.map((name) => label(github, repo, name)),
    milestone: null,
    active_lock_reason: null,
    created_at: time(pull.createdAt),
    updated_at: time(pull.updatedAt),
    closed_at: pull.closedAt && time(pull.closedAt),
    merged_at: pull.mergedAt && time(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: headOf(github, pull, repo),
    base: baseOf(github, pull, repo),
    _links: {
      self: { href: links.self },
      html: { href: links.html },
      issue: { href: links.issue },
      comments: { href: links.comments },
      review_comments: { href: links.review_comments },
      review_comment: { href: links.review_comment },
      commits: { href: links.commits },
      statuses: { href: links.statuses },
    },
    author_association: authorAssociation(repo, pull),
    auto_merge: null,
    draft: pull.isDraft,
  }
}

/** Only the detail call has sizes and the merger. */
export function fullPullRequest(github: GitHub, pull: PullRequest, repo: Repository): FullPullRequest {
  const details = github.world.getDetails(pull)
  const isOpen = pull.state === 'open'
  return {
    ...simplePullRequest(github, pull, repo),
    state: isOpen ? 'open' : 'closed',
    merged: pull.mergedAt !== null,
    mergeable: isOpen ? true : null,
    rebaseable: isOpen ? true : null,
    mergeable_state: isOpen ? 'clean' : 'unknown',
    merged_by: nullableUser(github.urls, restAccount(github.world, pull.mergedById)),
    comments: details.comments.length,
    review_comments: details.reviews.filter(({ state }) => state === 'CHANGES_REQUESTED').length,
    maintainer_can_modify: isOpen,
    commits: pull.commitCount,
    additions: pull.additions,
    deletions: pull.deletions,
    changed_files: pull.changedFiles,
  }
}

export function label({ urls }: GitHub, repo: Repository, name: string) {
  return {
    id: 1_000_000 + name.length * 977,
    node_id: nodeId('label', repo.id, name),
    url: `${urls.apiRepository(repo)}/labels/${encodeURIComponent(name)}`,
    name,
    description: '',
    color: 'ededed',
    default: false,
  }
}

function baseOf(github: GitHub, pull: PullRequest, repo: Repository): Schemas['pull-request-simple']['base'] {
  const owner = ownerOf(github, repo)
  return {
    label: `${repo.owner}:${pull.baseBranch}`,
    ref: pull.baseBranch,
    sha: pull.baseSha,
    user: nullableUser(github.urls, owner),
    repo: repository(github.urls, repo, owner),
  }
}

function headOf(github: GitHub, pull: PullRequest, repo: Repository): Side {
  const author = restAccount(github.world, pull.authorId)
  const user = nullableUser(github.urls, author)
  const owner = author?.login ?? 'unknown'
  const side = { label: `${owner}:${pull.headBranch}`, ref: pull.headBranch, sha: pull.headSha, user }
  if (pull.headRepositoryId === null || !author) return { ...side, repo: null }
  const fork = { ...repo, id: pull.headRepositoryId, owner, ownerId: author.id, isFork: true, stars: 0 }
  return { ...side, repo: repository(github.urls, fork, author) }
}

export function ownerOf({ world }: GitHub, repo: Repository): Account {
  const owner = world.findAccount('github', repo.ownerId)
  if (!owner) throw new Error(`no account owns ${repo.owner}/${repo.name}`)
  return owner
}
