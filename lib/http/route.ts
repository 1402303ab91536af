import 'server-only'
import { headers } from 'next/headers'
import type * as z from 'zod'
import { getActor } from '@/lib/auth/session'
import type { MemberActor } from '@/lib/domain/actor'
import { reportUnexpected } from '@/lib/http/report'
import { REQUEST_ID_HEADER } from '@/lib/http/request-id'
import { requireActor } from '@/lib/http/run-action'
import { type RouteDefinition, runRoute } from '@/lib/http/run-route'
import { loadWords } from '@/lib/http/words'

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>

type Empty = z.ZodObject<Record<never, never>>

function handle<Who, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject>(
  definition: RouteDefinition<Who, P, Q, B>,
  who: () => Promise<Who>,
): Handler {
  return async (request, context) => {
    const [sent, words, params] = await Promise.all([headers(), loadWords(definition.namespace), context.params])
    return runRoute(definition, request, {
      // Routes without a dynamic part have none.
      params: params ?? {},
      deps: {
        getActor: who,
        reason: words.reason,
        requestId: sent.get(REQUEST_ID_HEADER) ?? crypto.randomUUID(),
        now: new Date(),
        appUrl: process.env.APP_URL,
        report: reportUnexpected,
      },
    })
  }
}

/** A route handler for a signed-in member: `export const GET = createRoute({ … })`. The one wrapper of all of them. */
export function createRoute<
  P extends z.ZodObject = Empty,
  Q extends z.ZodObject = Empty,
  B extends z.ZodObject = Empty,
>(definition: RouteDefinition<MemberActor, P, Q, B>): Handler {
  return handle(definition, () => requireActor(getActor))
}

/** The same for what anybody may ask: the actor may be null. */
export function createPublicRoute<
  P extends z.ZodObject = Empty,
  Q extends z.ZodObject = Empty,
  B extends z.ZodObject = Empty,
>(definition: RouteDefinition<MemberActor | null, P, Q, B>): Handler {
  return handle(definition, getActor)
}
