import type { Router } from '../../http/router'
import type { PullRequest } from '../../world/types'
import type { GitHub } from '../github'
import { issueEvent, searchItem } from '../shapes/issue'
import { commit, diffEntry, issueComment, type Of, review, reviewComment } from '../shapes/pull-parts'
import { fullPullRequest, simplePullRequest } from '../shapes/pull-request'
import { type Call, notFound, type RepositoryHandler } from './call'
import { paged, readPage } from './paging'
import { onRepository } from './repositories'

/** GitHub lists at most this many files and commits of one pull request. */
const FILES_LIMIT = 3_000
const COMMITS_LIMIT = 250

export function addPullRoutes(router: Router, github: GitHub): void {
  const on = (path: string, handler: RepositoryHandler) => onRepository(router, github, path, handler)
  on('/pulls', listPulls)
  on(
    '/pulls/:number',
    onPull(({ pull, repo }) => ({ status: 200, body: fullPullRequest(github, pull, repo) })),
  )
  on(
    '/pulls/:number/merge',
    onPull(({ pull }) => (pull.mergedAt ? { status: 204 } : notFound())),
  )
  const rows = <T>(path: string, list: (pull: PullRequest) => readonly T[], show: (row: T, of: Of) => unknown) =>
    on(
      path,
      onPull((call) => {
        const below = path.replace(':number', String(call.pull.number))
        return paged(call, list(call.pull), `/repositories/${call.repo.id}${below}`, (row) => show(row, call))
      }),
    )
  const details = (pull: PullRequest) => github.world.getDetails(pull)
  rows(
    '/pulls/:number/files',
    (pull) => details(pull).files.slice(0, FILES_LIMIT),
    (row, of) => diffEntry(github, row, of),
  )
  rows(
    '/pulls/:number/commits',
    (pull) => details(pull).commits.slice(0, COMMITS_LIMIT),
    (row, of) => commit(github, row, of.repo),
  )
  rows(
    '/pulls/:number/reviews',
    (pull) => details(pull).reviews,
    (row, of) => review(github, row, of),
  )
  on(
    '/pulls/:number/reviews/:review',
    onPull((call) => {
      const found = details(call.pull).reviews.find(({ id }) => String(id) === call.request.params.review)
      return found ? { status: 200, body: review(github, found, call) } : notFound()
    }),
  )
  on('/pulls/comments/:comment', getRemark)
  rows(
    '/pulls/:number/comments',
    (pull) => requests(details(pull).reviews),
    (row, of) => reviewComment(github, row, of),
  )
  rows(
    '/issues/:number/comments',
    (pull) => details(pull).comments,
    (row, of) => issueComment(github, row, of),
  )
  rows(
    '/issues/:number/events',
    // Who speaks of it stands in the timeline alone.
    (pull) => details(pull).events.filter(({ kind }) => kind !== 'cross_referenced'),
    (row, of) => issueEvent(github, row, of),
  )
  rows(
    '/issues/:number/timeline',
    (pull) => details(pull).events,
    (row, of) => issueEvent(github, row, of),
  )
  on(
    '/issues/:number',
    onPull(({ pull, repo }) => ({ status: 200, body: searchItem(github, pull, repo) })),
  )
}

/** A remark's own number leads to its pull request: here it is that of its review. */
const getRemark: RepositoryHandler = ({ github, request, repo }) => {
  const id = Number(request.params.comment)
  const pull = Number.isSafeInteger(id) ? github.world.findPullRequestById('github', Math.floor(id / 8)) : null
  const found = pull && requests(github.world.getDetails(pull).reviews).find((one) => one.id === id)
  if (!pull || !found || pull.repositoryId !== repo.id) return notFound()
  return { status: 200, body: reviewComment(github, found, { pull, repo }) }
}

function requests<T extends { state: string }>(reviews: readonly T[]): readonly T[] {
  return reviews.filter(({ state }) => state === 'CHANGES_REQUESTED')
}

type PullHandler = (call: Parameters<RepositoryHandler>[0] & { pull: PullRequest }) => ReturnType<RepositoryHandler>

function onPull(handler: PullHandler): RepositoryHandler {
  return (call) => {
    const number = Number(call.request.params.number)
    const pull = call.github.world.findPullRequest({ platform: 'github', repositoryId: call.repo.id, number })
    return pull ? handler({ ...call, pull }) : notFound()
  }
}

const listPulls: RepositoryHandler = (call) => {
  const { github, request, repo } = call
  const field = request.query.get('sort') === 'updated' ? 'updated' : 'created'
  const asked = request.query.get('direction')
  const isDescending = asked ? asked === 'desc' : field === 'created'
  const direction = isDescending ? 'desc' : 'asc'
  const list = github.world.listPullRequests({ platform: 'github', repositoryId: repo.id }, { field, direction })
  const wanted = pullFilter(call)
  const rows: PullRequest[] = []
  for (let index = 0; index < list.length; index += 1) {
    const pull = list.at(index)
    if (pull && wanted(pull)) rows.push(pull)
  }
  const answer = paged(call, rows, `/repositories/${repo.id}/pulls`, (pull) => simplePullRequest(github, pull, repo))
  if (request.fault?.kind === 'shift_page') shiftAfter(call, rows)
  return answer
}

/** Somebody touches a pull request that comes later, while the list is read page by page. */
function shiftAfter(call: Call, rows: readonly PullRequest[]): void {
  const { page, perPage } = readPage(call)
  const later = rows.slice(page * perPage).at(-1)
  if (later) call.github.world.changePullRequest(later, { updatedAt: call.github.context.now() })
}

function pullFilter({ request }: Call): (pull: PullRequest) => boolean {
  const state = request.query.get('state') ?? 'open'
  const base = request.query.get('base')
  const head = request.query.get('head')?.split(':').at(-1)
  return (pull) => {
    const shown = pull.state === 'open' ? 'open' : 'closed'
    if (state !== 'all' && shown !== state) return false
    return (!base || pull.baseBranch === base) && (!head || pull.headBranch === head)
  }
}
