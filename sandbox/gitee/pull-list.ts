import { z } from 'zod'
import type { SandboxContext } from '../http/types'
import type { PullRequest, Repository } from '../world/types'
import { giteeErrors } from './errors'
import { pageAnswer } from './paging'
import { shownPull } from './pull-shape'
import { dateOf, inRepository } from './repository-routes'

const stateSchema = z.enum(['open', 'closed', 'merged', 'all'])
const sortSchema = z.enum(['created', 'updated', 'popularity', 'long-running'])
const directionSchema = z.enum(['asc', 'desc'])

/**
 * `GET /repos/:owner/:repo/pulls` with the parameters that Gitee has. `merged` is a state of its own, `since` starts
 * the time of the last update; there is no end and no time of merging to ask for.
 */
export const listPulls = inRepository(({ request, context }, repository) => {
  const { query } = request
  const state = stateSchema.safeParse(query.get('state') || 'open')
  const sort = sortSchema.safeParse(query.get('sort') || 'created')
  const direction = directionSchema.safeParse(query.get('direction') || 'desc')
  const since = dateOf(query.get('since'))
  if (!state.success) return giteeErrors.invalid('state')
  if (!sort.success) return giteeErrors.invalid('sort')
  if (!direction.success) return giteeErrors.invalid('direction')
  if (since === 'invalid') return giteeErrors.invalid('since')
  const filter: PullFilter = {
    state: state.data,
    since,
    base: query.get('base') || null,
    head: query.get('head') || null,
    author: query.get('author') || null,
    labels: (query.get('labels') ?? '').split(',').filter((label) => label !== ''),
    field: sort.data === 'updated' ? 'updated' : 'created',
    direction: direction.data,
  }
  const found = findPulls(context, repository, filter)
  return pageAnswer(request, found, (pull) => shownPull(context, repository, pull))
})

type PullFilter = {
  state: z.infer<typeof stateSchema>
  since: Date | null
  base: string | null
  head: string | null
  author: string | null
  labels: readonly string[]
  field: 'created' | 'updated'
  direction: z.infer<typeof directionSchema>
}

function findPulls(context: SandboxContext, repository: Repository, filter: PullFilter): PullRequest[] {
  const author = filter.author === null ? null : context.world.findAccountByLogin('gitee', filter.author)
  if (filter.author !== null && author === null) return []
  const scope = { platform: 'gitee', repositoryId: repository.id, ...(author && { authorId: author.id }) } as const
  const list = context.world.listPullRequests(scope, { field: filter.field, direction: filter.direction })
  const found: PullRequest[] = []
  for (let index = 0; index < list.length; index += 1) {
    const pull = list.at(index)
    if (pull === undefined) continue
    const isBeforeSince = filter.since !== null && pull.updatedAt < filter.since
    if (isBeforeSince && filter.field === 'updated' && filter.direction === 'desc') break
    if (!isBeforeSince && isWanted(context, pull, filter)) found.push(pull)
  }
  return found
}

function isWanted(context: SandboxContext, pull: PullRequest, filter: PullFilter): boolean {
  if (filter.state !== 'all' && pull.state !== filter.state) return false
  if (filter.base !== null && pull.baseBranch !== filter.base) return false
  if (filter.head !== null && !isHead(context, pull, filter.head)) return false
  return filter.labels.every((label) => pull.labels.includes(label))
}

/** `branch` or `user:branch`. */
function isHead(context: SandboxContext, pull: PullRequest, head: string): boolean {
  const login = context.world.findAccount('gitee', pull.authorId)?.login
  return head === pull.headBranch || head === `${login}:${pull.headBranch}`
}
