import { shaOf } from '../../world/random'
import type { Comment, Commit, FileChange, PullRequest, Repository, Review } from '../../world/types'
import type { GitHub } from '../github'
import { nodeId } from '../node-ids'
import { authorAssociation, restAccount } from '../people'
import { time } from '../urls'
import type { Schemas } from './schemas'
import { nullableUser } from './user'

export type Of = { pull: PullRequest; repo: Repository }

export function diffEntry(github: GitHub, file: FileChange, { pull, repo }: Of): Schemas['diff-entry'] {
  const sha = shaOf('blob', pull.id, file.path)
  return { ...entryOf(github, file, { repo, sha: pull.headSha, patch: github.world.getPatch(pull, file) }), sha }
}

type Shown = { repo: Repository; sha: string; patch: string }

function entryOf({ urls }: GitHub, file: FileChange, { repo, sha, patch }: Shown): Schemas['diff-entry'] {
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: shaOf('blob', sha, file.path),
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${urls.repository(repo)}/blob/${sha}/${path}`,
    raw_url: `${urls.repository(repo)}/raw/${sha}/${path}`,
    contents_url: `${urls.apiRepository(repo)}/contents/${path}?ref=${sha}`,
    ...(patch ? { patch } : {}),
    ...(file.previousPath ? { previous_filename: file.previousPath } : {}),
  }
}

export function review(github: GitHub, one: Review, { pull, repo }: Of): Schemas['pull-request-review'] {
  const html = `${github.urls.pull(repo, pull.number)}#pullrequestreview-${one.id}`
  const url = `${github.urls.apiRepository(repo)}/pulls/${pull.number}`
  return {
    id: one.id,
    node_id: nodeId('review', pull.id, one.id),
    user: nullableUser(github.urls, restAccount(github.world, one.authorId)),
    body: one.body,
    state: one.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: time(one.at),
    commit_id: one.commitSha,
    author_association: 'MEMBER',
  }
}

/** What a reviewer wrote at a line: requests for changes stand at the first file. */
export function reviewComment(github: GitHub, one: Review, { pull, repo }: Of): Schemas['pull-request-review-comment'] {
  const file = github.world.getDetails(pull).files[0]
  const url = `${github.urls.apiRepository(repo)}/pulls/comments/${one.id}`
  const html = `${github.urls.pull(repo, pull.number)}#discussion_r${one.id}`
  const pullUrl = `${github.urls.apiRepository(repo)}/pulls/${pull.number}`
  return {
    url,
    pull_request_review_id: one.id,
    id: one.id,
    node_id: nodeId('comment', pull.id, one.id),
    diff_hunk: file ? (github.world.getPatch(pull, file).split('\n')[0] ?? '') : '',
    path: file?.path ?? '',
    commit_id: one.commitSha,
    original_commit_id: one.commitSha,
    user: nullableUser(github.urls, restAccount(github.world, one.authorId)),
    body: one.body,
    created_at: time(one.at),
    updated_at: time(one.at),
    html_url: html,
    pull_request_url: pullUrl,
    author_association: 'MEMBER',
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
  }
}

export function issueComment(github: GitHub, one: Comment, { pull, repo }: Of): Schemas['issue-comment'] {
  const issue = `${github.urls.apiRepository(repo)}/issues/${pull.number}`
  return {
    id: one.id,
    node_id: nodeId('comment', pull.id, one.id),
    url: `${github.urls.apiRepository(repo)}/issues/comments/${one.id}`,
    body: one.body,
    html_url: `${github.urls.pull(repo, pull.number)}#issuecomment-${one.id}`,
    user: nullableUser(github.urls, restAccount(github.world, one.authorId)),
    created_at: time(one.at),
    updated_at: time(one.at),
    issue_url: issue,
    author_association: one.authorId === pull.authorId ? authorAssociation(repo, pull) : 'MEMBER',
  }
}

/** What a commit changed: its own files, or those of the pull request that it came with. */
export function filesOfCommit(github: GitHub, one: Commit, repo: Repository): Schemas['diff-entry'][] {
  if (one.files) return one.files.map((file) => entryOf(github, file, { repo, sha: one.sha, patch: file.patch }))
  if (one.cameWith === undefined) return []
  const pull = github.world.findPullRequest({ platform: 'github', repositoryId: repo.id, number: one.cameWith })
  return pull ? github.world.getDetails(pull).files.map((file) => diffEntry(github, file, { pull, repo })) : []
}

/** As GitHub shows it: with the addresses behind the commit, which its readers must drop. */
export function commit(github: GitHub, one: Commit, repo: Repository): Schemas['commit'] {
  const { urls, world } = github
  const url = `${urls.apiRepository(repo)}/commits/${one.sha}`
  return {
    url,
    sha: one.sha,
    node_id: nodeId('commit', repo.id, one.sha),
    html_url: urls.commit(repo, one.sha),
    comments_url: `${url}/comments`,
    commit: {
      url: `${urls.apiRepository(repo)}/git/commits/${one.sha}`,
      author: { name: one.authorName, email: one.authorEmail, date: time(one.at) },
      committer: { name: one.committerName, email: one.committerEmail, date: time(one.at) },
      message: urls.text(one.message),
      comment_count: 0,
      tree: { sha: shaOf('tree', one.sha), url: `${urls.apiRepository(repo)}/git/trees/${shaOf('tree', one.sha)}` },
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: nullableUser(urls, restAccount(world, one.authorId)),
    committer: nullableUser(urls, restAccount(world, one.committerId)),
    parents: one.parents.map((sha) => {
      return { sha, url: `${urls.apiRepository(repo)}/commits/${sha}`, html_url: urls.commit(repo, sha) }
    }),
  }
}
