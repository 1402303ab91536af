import { headers } from 'next/headers'
import { finishCallback } from '@/lib/accounts/finish-callback'
import { callbackQuery, platformParams } from '@/lib/accounts/schema'
import { getViewer } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { redirectAnswer } from '@/lib/http/answers'
import { reportUnexpected } from '@/lib/http/report'
import { REQUEST_ID_HEADER } from '@/lib/http/request-id'

/**
 * Where a platform sends the browser back to. Not made by createRoute: platforms add parameters of their own, and whatever
 * goes wrong here is answered with a page that a person can read.
 */
export async function GET(request: Request, context: { params: Promise<unknown> }): Promise<Response> {
  const viewer = await getViewer()
  if (viewer === null) return redirectAnswer(`/sign-in?return=${encodeURIComponent('/accounts')}`)
  const [params, sent] = await Promise.all([context.params, headers()])
  const where = platformParams.safeParse(params)
  if (!where.success) return redirectAnswer('/accounts?problem=link_other_platform')
  const query = callbackQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  const { state, code, error } = query.success ? query.data : {}
  try {
    const input = { platform: where.data.platform, sessionId: viewer.sessionId, state, code, error }
    const outcome = await finishCallback(viewer.actor, input, { now: new Date() })
    return redirectAnswer(outcome.kind === 'confirm' ? `/accounts/confirm/${outcome.attemptId}` : '/accounts')
  } catch (failure) {
    if (isAppError(failure)) return redirectAnswer(`/accounts?problem=${encodeURIComponent(failure.code)}`)
    reportUnexpected(failure, { requestId: sent.get(REQUEST_ID_HEADER) ?? '', route: 'accounts.finish_link' })
    return redirectAnswer('/accounts?problem=unexpected')
  }
}
