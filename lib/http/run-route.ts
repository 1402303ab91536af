import * as z from 'zod'
import { AppError, type ErrorKind, isAppError, type ReasonData } from '@/lib/domain/errors'
import { errorAnswer, jsonAnswer, STATUS_OF_KIND } from '@/lib/http/answers'
import { isForDocument, refuseDocument } from '@/lib/http/document-refusal'
import { DEFAULT_FORM_LIMITS, type FormLimits, parseForm } from '@/lib/http/form-data'
import { isTrustedOrigin } from '@/lib/http/origin-check'
import { BodyTooLarge, readBody } from '@/lib/http/read-body'

export type RouteCall<Who, Params, Query, Body> = {
  actor: Who
  params: Params
  query: Query
  body: Body
  request: Request
  now: Date
  requestId: string
}

/** Schemas of what comes in; a part without one must be empty (query) or is not read (body). */
export type RouteDefinition<Who, Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject> = {
  /** For the log: `reports.export`. */
  name: string
  /** Namespace whose group `errors` has words for the area's own codes, before the common ones. */
  namespace?: string
  /** The page that leads here: who is refused without a script to read the answer is shown it there. */
  page?: `/${string}`
  params?: Params
  query?: Query
  body?: Body
  /** How the body is written; `json` unless said. */
  bodyKind?: 'json' | 'form'
  maxBodyBytes?: number
  formLimits?: Partial<FormLimits>
  /** A Response, or a value that is answered as JSON. */
  run: (call: RouteCall<Who, z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<unknown>
}

export type RouteDeps<Who> = {
  getActor: () => Promise<Who>
  reason: (code: string, kind: string, details: ReasonData) => string
  requestId: string
  now: Date
  appUrl: string | undefined
  report: (error: unknown, context: { requestId: string; route: string }) => void
}

const DEFAULT_MAX_BODY_BYTES = 100_000

const invalid = (code: string, details: ReasonData = {}) => new AppError('invalid', code, details)

function parseQuery<Query extends z.ZodObject>(schema: Query, url: string): z.output<Query> {
  const data = new FormData()
  for (const [name, value] of new URL(url).searchParams) data.append(name, value)
  const parsed = parseForm(schema, data, { ...DEFAULT_FORM_LIMITS, maxFields: 100, maxTextLength: 8000 })
  if (!parsed.ok) throw invalid('invalid_query', { field: parsed.issues[0]?.field ?? '' })
  return parsed.value
}

async function parseBody<Body extends z.ZodObject>(
  schema: Body,
  request: Request,
  how: { kind: 'json' | 'form'; maxBytes: number; limits: Partial<FormLimits> },
): Promise<z.output<Body>> {
  const type = request.headers.get('content-type') ?? ''
  const bytes = await readBody(request, how.maxBytes)
  if (how.kind === 'form') {
    if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type))
      throw invalid('invalid_content_type')
    const data = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null)
    if (data === null) throw invalid('invalid_body')
    const parsed = parseForm(schema, data, { ...DEFAULT_FORM_LIMITS, ...how.limits })
    if (!parsed.ok) throw invalid('invalid_body', { field: parsed.issues[0]?.field ?? '' })
    return parsed.value
  }
  if (!/^application\/json\b/i.test(type)) throw invalid('invalid_content_type')
  const value: unknown = parseJson(new TextDecoder().decode(bytes))
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw invalid('invalid_body', { field: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('invalid_body')
  }
}

const NONE = z.object({})

/** Nobody reads what HEAD leaves out: what a stream holds on to is let go of at once. */
async function withoutBody({ body, status, headers }: Response): Promise<Response> {
  await body?.cancel()
  return new Response(null, { status, headers })
}

type Refused = { name: string; namespace?: string; page?: `/${string}`; headers: Headers }

function refuse(error: unknown, { name, ...where }: Refused, deps: RouteDeps<unknown>): Response {
  const { requestId, reason, appUrl } = deps
  const say = (status: number, code: string, kind: ErrorKind | 'unexpected', details: ReasonData = {}) =>
    isForDocument(where.headers)
      ? refuseDocument(code, { ...where, appUrl })
      : errorAnswer(status, { code, message: reason(code, kind, details), requestId }, retryAfter(details))
  if (error instanceof BodyTooLarge) return say(413, 'body_too_large', 'invalid')
  if (isAppError(error)) return say(STATUS_OF_KIND[error.kind], error.code, error.kind, error.details)
  deps.report(error, { requestId, route: name })
  return say(500, 'unexpected', 'unexpected')
}

function retryAfter(details: ReasonData): Record<string, string> {
  const seconds = details.retryAfterSeconds
  return typeof seconds === 'number' ? { 'Retry-After': String(Math.ceil(seconds)) } : {}
}

/** A route handler from request to answer: from where, who, what, do it; a refusal is a status and a code. */
export async function runRoute<Who, Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject>(
  definition: RouteDefinition<Who, Params, Query, Body>,
  request: Request,
  given: { params: unknown; deps: RouteDeps<Who> },
): Promise<Response> {
  const { deps } = given
  try {
    if (!isTrustedOrigin({ method: request.method, headers: request.headers, appUrl: deps.appUrl })) {
      throw new AppError('forbidden', 'foreign_origin')
    }
    const actor = await deps.getActor()
    const params = (definition.params ?? NONE).safeParse(given.params)
    // An address that cannot be one of ours is simply not there.
    if (!params.success) throw new AppError('not_found', 'not_found')
    const query = parseQuery(definition.query ?? NONE, request.url)
    const body =
      definition.body === undefined
        ? {}
        : await parseBody(definition.body, request, {
            kind: definition.bodyKind ?? 'json',
            maxBytes: definition.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
            limits: definition.formLimits ?? {},
          })
    // The schemas that were left out stand for empty objects, which is what their types say then.
    const call = { actor, params: params.data, query, body, request, now: deps.now, requestId: deps.requestId }
    const result = await definition.run(call as RouteCall<Who, z.output<Params>, z.output<Query>, z.output<Body>>)
    const answer = result instanceof Response ? result : jsonAnswer(result ?? null)
    return request.method === 'HEAD' ? await withoutBody(answer) : answer
  } catch (error) {
    const { name, namespace, page } = definition
    const where = { ...(namespace === undefined ? {} : { namespace }), ...(page === undefined ? {} : { page }) }
    return refuse(error, { name, ...where, headers: request.headers }, deps)
  }
}
