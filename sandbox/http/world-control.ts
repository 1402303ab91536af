import { z } from 'zod'
import { landPullRequest, revertPullRequest } from '../world/changes'
import { PLATFORMS, type Platform, type PullRequestFilter, type World } from '../world/types'
import { parseJson } from './json'
import type { Router } from './router'
import type { Handler, SandboxResponse } from './types'

const platformSchema = z.enum(PLATFORMS)
const MAXIMUM_ROWS = 1000

/** Look-ups into the truth, and the few changes a test may make to it. */
export function addWorldRoutes(router: Router, world: World): void {
  router
    .get('/world/accounts', ({ query }) =>
      withPlatform(query, (platform) => ({
        accounts: world.listAccounts(platform, {
          search: query.get('search') ?? '',
          offset: Number(query.get('offset') ?? 0),
          limit: Math.min(Number(query.get('limit') ?? 100), MAXIMUM_ROWS),
        }),
      })),
    )
    .get('/world/repositories', ({ query }) =>
      withPlatform(query, (platform) => ({ repositories: world.listRepositories(platform) })),
    )
    .get('/world/pull-requests', ({ query }) =>
      withPlatform(query, (platform) => listPullRequests(world, platform, query)),
    )
    .get('/world/pull-requests/:platform/:repositoryId/:number', ({ params }) => {
      const key = pullRequestKeySchema.safeParse(params)
      const pullRequest = key.success ? world.findPullRequest(key.data) : null
      if (!pullRequest) return { status: 404, body: { message: 'Not Found' } }
      return { status: 200, body: { pullRequest, details: world.getDetails(pullRequest) } }
    })
    .on('PATCH', '/world/pull-requests/:platform/:repositoryId/:number', ({ params, body }) => {
      const key = pullRequestKeySchema.safeParse(params)
      const change = z.preprocess(parseJson, changeSchema).safeParse(body)
      if (!key.success || !world.findPullRequest(key.data)) return { status: 404, body: { message: 'Not Found' } }
      if (!change.success) return { status: 422, body: { message: z.prettifyError(change.error) } }
      return { status: 200, body: { pullRequest: world.changePullRequest(key.data, withoutUndefined(change.data)) } }
    })
    .post('/world/pull-requests/:platform/:repositoryId/:number/land', changeNow(world, landPullRequest))
    .post('/world/pull-requests/:platform/:repositoryId/:number/revert', changeNow(world, revertPullRequest))
    .on('PATCH', '/world/accounts/:platform/:id', ({ params, body }) => {
      const key = z.object({ platform: platformSchema, id: z.coerce.number() }).safeParse(params)
      const change = z.preprocess(parseJson, accountChangeSchema).safeParse(body)
      if (!key.success || !world.findAccount(key.data.platform, key.data.id)) {
        return { status: 404, body: { message: 'Not Found' } }
      }
      if (!change.success) return { status: 422, body: { message: z.prettifyError(change.error) } }
      const account = world.changeAccount(key.data.platform, key.data.id, withoutUndefined(change.data))
      return { status: 200, body: { account } }
    })
}

/** A story that goes on now; `at` in the body tells another moment. */
function changeNow(world: World, change: typeof landPullRequest): Handler {
  return ({ params, body }) => {
    const key = pullRequestKeySchema.safeParse(params)
    const pullRequest = key.success ? world.findPullRequest(key.data) : null
    if (!pullRequest) return { status: 404, body: { message: 'Not Found' } }
    const given = z.object({ at: date.optional() }).safeParse(parseJson(body) ?? {})
    if (!given.success) return { status: 422, body: { message: z.prettifyError(given.error) } }
    return { status: 200, body: { pullRequest: change(world, pullRequest, given.data.at ?? new Date()) } }
  }
}

const pullRequestKeySchema = z.object({
  platform: platformSchema,
  repositoryId: z.coerce.number(),
  number: z.coerce.number(),
})

const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const changeSchema = z
  .object({
    title: z.string(),
    state: z.enum(['open', 'closed', 'merged']),
    updatedAt: date,
    closedAt: date.nullable(),
    mergedAt: date.nullable(),
    mergedById: z.number().nullable(),
    labels: z.array(z.string()),
    baseBranch: z.string(),
    revertedBy: z.object({ sha: z.string(), at: date, number: z.number().nullable() }).nullable(),
  })
  .partial()

const accountChangeSchema = z
  .object({ login: z.string(), isPrivate: z.boolean(), deletedAs: z.enum(['null', 'ghost']).nullable() })
  .partial()

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return Object.fromEntries(entries) as Defined<T>
}

function withPlatform(query: URLSearchParams, answer: (platform: Platform) => unknown): SandboxResponse {
  const platform = platformSchema.safeParse(query.get('platform'))
  if (!platform.success) return { status: 422, body: { message: `platform=${PLATFORMS.join('|')} is needed` } }
  return { status: 200, body: answer(platform.data) }
}

function listPullRequests(world: World, platform: Platform, query: URLSearchParams): unknown {
  const filter: PullRequestFilter = { platform }
  const authorId = query.get('authorId')
  const repositoryId = query.get('repositoryId')
  if (authorId) filter.authorId = Number(authorId)
  if (repositoryId) filter.repositoryId = Number(repositoryId)
  const trap = query.get('trap')
  const limit = Math.min(Number(query.get('limit') ?? MAXIMUM_ROWS), MAXIMUM_ROWS)
  const list = world.listPullRequests(filter)
  const rows: unknown[] = []
  for (let index = 0; index < list.length && rows.length < limit; index += 1) {
    const pullRequest = list.at(index)
    if (!pullRequest || (trap && !pullRequest.traps.some((one) => one === trap))) continue
    const repository = world.findRepository(platform, pullRequest.repositoryId)
    rows.push({ ...pullRequest, fullName: repository && `${repository.owner}/${repository.name}` })
  }
  return { total: list.length, pullRequests: rows }
}
