import { Router } from '../http/router'
import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import { gitcodeErrors } from './errors'
import { GitCodeLimits } from './limits'
import type { GitCodeCaller, GitCodeTokens } from './tokens'

export type GitCodeCall = { request: SandboxRequest; caller: GitCodeCaller; context: SandboxContext }
export type GitCodeHandler = (call: GitCodeCall) => SandboxResponse
/** `open` ones answer without a token; the others want one, for what is public too. */
export type GitCodeRoute = readonly [path: string, handler: GitCodeHandler, door?: 'open']

/** GitCode's API v5: every answer goes through its firewall, the token and the limits. */
export function createApi(context: SandboxContext, tokens: GitCodeTokens, routes: readonly GitCodeRoute[]) {
  const limits = new GitCodeLimits(context.gitcodeLimits)
  const router = new Router(() => gitcodeErrors.notFound('API'))
  for (const [path, handler, door] of routes) {
    router.get(`/api/v5${path}`, (request) => {
      const caller = tokens.identify(tokenOf(request))
      if (caller === null || (caller.kind === 'anonymous' && door !== 'open')) return gitcodeErrors.unauthorized()
      const refusal = refusalOf(request, limits.take(callerKey(caller), context.now()))
      const response = refusal ?? handler({ request, caller, context })
      return { account: accountLogin(context, caller), costPoints: 1, ...response }
    })
  }
  return router.handle
}

/** From either header, or the query. */
function tokenOf({ headers, query }: SandboxRequest): string | null {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const privateToken = headers['private-token']
  return bearer ?? (typeof privateToken === 'string' ? privateToken : null) ?? query.get('access_token')
}

function refusalOf(request: SandboxRequest, isFree: boolean): SandboxResponse | null {
  if (/<script|union\s+select|\.\.\/\.\.\/etc/i.test(decodeURIComponent(request.url.search)))
    return gitcodeErrors.unsafe()
  if (request.fault?.kind === 'rate_limit') return gitcodeErrors.limit()
  if (request.fault?.kind === 'secondary') return gitcodeErrors.limitWithTime(request.fault.retryAfterSeconds)
  return isFree ? null : gitcodeErrors.limit()
}

function callerKey(caller: GitCodeCaller): string {
  if (caller.kind === 'account') return `account/${caller.accountId}`
  return caller.kind === 'service' ? `service/${caller.name}` : 'anonymous'
}

function accountLogin(context: SandboxContext, caller: GitCodeCaller): string | null {
  if (caller.kind === 'account') return context.world.findAccount('gitcode', caller.accountId)?.login ?? null
  return caller.kind === 'service' ? caller.name : null
}
