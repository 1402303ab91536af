import { createHash } from 'node:crypto'
import type { Handler, SandboxRequest, SandboxResponse } from '../../http/types'
import { findViewer, type GitHub, viewerName } from '../github'
import { limitHeaders, type Resource } from '../limits'
import type { Viewer } from '../viewer'
import { problem, type RestHandler } from './call'

/** Points of the secondary limit: reading costs 1, changing 5. */
const WRITE_POINTS = 5

/** What stands before every REST answer: user agent, token, limits; and behind it: ETag and the limit's headers. */
export function restDoor(github: GitHub, resource: Resource, handler: RestHandler, isFree = false): Handler {
  return async (request) => {
    if (!request.headers['user-agent']) return problem(403, 'Request forbidden by administrative rules.')
    const viewer = await findViewer(github, request)
    if (!viewer) return problem(401, 'Bad credentials')
    const account = viewerName(github, viewer)
    const refusal = isFree ? null : refuseOverLimit(github, { request, viewer, resource })
    if (refusal) return { ...refusal, account }
    const made = withEtag(request, await handler({ github, request, viewer }))
    // An unchanged answer is not counted, but only for those who say who they are.
    const isFreeAnswer = isFree || (made.status === 304 && viewer.kind !== 'anonymous')
    const costPoints = isFreeAnswer ? 0 : 1
    github.limits.spend(viewer, resource, costPoints)
    const headers = {
      'x-github-media-type': 'github.v3; format=json',
      ...limitHeaders(resource, github.limits.state(viewer, resource)),
      ...made.headers,
    }
    return { ...made, headers, account, costPoints }
  }
}

type Asked = { request: SandboxRequest; viewer: Viewer; resource: Resource }

function refuseOverLimit(github: GitHub, { request, viewer, resource }: Asked): SandboxResponse | null {
  const state = github.limits.state(viewer, resource)
  if (request.fault?.kind === 'rate_limit') {
    const resetSeconds = Math.ceil(github.context.now().getTime() / 1000) + request.fault.retryAfterSeconds
    const used = { ...state, used: state.limit, remaining: 0, resetSeconds }
    return { ...limitProblem(viewer), headers: limitHeaders(resource, used) }
  }
  if (state.remaining <= 0) return { ...limitProblem(viewer), headers: limitHeaders(resource, state) }
  const points = request.method === 'GET' ? 1 : WRITE_POINTS
  if (request.fault?.kind === 'secondary') return secondaryProblem(request.fault.retryAfterSeconds)
  return github.limits.passesSecondary(viewer, resource, points) ? null : secondaryProblem(60)
}

function limitProblem(viewer: Viewer): SandboxResponse {
  const whose =
    viewer.kind === 'user' ? `user ID ${viewer.accountId}` : viewer.kind === 'anonymous' ? '127.0.0.1' : viewer.kind
  return problem(403, `API rate limit exceeded for ${whose}.`)
}

export function secondaryProblem(retryAfterSeconds: number): SandboxResponse {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
    'For more on scraping GitHub and how it may affect your rights, please review our Terms of Service.'
  return { ...problem(403, message), headers: { 'retry-after': String(retryAfterSeconds) } }
}

function withEtag(request: SandboxRequest, response: SandboxResponse): SandboxResponse {
  if (response.status !== 200 || request.method !== 'GET') return response
  const hash = createHash('sha256').update(JSON.stringify(response.body)).digest('hex')
  const etag = `W/"${hash}"`
  const headers = { ...response.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' }
  const known = request.headers['if-none-match']?.split(',').map((one) => one.trim())
  if (known?.some((one) => one === etag || one === `"${hash}"`)) return { status: 304, headers }
  return { ...response, headers }
}
