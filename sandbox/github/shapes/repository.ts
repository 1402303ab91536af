import { pushedAtOf } from '../../world/root-files'
import type { Account, Repository } from '../../world/types'
import { nodeId } from '../node-ids'
import { time, type Urls } from '../urls'
import type { Schemas } from './schemas'
import { simpleUser } from './user'

/** Fields of a repository that are the same wherever it is shown. */
export function repository(urls: Urls, repo: Repository, owner: Account) {
  const pushedAt = time(pushedAtOf(repo))
  return {
    ...addresses(urls, repo),
    id: repo.id,
    node_id: nodeId('repository', repo.id),
    name: repo.name,
    full_name: `${repo.owner}/${repo.name}`,
    owner: simpleUser(urls, owner),
    private: repo.isPrivate,
    description: repo.description,
    fork: repo.isFork,
    homepage: '',
    license: license(urls, repo),
    language: repo.language,
    forks_count: Math.floor(repo.stars / 5),
    forks: Math.floor(repo.stars / 5),
    stargazers_count: repo.stars,
    watchers_count: repo.stars,
    watchers: repo.stars,
    size: 1024 + (repo.id % 90_000),
    default_branch: repo.defaultBranch,
    open_issues_count: repo.id % 300,
    open_issues: repo.id % 300,
    is_template: false,
    topics: [...repo.topics],
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: repo.isArchived,
    disabled: false,
    visibility: repo.isPrivate ? 'private' : 'public',
    pushed_at: pushedAt,
    created_at: time(repo.createdAt),
    updated_at: pushedAt,
    permissions: { admin: false, pull: true, push: false },
    allow_rebase_merge: true,
    temp_clone_token: '',
    allow_squash_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: true,
    allow_merge_commit: true,
    allow_forking: true,
    web_commit_signoff_required: false,
  } satisfies Schemas['repository']
}

/** What the repository's own address answers with. */
export function fullRepository(urls: Urls, repo: Repository, owner: Account): Schemas['full-repository'] {
  return {
    ...repository(urls, repo, owner),
    subscribers_count: repo.stars % 900,
    network_count: Math.floor(repo.stars / 5),
    ...(owner.kind === 'Organization' ? { organization: simpleUser(urls, owner) } : {}),
  }
}

function license(urls: Urls, { license: spdx }: Repository): Schemas['nullable-license-simple'] {
  const key = spdx?.toLowerCase() ?? 'other'
  return {
    key,
    name: spdx ?? 'Other',
    url: spdx ? `${urls.api}/licenses/${key}` : null,
    spdx_id: spdx ?? 'NOASSERTION',
    node_id: nodeId('license', key),
    html_url: `${urls.web}/licenses/${key}`,
  }
}

function addresses(urls: Urls, repo: Repository) {
  const url = urls.apiRepository(repo)
  const html = urls.repository(repo)
  const ssh = `git@github.com:${repo.owner}/${repo.name}.git`
  return {
    url,
    html_url: html,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_url: `git:github.com/${repo.owner}/${repo.name}.git`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    ssh_url: ssh,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${html}.git`,
    mirror_url: null,
    svn_url: html,
  }
}
