import {
  type DocumentNode,
  execute,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { z } from 'zod'
import { parseJson } from '../../http/json'
import type { Handler, SandboxRequest, SandboxResponse } from '../../http/types'
import type { PullRequest } from '../../world/types'
import { findViewer, type GitHub, viewerName } from '../github'
import { limitHeaders } from '../limits'
import { readNodeId } from '../node-ids'
import { problem } from '../rest/call'
import { secondaryProblem } from '../rest/door'
import { time } from '../urls'
import type { Viewer } from '../viewer'
import { type Cost, costOf } from './cost'
import { shownError, shownValidationError } from './errors'
import { rootOf } from './root'
import { getSchema, strictResolver } from './schema'

const bodySchema = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})
type Asked = z.infer<typeof bodySchema>
type Call = { github: GitHub; viewer: Viewer; request: SandboxRequest; asked: Asked }

/** `/graphql`: who asks, whether the limits allow it, then the query against the real schema. */
export function graphqlDoor(github: GitHub): Handler {
  return async (request) => {
    const viewer = await findViewer(github, request)
    if (!viewer) return problem(401, 'Bad credentials')
    // A client id and secret do not open this door, nor does an app's own JWT.
    if (viewer.kind !== 'user' && viewer.kind !== 'installation') {
      return problem(401, 'This endpoint requires you to be authenticated.')
    }
    const account = viewerName(github, viewer)
    const asked = z.preprocess(parseJson, bodySchema).safeParse(request.body)
    if (!asked.success) return { ...problem(400, 'A query attribute must be specified and must be a string.'), account }
    return { ...answer({ github, viewer, request, asked: asked.data }), account }
  }
}

function answer(call: Call): SandboxResponse {
  const { github, viewer, request } = call
  if (request.fault?.kind === 'secondary') return secondaryProblem(request.fault.retryAfterSeconds)
  if (request.fault?.kind === 'rate_limit') return rateLimited(call, request.fault.retryAfterSeconds)
  const { remaining } = github.limits.state(viewer, 'graphql')
  if (remaining <= 0) return rateLimited(call, null)
  if (!github.limits.passesSecondary(viewer, 'graphql', 1)) return secondaryProblem(60)
  const checked = check(call.asked)
  if ('errors' in checked) return counted(call, { errors: checked.errors }, 0)
  const { cost, document } = checked
  if (cost.points > remaining) return rateLimited(call, null)
  github.limits.spend(viewer, 'graphql', cost.points)
  if (request.fault?.kind === 'resource_limits') {
    const message = 'Resource limits for this query exceeded.'
    return counted(call, { data: null, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message }] }, cost.points)
  }
  const body = run(call, document, cost)
  if (request.fault?.kind === 'shift_page') shiftLast(call)
  return counted(call, body, cost.points)
}

type Checked = { errors: readonly Record<string, unknown>[] } | { document: DocumentNode; cost: Cost }
type Known = { document: DocumentNode | null; errors: readonly Record<string, unknown>[] }

const known = new Map<string, Known>()
const KNOWN_QUERIES = 500

/** Parses, validates against the schema, counts; a query that GitHub would refuse goes no further. */
function check(asked: Asked): Checked {
  const { document, errors } = validated(asked.query)
  if (!document || errors.length > 0) return { errors }
  const operation = getOperationAST(document, asked.operationName)
  if (!operation) return { errors: [{ message: 'An operation name is required' }] }
  const cost = costOf(getSchema(), document, operation, { ...defaultsOf(operation), ...asked.variables })
  return cost.problems.length > 0 ? { errors: cost.problems.map((one) => ({ ...one })) } : { document, cost }
}

function validated(query: string): Known {
  const kept = known.get(query)
  if (kept) return kept
  const made = parsedAndValidated(query)
  if (known.size >= KNOWN_QUERIES) known.clear()
  known.set(query, made)
  return made
}

function parsedAndValidated(query: string): Known {
  try {
    const document = parse(query)
    return { document, errors: validate(getSchema(), document).map(shownValidationError) }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { document: null, errors: [shownError(error)] }
  }
}

function defaultsOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const defaults: Record<string, unknown> = {}
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue?.kind === 'IntValue') defaults[variable.name.value] = Number(defaultValue.value)
  }
  return defaults
}

function run({ github, viewer, asked }: Call, document: DocumentNode, cost: Cost): Record<string, unknown> {
  const state = github.limits.state(viewer, 'graphql')
  const rateLimit = {
    cost: cost.points,
    limit: state.limit,
    nodeCount: cost.nodeCount,
    remaining: state.remaining,
    used: state.used,
    resetAt: time(new Date(state.resetSeconds * 1000)),
  }
  const result = execute({
    schema: getSchema(),
    document,
    rootValue: rootOf({ github, viewer, rateLimit }),
    variableValues: asked.variables ?? {},
    operationName: asked.operationName ?? null,
    fieldResolver: strictResolver,
  })
  if (result instanceof Promise) throw new Error('resolvers of the sandbox do not wait')
  return result.errors ? { data: result.data, errors: result.errors.map(shownError) } : { data: result.data }
}

function counted({ github, viewer }: Call, body: unknown, costPoints: number): SandboxResponse {
  const headers = limitHeaders('graphql', github.limits.state(viewer, 'graphql'))
  return { status: 200, body, headers, costPoints }
}

/** The primary limit answers 200 with an error; the headers say until when. */
function rateLimited({ github, viewer }: Call, resetInSeconds: number | null): SandboxResponse {
  const state = github.limits.state(viewer, 'graphql')
  const nowSeconds = Math.ceil(github.context.now().getTime() / 1000)
  const resetSeconds = resetInSeconds === null ? state.resetSeconds : nowSeconds + resetInSeconds
  const whose = viewer.kind === 'user' ? `user ID ${viewer.accountId}` : 'installation'
  const errors = [{ type: 'RATE_LIMITED', message: `API rate limit already exceeded for ${whose}.` }]
  const headers = limitHeaders('graphql', { ...state, used: state.limit, remaining: 0, resetSeconds })
  return { status: 200, body: { errors }, headers }
}

/** Something that the reader has not reached yet is touched while it reads: the oldest pull request of the account. */
function shiftLast({ github, viewer, asked }: Call): void {
  const authorId = accountRead({ github, viewer, asked })
  if (authorId === null) return
  const list = github.world.listPullRequests({ platform: 'github', authorId })
  const last: PullRequest | undefined = list.at(list.length - 1)
  if (last) github.world.changePullRequest(last, { updatedAt: github.context.now() })
}

/** Whose list is read: named by a variable `login` or `id`, else the viewer's own. */
function accountRead({ github, viewer, asked }: Pick<Call, 'github' | 'viewer' | 'asked'>): number | null {
  const { login, id } = asked.variables ?? {}
  if (typeof login === 'string') return github.world.findAccountByLogin('github', login)?.id ?? null
  const read = typeof id === 'string' ? readNodeId(id) : null
  if (read) return Number(read.parts[0])
  return viewer.kind === 'user' ? viewer.accountId : null
}
