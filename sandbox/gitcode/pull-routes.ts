import type { SandboxResponse } from '../http/types'
import type { PullRequest, Repository } from '../world/types'
import type { GitCodeCall, GitCodeHandler, GitCodeRoute } from './api'
import { gitcodeErrors } from './errors'
import { pageAnswer } from './paging'
import { shownComment, shownCommit, shownFile, shownLog } from './part-shapes'
import { listOwnPulls, listPulls } from './pull-list'
import { shownSingle } from './pull-shape'
import { inRepository } from './repository-routes'

type Answer = (call: GitCodeCall, repository: Repository, pull: PullRequest) => SandboxResponse

function ofPull(answer: Answer): GitCodeHandler {
  return inRepository((call, repository) => {
    const number = Number(call.request.params.number)
    const key = { platform: 'gitcode', repositoryId: repository.id, number } as const
    const pull = Number.isSafeInteger(number) ? call.context.world.findPullRequest(key) : null
    return pull === null ? gitcodeErrors.notFound('Merge request') : answer(call, repository, pull)
  })
}

const getPull = ofPull(({ context }, repository, pull) => ({
  status: 200,
  body: shownSingle({ context, repository, pull }),
}))

const listFiles = ofPull(({ context }, repository, pull) => {
  const { files } = context.world.getDetails(pull)
  return { status: 200, body: files.map((file) => shownFile(context, repository, pull, file)) }
})

const listPullCommits = ofPull(({ request, context }, repository, pull) =>
  pageAnswer(request, context.world.getDetails(pull).commits, (commit) => shownCommit(context, repository, commit)),
)

const listOperateLogs = ofPull(({ request, context }, _repository, pull) => {
  const sign = request.query.get('sort') === 'asc' ? 1 : -1
  const events = context.world.getDetails(pull).events.toSorted((a, b) => sign * (a.at.getTime() - b.at.getTime()))
  return pageAnswer(request, events, (event) => shownLog(context, pull, event))
})

const listComments = ofPull(({ request, context }, _repository, pull) => {
  const type = request.query.get('comment_type')
  const { comments, reviews } = context.world.getDetails(pull)
  const remarks = [
    ...comments.map((remark) => ({ remark, isOnDiff: false })),
    ...reviews.map((remark) => ({ remark, isOnDiff: true })),
  ]
  const wanted = remarks
    .filter(({ isOnDiff }) => type === null || isOnDiff === (type === 'diff_comment'))
    .toSorted((a, b) => a.remark.at.getTime() - b.remark.at.getTime())
  return pageAnswer(request, wanted, ({ remark, isOnDiff }) => shownComment(context, remark, isOnDiff))
})

const PULL = '/repos/:owner/:repo/pulls/:number'

export const pullRoutes: readonly GitCodeRoute[] = [
  ['/user/pulls', listOwnPulls],
  ['/repos/:owner/:repo/pulls', listPulls],
  [PULL, getPull],
  [`${PULL}/files`, listFiles],
  [`${PULL}/commits`, listPullCommits],
  [`${PULL}/operate_logs`, listOperateLogs],
  [`${PULL}/comments`, listComments],
]
