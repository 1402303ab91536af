import { randomUUID } from 'node:crypto'
import { Router } from '../http/router'
import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import { giteeErrors } from './errors'
import type { LimitState } from './limits'
import { HourlyLimits } from './limits'
import type { GiteeCaller, GiteeTokens } from './tokens'

export type GiteeCall = { request: SandboxRequest; caller: GiteeCaller; context: SandboxContext; baseUrl: string }
export type GiteeHandler = (call: GiteeCall) => SandboxResponse
export type GiteeRoute = readonly [path: string, handler: GiteeHandler]

const TOKEN_REFUSALS = { unknown: giteeErrors.tokenUnknown, expired: giteeErrors.tokenExpired } as const

/** Gitee's API v5: every answer goes through the token, the hourly limit and the headers. */
export function createApi(context: SandboxContext, tokens: GiteeTokens, routes: readonly GiteeRoute[]) {
  const limits = new HourlyLimits()
  const baseUrl = `${context.origin}/gitee`
  const router = new Router(giteeErrors.routeNotFound)
  for (const [path, handler] of routes) {
    router.get(`/api/v5${path}`, (request) => {
      const caller = tokens.identify(tokenOf(request))
      if (caller === 'unknown' || caller === 'expired') return withHeaders(TOKEN_REFUSALS[caller](), null)
      const state = limits.take(caller, context.now())
      const refusal = refusalOf(request, caller, state, context.now())
      const response = refusal ?? handler({ request, caller, context, baseUrl })
      return { account: accountLogin(context, caller), costPoints: 1, ...withHeaders(response, state) }
    })
  }
  return router.handle
}

/** From the header in either spelling, or the query. */
function tokenOf(request: SandboxRequest): string | null {
  const header = /^(?:bearer|token) +(\S+)$/i.exec(request.headers.authorization ?? '')
  return header?.[1] ?? request.query.get('access_token')
}

function refusalOf(request: SandboxRequest, caller: GiteeCaller, state: LimitState, now: Date): SandboxResponse | null {
  if (request.fault?.kind === 'rate_limit') return giteeErrors.userLimit(request.fault.retryAfterSeconds)
  if (request.fault?.kind === 'secondary') return giteeErrors.applicationLimit(request.fault.retryAfterSeconds)
  if (!state.isExceeded) return null
  if (caller.kind === 'anonymous') return giteeErrors.anonymousLimit()
  return giteeErrors.userLimit(Math.max(1, state.resetAtSeconds - Math.floor(now.getTime() / 1000)))
}

function withHeaders(response: SandboxResponse, state: LimitState | null): SandboxResponse {
  const limitHeaders = state && {
    'X-RateLimit-Limit': String(state.limit),
    'X-RateLimit-Remaining': String(state.remaining),
    'X-RateLimit-Reset': String(state.resetAtSeconds),
  }
  return { ...response, headers: { 'X-Request-Id': randomUUID(), ...limitHeaders, ...response.headers } }
}

function accountLogin(context: SandboxContext, caller: GiteeCaller): string | null {
  if (caller.kind === 'account') return context.world.findAccount('gitee', caller.accountId)?.login ?? null
  return caller.kind === 'service' ? caller.name : null
}
