import { createHash } from 'node:crypto'
import type { SandboxContext } from '../http/types'
import type { PullRequest, Repository } from '../world/types'
import { shownRepository } from './repository-shape'
import { giteeTime, giteeTimeOrNull } from './time'
import { shownUserById } from './user-shape'

/**
 * A pull request, the same in list and detail. What Gitee leaves out stays out: no additions, deletions or
 * changed_files, no merge_commit_sha, no merged_by.
 */
export function shownPull(context: SandboxContext, repository: Repository, pull: PullRequest) {
  const fullName = `${repository.owner}/${repository.name}`
  const html = `${context.origin}/gitee/${fullName}/pulls/${pull.number}`
  const api = `${context.origin}/gitee/api/v5/repos/${fullName}/pulls`
  const url = `${api}/${pull.number}`
  return {
    id: pull.id,
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${url}/issues`,
    commits_url: `${url}/commits`,
    review_comments_url: `${api}/comments/{/number}`,
    review_comment_url: `${api}/comments`,
    comments_url: `${url}/comments`,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    assignees_number: 1,
    testers_number: 1,
    assignees: [],
    testers: [],
    milestone: null,
    labels: shownLabels(context, repository, pull),
    locked: false,
    created_at: giteeTime(pull.createdAt),
    updated_at: giteeTime(pull.updatedAt),
    closed_at: giteeTimeOrNull(pull.closedAt),
    merged_at: giteeTimeOrNull(pull.mergedAt),
    mergeable: true,
    can_merge_check: false,
    draft: pull.isDraft,
    head: shownHead(context, repository, pull),
    base: {
      label: pull.baseBranch,
      ref: pull.baseBranch,
      sha: pull.baseSha,
      user: shownUserById(context, repository.ownerId),
      repo: shownRepository(context, repository),
    },
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: `${url}/issues` },
      comments: { href: `${url}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/comments/${pull.number}` },
      commits: { href: `${url}/commits` },
    },
    user: shownUserById(context, pull.authorId),
  }
}

export function shownLabels(context: SandboxContext, repository: Repository, pull: PullRequest) {
  const url = `${context.origin}/gitee/api/v5/repos/${repository.owner}/${repository.name}/labels`
  return pull.labels.map((name) => ({
    id: labelId(repository.id, name),
    name,
    color: 'f29513',
    repository_id: repository.id,
    url: `${url}/${encodeURIComponent(name)}`,
    created_at: giteeTime(repository.createdAt),
    updated_at: giteeTime(repository.createdAt),
  }))
}

function shownHead(context: SandboxContext, repository: Repository, pull: PullRequest) {
  const isSameRepository = pull.headRepositoryId === pull.repositoryId
  const user = shownUserById(context, pull.authorId)
  return {
    label: isSameRepository || user === null ? pull.headBranch : `${user.login}:${pull.headBranch}`,
    ref: pull.headBranch,
    sha: pull.headSha,
    user,
    repo: pull.headRepositoryId === null ? null : shownHeadRepository(context, repository, pull),
  }
}

/** Forks are no repositories of the world: they have an id, their author's name and nothing else of their own. */
function shownHeadRepository(context: SandboxContext, base: Repository, pull: PullRequest) {
  const known = context.world.findRepository('gitee', pull.headRepositoryId ?? base.id)
  if (known !== null) return shownRepository(context, known)
  const author = context.world.findAccount('gitee', pull.authorId)
  return shownRepository(context, {
    ...base,
    id: pull.headRepositoryId ?? base.id,
    ownerId: pull.authorId,
    owner: author?.login ?? 'ghost',
    displayName: base.name,
    isFork: true,
  })
}

function labelId(repositoryId: number, name: string): number {
  return 20_000_000 + (createHash('sha256').update(`${repositoryId}/${name}`).digest().readUInt32BE(0) % 80_000_000)
}
