import type { PullRequest, Repository } from '../world/types'
import type { HubCall, HubRoute } from './api'
import { shownDetails, shownDiscussion, statusOf } from './discussion-shape'
import { hubErrors } from './errors'
import { inRepository } from './repository-routes'
import { KINDS, type KindPath } from './repository-shape'

const PAGE_SIZE = 50

/** `closed` means everything that is not open any more, merged or not: there is no filter for what was merged. */
const STATUS_FILTERS = {
  all: () => true,
  open: (pull: PullRequest) => pull.state === 'open',
  closed: (pull: PullRequest) => pull.state !== 'open',
} as const

const listDiscussions = (kind: KindPath) =>
  inRepository(kind, (call, repository) => {
    const { query, fault } = call.request
    const status = query.get('status') ?? 'all'
    const type = query.get('type') ?? 'all'
    const author = query.get('author')?.toLowerCase() ?? null
    if (!(status in STATUS_FILTERS) || !['all', 'discussion', 'pull_request'].includes(type)) {
      return { status: 400, body: { error: 'Invalid query' } }
    }
    const found = pullRequestsOf(call, repository)
      .filter(() => type !== 'discussion')
      .filter(STATUS_FILTERS[isFilter(status) ? status : 'all'])
      .filter(({ authorId }) => author === null || loginOf(call, authorId) === author)
    const page = Math.max(0, Number(query.get('p') ?? '0') || 0)
    const start = Math.max(0, page * PAGE_SIZE - (fault?.kind === 'shift_page' ? 1 : 0))
    return {
      status: 200,
      body: {
        discussions: found
          .slice(start, start + PAGE_SIZE)
          .map((pull) => shownDiscussion(call.context, repository, pull)),
        count: found.length,
        start,
        numClosedDiscussions: found.filter((pull) => statusOf(pull) !== 'open').length,
      },
    }
  })

function isFilter(status: string): status is keyof typeof STATUS_FILTERS {
  return status in STATUS_FILTERS
}

/** By the time of opening, newest first. */
function pullRequestsOf({ context }: HubCall, { id }: Repository): PullRequest[] {
  const order = { field: 'created', direction: 'desc' } as const
  const list = context.world.listPullRequests({ platform: 'huggingface', repositoryId: id }, order)
  return Array.from({ length: list.length }, (_, index) => list.at(index)).filter((pull) => pull !== undefined)
}

function loginOf({ context }: HubCall, id: number): string | null {
  const account = context.world.findAccount('huggingface', id)
  return account && account.deletedAs === null ? account.login.toLowerCase() : null
}

const getDiscussion = (kind: KindPath) =>
  inRepository(kind, ({ request, context }, repository) => {
    const number = Number(request.params.num)
    const pull = context.world.findPullRequest({ platform: 'huggingface', repositoryId: repository.id, number })
    if (!pull) return hubErrors.notFound()
    return {
      status: 200,
      body: shownDetails(context, repository, { pull, withDiff: request.query.get('diff') === '1' }),
    }
  })

const kinds = Object.keys(KINDS).filter((kind): kind is KindPath => kind in KINDS)

export const discussionRoutes: readonly HubRoute[] = kinds.flatMap((kind): HubRoute[] => [
  [`/${kind}/:ns/:repo/discussions`, listDiscussions(kind)],
  [`/${kind}/:ns/:repo/discussions/:num`, getDiscussion(kind)],
])
