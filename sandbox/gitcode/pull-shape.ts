import { createHash } from 'node:crypto'
import type { SandboxContext } from '../http/types'
import type { PullRequest, Repository } from '../world/types'
import { shownRepository } from './repository-shape'
import { gitcodeTime, gitcodeTimeOrEmpty } from './time'
import { shownAuthor, shownUserById } from './user-shape'

type Shown = { context: SandboxContext; repository: Repository; pull: PullRequest }

function addresses({ context, repository, pull }: Shown) {
  const fullName = `${repository.owner}/${repository.name}`
  const html = `${context.origin}/gitcode/${fullName}/pull/${pull.number}`
  return { html, api: `${context.origin}/gitcode/api/v5/repos/${fullName}/pulls/${pull.number}` }
}

/** What lists and single answers have in common: no commit by which it was merged, dates that are missing as empty texts. */
function common(shown: Shown) {
  const { context, repository, pull } = shown
  const { html, api } = addresses(shown)
  return {
    assignees: [],
    assignees_number: 0,
    body: pull.body,
    can_merge_check: false,
    created_at: gitcodeTime(pull.createdAt),
    draft: pull.isDraft,
    html_url: html,
    id: pull.id,
    issue_url: `${api}/issues`,
    labels: pull.labels.map((name) => shownLabel(repository, name)),
    mergeable: pull.state === 'open',
    merged_at: gitcodeTimeOrEmpty(pull.mergedAt),
    number: pull.number,
    prune_branch: false,
    state: pull.state,
    testers: [],
    title: pull.title,
    updated_at: gitcodeTime(pull.updatedAt),
    url: api,
    user: shownAuthor(context, pull.authorId),
    ...(pull.mergedById === null ? {} : { merged_by: shownUserById(context, pull.mergedById) }),
  }
}

/** As lists show it: with line counts and the whole repository. */
export function shownListed(shown: Shown) {
  const { context, repository, pull } = shown
  const whole = shownRepository(context, repository)
  const place = { repo: whole, user: whole.owner }
  return {
    ...common(shown),
    added_lines: pull.additions,
    removed_lines: pull.deletions,
    closed_at: gitcodeTimeOrEmpty(pull.closedAt),
    base: { label: pull.baseBranch, ref: pull.baseBranch, sha: pull.baseSha, ...place },
    head: { label: pull.headBranch, ref: pull.headBranch, sha: pull.headSha, ...place },
    diff_refs: { base_sha: pull.baseSha, head_sha: pull.headSha, start_sha: pull.baseSha },
    iid: pull.number,
    locked: false,
    notes: 0,
    project_id: repository.id,
    source_branch: pull.headBranch,
    source_project_id: pull.headRepositoryId ?? repository.id,
    target_branch: pull.baseBranch,
    visibility_reason: repository.isPrivate ? 'other' : 'public',
    web_url: addresses(shown).html,
  }
}

/** A single answer: no counts, little of the repository, and the time of closing under a name with two underscores. */
export function shownSingle(shown: Shown) {
  const { repository, pull } = shown
  const repo = {
    full_name: `${repository.owner}/${repository.name}`,
    name: repository.name,
    namespace: { path: repository.owner },
    path: repository.name,
  }
  return {
    ...common(shown),
    base: { label: pull.baseBranch, ref: pull.baseBranch, repo, sha: pull.baseSha },
    head: { label: pull.headBranch, ref: pull.headBranch, repo, sha: pull.headSha },
    closed__at: gitcodeTimeOrEmpty(pull.closedAt),
    mergeable_state: { merge_request_id: pull.id, state: false, conflict_passed: true },
    ref_pull_requests: [],
  }
}

function shownLabel(repository: Repository, name: string) {
  const id = createHash('sha256').update(`${repository.id}/${name}`).digest().readUInt32BE(0) % 9_000_000
  return { color: '#ED4014', created_at: '', id, name, repository_id: repository.id, title: name, updated_at: '' }
}
