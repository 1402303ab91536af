import { Octokit } from '@octokit/core'
import type { z } from 'zod'
import { askPlatform, limitEndsAt, nextLink, type PlatformAnswer, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import { type Credential, tellMeter } from '../port'
import type { PlatformSettings } from '../settings'

const API_VERSION = '2022-11-28'

type Call = { credential: Credential; signal?: AbortSignal | undefined }
type GraphqlCall = Call & {
  variables: Record<string, unknown>
  /** Set where what took too long is answered by a smaller question, not by the same one again. */
  shrinks?: boolean
}

/** GitHub said no in the form of GraphQL: by type, since its words change. */
export type GraphqlFault = { type?: string; message?: string; path?: readonly (string | number)[] }

export class GitHubApi {
  readonly #settings: PlatformSettings

  constructor(settings: PlatformSettings) {
    this.#settings = settings
  }

  /**
   * The `data` of a query. A limit, a dead token and a query that GitHub could not finish are errors; records that it
   * hides are null in the data, and the reader's to report.
   * @throws PlatformError also `unavailable` with `isTooHeavy` when a smaller page may pass
   */
  async graphql(query: string, call: GraphqlCall): Promise<unknown> {
    return (await this.graphqlWithFaults(query, call)).data
  }

  /** As {@link graphql}, with what was said of single records beside the data that stands without them. */
  async graphqlWithFaults(query: string, call: GraphqlCall): Promise<{ data: unknown; faults: GraphqlFault[] }> {
    const { data, errors } = await this.#graphql(query, call)
    const fault = errors.find((error) => data === null || !isOfOneRecord(error))
    if (fault) throw faultOf(fault)
    return { data, faults: errors }
  }

  async #graphql(query: string, { variables, ...call }: GraphqlCall) {
    const octokit = this.#octokit(call)
    let limits = new Headers()
    octokit.hook.after('request', (response) => {
      limits = headersOf(response.headers)
    })
    try {
      return { data: await octokit.graphql<unknown>(query, variables), errors: [] }
    } catch (error) {
      const cause = causeOf(error)
      if (cause) throw cause
      const answer = graphqlAnswerOf(error)
      if (!answer) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'graphql' })
      if (answer.errors.some((fault) => fault.type === 'RATE_LIMITED')) throw limited(limits)
      return answer
    }
  }

  /** The answer of a REST read, or null where there is nothing (for this credential). */
  async findRest<S extends z.ZodType>(path: string, schema: S, call: Call): Promise<z.infer<S> | null> {
    const answer = await this.#rest(this.#url(path), call)
    return answer && this.#parse(schema, answer)
  }

  /** As {@link findRest}, where some statuses are answers too: which one is not told. */
  async askRest<S extends z.ZodType>(
    path: string,
    schema: S,
    call: Call & { refusals: readonly number[] },
  ): Promise<z.infer<S> | 'refused' | null> {
    const answer = await this.#rest(this.#url(path), call)
    if (answer !== null && call.refusals.includes(answer.status)) return 'refused'
    return answer && this.#parse(schema, answer)
  }

  /** A REST list to its end or to `maxItems`; a `next` on another host is not followed. */
  async listRest<T>(
    path: string,
    schema: z.ZodType<T[]>,
    call: Call & { maxItems: number },
  ): Promise<{ items: T[]; isTruncated: boolean } | null> {
    const items: T[] = []
    let url: string | null = this.#url(path)
    while (url !== null && items.length < call.maxItems) {
      const answer = await this.#rest(url, call)
      if (answer === null) return null
      items.push(...this.#parse(schema, answer))
      url = nextLink(answer)
    }
    return { items: items.slice(0, call.maxItems), isTruncated: url !== null || items.length > call.maxItems }
  }

  #url(path: string): string {
    return `${this.#settings.apiUrl}${path}`
  }

  async #rest(url: string, call: Call & { refusals?: readonly number[] }): Promise<PlatformAnswer | null> {
    const answer = await askPlatform({
      platform: 'github',
      url,
      method: 'GET',
      repeatable: true,
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': API_VERSION,
        ...authorizationOf(call.credential),
      },
      signal: call.signal,
    })
    tellMeter(call.credential, answer)
    if ([404, 410, 451].includes(answer.status)) return null
    if (call.refusals?.includes(answer.status)) return answer
    const failure = failureOf(answer)
    if (failure) throw failure
    return answer
  }

  #parse<S extends z.ZodType>(schema: S, answer: PlatformAnswer): z.infer<S> {
    const parsed = schema.safeParse(parseAnswer('github', answer.text))
    if (parsed.success) return parsed.data
    throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'shape' })
  }

  /** Octokit knows GitHub's addresses (Enterprise Server too); the limits of time, size and host are ours. */
  #octokit({ credential, signal, shrinks = false }: Omit<GraphqlCall, 'variables'>): Octokit {
    return new Octokit({
      baseUrl: this.#settings.apiUrl,
      ...(credential.kind === 'token' ? { auth: credential.token } : {}),
      log: { debug() {}, info() {}, warn() {}, error() {} },
      request: { fetch: fetchThrough({ credential, signal, shrinks }) },
    })
  }
}

