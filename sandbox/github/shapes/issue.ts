import type { PullRequest, PullRequestEvent, Repository } from '../../world/types'
import type { GitHub } from '../github'
import { nodeId } from '../node-ids'
import { authorAssociation, restAccount } from '../people'
import { time } from '../urls'
import type { Of } from './pull-parts'
import { label } from './pull-request'
import type { Schemas } from './schemas'
import { nullableUser } from './user'

export function searchItem(github: GitHub, pull: PullRequest, repo: Repository): Schemas['issue-search-result-item'] {
  const url = `${github.urls.apiRepository(repo)}/issues/${pull.number}`
  const html = github.urls.pull(repo, pull.number)
  return {
    url,
    repository_url: github.urls.apiRepository(repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: pull.id,
    node_id: nodeId('pullRequest', pull.id),
    number: pull.number,
    title: pull.title,
    user: nullableUser(github.urls, restAccount(github.world, pull.authorId)),
    labels: pull.labels.map((name) => label(github, repo, name)),
    state: pull.state === 'open' ? 'open' : 'closed',
    state_reason: null,
    assignee: null,
    milestone: null,
    comments: github.world.getDetails(pull).comments.length,
    created_at: time(pull.createdAt),
    updated_at: time(pull.updatedAt),
    closed_at: pull.closedAt && time(pull.closedAt),
    pull_request: {
      url: `${github.urls.apiRepository(repo)}/pulls/${pull.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.mergedAt && time(pull.mergedAt),
    },
    body: github.urls.text(pull.body),
    score: 1,
    locked: false,
    author_association: authorAssociation(repo, pull),
    draft: pull.isDraft,
    timeline_url: `${url}/timeline`,
  }
}

/** One line of `/issues/{n}/events` and of the timeline. */
export function issueEvent(github: GitHub, event: PullRequestEvent, { pull, repo }: Of): Schemas['issue-event'] {
  const sha = 'commitSha' in event ? event.commitSha : null
  return {
    id: event.id,
    node_id: nodeId('event', pull.id, event.id),
    url: `${github.urls.apiRepository(repo)}/issues/events/${event.id}`,
    actor: nullableUser(github.urls, restAccount(github.world, event.actorId)),
    event: event.kind === 'cross_referenced' ? 'cross-referenced' : event.kind,
    commit_id: sha,
    commit_url: sha && `${github.urls.apiRepository(repo)}/commits/${sha}`,
    created_at: time(event.at),
    performed_via_github_app: null,
    ...(event.kind === 'labeled' ? { label: { name: event.label, color: 'ededed' } } : {}),
  }
}
