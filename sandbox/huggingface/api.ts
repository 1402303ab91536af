import { Router } from '../http/router'
import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import { hubErrors } from './errors'
import { HubLimits } from './limits'
import type { HubCaller, HubTokens } from './tokens'

export type HubCall = { request: SandboxRequest; caller: HubCaller; context: SandboxContext }
export type HubHandler = (call: HubCall) => SandboxResponse
export type HubRoute = readonly [path: string, handler: HubHandler]

/** The Hub's API: every answer goes through the token and the limits, and tells what is left of them. */
export function createApi(context: SandboxContext, tokens: HubTokens, routes: readonly HubRoute[]) {
  const limits = new HubLimits()
  const router = new Router(() => hubErrors.notFound())
  for (const [path, handler] of routes) {
    router.get(`/api${path}`, (request) => {
      const caller = tokens.identify(bearerOf(request))
      if (caller === null) return hubErrors.badToken()
      const quota = caller.kind === 'anonymous' ? 500 : 1000
      const left = limits.take(callerKey(caller), quota, context.now())
      const response = refusalOf(request, left.isFree) ?? handler({ request, caller, context })
      const { fault } = request
      const isRefused = response.status === 429
      const seconds = isRefused && fault?.kind === 'secondary' ? fault.retryAfterSeconds : left.seconds
      const headers = {
        ratelimit: `"api";r=${isRefused ? 0 : left.remaining};t=${seconds}`,
        'ratelimit-policy': `"fixed window";"api";q=${quota};w=300`,
        ...response.headers,
      }
      return { account: accountLogin(context, caller), costPoints: 1, ...response, headers }
    })
  }
  return router.handle
}

export function bearerOf({ headers }: SandboxRequest): string | null {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

function refusalOf({ fault }: SandboxRequest, isFree: boolean): SandboxResponse | null {
  const isRefused = !isFree || fault?.kind === 'rate_limit' || fault?.kind === 'secondary'
  return isRefused ? hubErrors.limit() : null
}

function callerKey(caller: HubCaller): string {
  if (caller.kind === 'account') return `account/${caller.accountId}`
  return caller.kind === 'service' ? `service/${caller.name}` : 'anonymous'
}

function accountLogin(context: SandboxContext, caller: HubCaller): string | null {
  if (caller.kind === 'account') return context.world.findAccount('huggingface', caller.accountId)?.login ?? null
  return caller.kind === 'service' ? caller.name : null
}
