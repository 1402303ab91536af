import type { SandboxResponse } from '../http/types'
import type { PullRequest, Repository } from '../world/types'
import type { GiteeCall, GiteeHandler, GiteeRoute } from './api'
import { giteeErrors } from './errors'
import { pageAnswer } from './paging'
import { operateLogsOf, shownCommit, shownFile, shownOperateLog } from './part-shapes'
import { listPulls } from './pull-list'
import { shownLabels, shownPull } from './pull-shape'
import { inRepository } from './repository-routes'
import { giteeTime } from './time'
import { shownUserById } from './user-shape'

const MAX_FILES = 300
const MAX_COMMITS = 250

type Answer = (call: GiteeCall, repository: Repository, pull: PullRequest) => SandboxResponse

function ofPull(answer: Answer): GiteeHandler {
  return inRepository((call, repository) => {
    const number = Number(call.request.params.number)
    const key = { platform: 'gitee', repositoryId: repository.id, number } as const
    const pull = Number.isSafeInteger(number) ? call.context.world.findPullRequest(key) : null
    return pull === null ? giteeErrors.notFound() : answer(call, repository, pull)
  })
}

const getPull = ofPull(({ context }, repository, pull) => ({
  status: 200,
  body: shownPull(context, repository, pull),
}))

/** Not paged; what is over 300 is not there. */
const listFiles = ofPull(({ context }, repository, pull) => {
  const { files } = context.world.getDetails(pull)
  return { status: 200, body: files.slice(0, MAX_FILES).map((file) => shownFile(context, repository, pull, file)) }
})

/** Not paged; what is over 250 is not there. */
const listPullCommits = ofPull(({ context }, repository, pull) => {
  const { commits } = context.world.getDetails(pull)
  return { status: 200, body: commits.slice(0, MAX_COMMITS).map((commit) => shownCommit(context, repository, commit)) }
})

const listOperateLogs = ofPull(({ request, context }, _repository, pull) => {
  const sort = request.query.get('sort') ?? 'desc'
  if (sort !== 'asc' && sort !== 'desc') return giteeErrors.invalid('sort')
  const sign = sort === 'asc' ? 1 : -1
  const logs = operateLogsOf(pull, context.world.getDetails(pull).events).toSorted(
    (left, right) => sign * (left.at.getTime() - right.at.getTime() || left.id - right.id),
  )
  return { status: 200, body: logs.map((log) => shownOperateLog(context, log)) }
})

const listComments = ofPull(({ request, context }, repository, pull) => {
  const type = request.query.get('comment_type')
  const { comments, reviews } = context.world.getDetails(pull)
  const remarks = comments.map((comment) => ({ ...comment, isOnDiff: false, commitSha: null }))
  const onDiff = reviews.map((review) => ({ ...review, isOnDiff: true }))
  const wanted = [...remarks, ...onDiff]
    .filter(({ isOnDiff }) => type === null || isOnDiff === (type === 'diff_comment'))
    .toSorted((left, right) => left.at.getTime() - right.at.getTime() || left.id - right.id)
  const fullName = `${repository.owner}/${repository.name}`
  const api = `${context.origin}/gitee/api/v5/repos/${fullName}/pulls`
  return pageAnswer(request, wanted, (comment) => ({
    url: `${api}/comments/${comment.id}`,
    id: comment.id,
    path: comment.isOnDiff ? (context.world.getDetails(pull).files[0]?.path ?? null) : null,
    position: comment.isOnDiff ? '1' : null,
    original_position: comment.isOnDiff ? '1' : null,
    commit_id: comment.commitSha,
    original_commit_id: comment.commitSha,
    user: shownUserById(context, comment.authorId),
    created_at: giteeTime(comment.at),
    updated_at: giteeTime(comment.at),
    body: comment.body,
    comment_type: comment.isOnDiff ? 'diff_comment' : 'pr_comment',
    html_url: `${context.origin}/gitee/${fullName}/pulls/${pull.number}#note_${comment.id}`,
    pull_request_url: `${api}/${pull.number}`,
  }))
})

const listLabels = ofPull(({ request, context }, repository, pull) =>
  pageAnswer(request, shownLabels(context, repository, pull), (label) => label),
)

const listIssues = ofPull(({ request }) => pageAnswer(request, [], (issue) => issue))

/** Only the status speaks: 204 merged, 404 not. */
const isMerged = ofPull((_call, _repository, pull) =>
  pull.state === 'merged' ? { status: 204 } : giteeErrors.notFound(),
)

const PULL = '/repos/:owner/:repo/pulls/:number'

export const pullRoutes: readonly GiteeRoute[] = [
  ['/repos/:owner/:repo/pulls', listPulls],
  [PULL, getPull],
  [`${PULL}/files`, listFiles],
  [`${PULL}/commits`, listPullCommits],
  [`${PULL}/operate_logs`, listOperateLogs],
  [`${PULL}/comments`, listComments],
  [`${PULL}/labels`, listLabels],
  [`${PULL}/issues`, listIssues],
  [`${PULL}/merge`, isMerged],
]