/** Octokit's `fetch`, by way of our own rules. */
function fetchThrough({ credential, signal, shrinks }: Call & { shrinks: boolean }) {
  return async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await askPlatform({
      platform: 'github',
      url,
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
      repeatable: true,
      shrinks,
      signal,
    })
    tellMeter(credential, answer)
    const failure = failureOf(answer)
    if (failure) throw failure
    parseAnswer('github', answer.text)
    return new Response(answer.text, { status: answer.status, headers: answer.headers })
  }
}

const WHOLE_QUERY = new Set(['RATE_LIMITED', 'RESOURCE_LIMITS_EXCEEDED', 'MAX_NODE_LIMIT_EXCEEDED'])

/** Whether an error is about something hidden or one record of a list: the others are good, and it is reported as skipped. */
function isOfOneRecord({ type = '', path = [] }: GraphqlFault): boolean {
  if (WHOLE_QUERY.has(type)) return false
  return type === 'NOT_FOUND' || type === 'FORBIDDEN' || path.includes('nodes')
}

export function authorizationOf(credential: Credential): Record<string, string> {
  return credential.kind === 'token' ? { authorization: `Bearer ${credential.token}` } : {}
}

/** What a refusal means; null when it is none. 403 is a limit more often than a lack of rights. */
export function failureOf(answer: Pick<PlatformAnswer, 'status' | 'headers' | 'text'>): PlatformError | null {
  const { status, headers, text } = answer
  if (status < 400) return null
  if (status === 401) return new PlatformError({ platform: 'github', kind: 'sign_in_expired' })
  const isLimit =
    headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after') || /rate limit|abuse/i.test(text)
  if (status === 429 || (status === 403 && isLimit)) return limited(headers)
  if ([404, 410, 451].includes(status)) return new PlatformError({ platform: 'github', kind: 'not_found' })
  return new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: `status ${status}` })
}

function limited(headers: Headers): PlatformError {
  return new PlatformError({ platform: 'github', kind: 'rate_limited', until: limitEndsAt(headers, new Date()) })
}

function faultOf(fault: GraphqlFault): PlatformError {
  const isHeavy = fault.type === 'RESOURCE_LIMITS_EXCEEDED' || /something went wrong|timeout/i.test(fault.message ?? '')
  if (isHeavy) {
    return new PlatformError({ platform: 'github', kind: 'unavailable', note: 'too heavy', isTooHeavy: true })
  }
  if (fault.type === 'NOT_FOUND') return new PlatformError({ platform: 'github', kind: 'not_found' })
  return new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: fault.type ?? 'graphql' })
}

/** Octokit wraps what its `fetch` threw. */
function causeOf(error: unknown): PlatformError | null {
  if (error instanceof PlatformError) return error
  return error instanceof Error && error.cause instanceof PlatformError ? error.cause : null
}

function graphqlAnswerOf(error: unknown): { data: unknown; errors: GraphqlFault[] } | null {
  if (!(error instanceof Error) || error.name !== 'GraphqlResponseError' || !('errors' in error)) return null
  const errors: GraphqlFault[] = Array.isArray(error.errors) ? error.errors : []
  return { data: ('data' in error ? error.data : null) ?? null, errors }
}

function headersOf(headers: Readonly<Record<string, string | number | undefined>>): Headers {
  const plain = new Headers()
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) plain.set(name, String(value))
  return plain
}
