import { z } from 'zod'
import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import type { PullRequest, PullRequestFilter } from '../world/types'
import type { GitCodeHandler } from './api'
import { gitcodeErrors } from './errors'
import { pageAnswer } from './paging'
import { shownListed } from './pull-shape'
import { dateOf, inRepository } from './repository-routes'

const stateSchema = z.enum(['all', 'open', 'closed', 'locked', 'merged'])
const directionSchema = z.enum(['asc', 'desc'])
const sorts = { repository: z.enum(['created', 'updated']), own: z.enum(['created', 'updated', 'merged_at']) } as const

/** Bounds of time that a list can be asked for, and what of a pull request they are about. */
const BOUNDS = [
  ['since', 'updatedAt', 'from'],
  ['updated_after', 'updatedAt', 'from'],
  ['updated_before', 'updatedAt', 'to'],
  ['created_after', 'createdAt', 'from'],
  ['created_before', 'createdAt', 'to'],
  ['merged_after', 'mergedAt', 'from'],
  ['merged_before', 'mergedAt', 'to'],
] as const

/** `GET /repos/:owner/:repo/pulls`. Without `state` everything is shown: Gitee shows the open ones then. */
export const listPulls = inRepository(({ request, context }, repository) => {
  const author = request.query.get('author')
  const account = author ? context.world.findAccountByLogin('gitcode', author) : null
  if (author && account === null) return { status: 200, body: [] }
  const filter = { platform: 'gitcode', repositoryId: repository.id, ...(account && { authorId: account.id }) } as const
  const found = findPulls(context, request, { filter, sort: sorts.repository })
  if (!Array.isArray(found)) return found
  if (request.query.get('only_count') === 'true') return { status: 200, body: countsOf(found) }
  return pageAnswer(request, found, (pull) => shownListed({ context, repository, pull }))
})

/** `GET /user/pulls`: all that the caller wrote, in every repository that is not private. */
export const listOwnPulls: GitCodeHandler = ({ request, context, caller }) => {
  if (caller.kind !== 'account') return gitcodeErrors.forbidden()
  const scope = request.query.get('scope') || 'created_by_me'
  if (scope !== 'created_by_me') return { status: 200, body: [] }
  const filter = { platform: 'gitcode', authorId: caller.accountId } as const
  const found = findPulls(context, request, { filter, sort: sorts.own })
  if (!Array.isArray(found)) return found
  const shown = found.flatMap((pull) => {
    const repository = context.world.findRepository('gitcode', pull.repositoryId)
    return repository && !repository.isPrivate ? [{ context, repository, pull }] : []
  })
  return pageAnswer(request, shown, shownListed)
}

type Asked = { filter: PullRequestFilter; sort: z.ZodType<'created' | 'updated' | 'merged_at'> }

function findPulls(
  context: SandboxContext,
  { query }: SandboxRequest,
  { filter, sort }: Asked,
): PullRequest[] | SandboxResponse {
  const state = stateSchema.safeParse(query.get('state') || 'all')
  const field = sort.safeParse(query.get('sort') || 'created')
  const direction = directionSchema.safeParse(query.get('direction') || 'desc')
  if (!state.success) return gitcodeErrors.invalid('state')
  if (!field.success) return gitcodeErrors.invalid('sort')
  if (!direction.success) return gitcodeErrors.invalid('direction')
  const bounds = BOUNDS.map(([name, of, side]) => ({ name, of, side, at: dateOf(query.get(name)) }))
  const wrong = bounds.find(({ at }) => at === 'invalid')
  if (wrong) return gitcodeErrors.invalid(wrong.name)
  const order = { field: field.data === 'created' ? 'created' : 'updated', direction: direction.data } as const
  const list = context.world.listPullRequests(filter, order)
  const all = Array.from({ length: list.length }, (_, index) => list.at(index)).filter((pull) => pull !== undefined)
  const base = query.get('base') || query.get('target_branch')
  return all.filter((pull) => {
    if (state.data !== 'all' && pull.state !== state.data) return false
    if (base && pull.baseBranch !== base) return false
    return bounds.every(({ at, of, side }) => at === null || at === 'invalid' || isWithin(pull[of], at, side))
  })
}

function isWithin(value: Date | null, bound: Date, side: 'from' | 'to'): boolean {
  if (value === null) return false
  return side === 'from' ? value >= bound : value <= bound
}

function countsOf(pulls: readonly PullRequest[]) {
  const of = (state: PullRequest['state']) => pulls.filter((pull) => pull.state === state).length
  return { all: pulls.length, opened: of('open'), closed: of('closed'), merged: of('merged'), locked: 0 }
}
