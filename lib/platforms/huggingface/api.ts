import type { z } from 'zod'
import { askPlatform, limitEndsAt, nextLink, type PlatformAnswer, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import { type Credential, type RepositoryReference, tellMeter } from '../port'
import type { PlatformSettings } from '../settings'

export type HubCall = { credential: Credential; signal?: AbortSignal | undefined }

export class HubApi {
  readonly #settings: PlatformSettings

  constructor(settings: PlatformSettings) {
    this.#settings = settings
  }

  /** The answer of a read, or null where there is nothing (for this credential). */
  async find<S extends z.ZodType>(path: string, schema: S, call: HubCall): Promise<z.infer<S> | null> {
    return (await this.#ask(`${this.#settings.apiUrl}${path}`, schema, call))?.parsed ?? null
  }

  /** A list that names its next page in a `Link` header. Null where there is none. */
  async list<T>(
    path: string,
    schema: z.ZodType<T[]>,
    call: HubCall & { maxPages: number; isEnough?: (page: T[]) => boolean },
  ): Promise<{ items: T[]; isTruncated: boolean } | null> {
    const items: T[] = []
    let url: string | null = `${this.#settings.apiUrl}${path}`
    for (let page = 1; url !== null; page += 1) {
      if (page > call.maxPages) return { items, isTruncated: true }
      const found: { answer: PlatformAnswer; parsed: T[] } | null = await this.#ask(url, schema, call)
      if (found === null) return null
      items.push(...found.parsed)
      url = call.isEnough?.(found.parsed) ? null : nextLink(found.answer)
    }
    return { items, isTruncated: false }
  }

  /** Who a token belongs to, by OpenID Connect's own door beside the API. */
  async userInfo<S extends z.ZodType>(schema: S, call: HubCall): Promise<z.infer<S> | null> {
    return (await this.#ask(`${this.#settings.webUrl}/oauth/userinfo`, schema, call))?.parsed ?? null
  }

  async #ask<S extends z.ZodType>(
    url: string,
    schema: S,
    call: HubCall,
  ): Promise<{ answer: PlatformAnswer; parsed: z.infer<S> } | null> {
    const answer = await askPlatform({
      platform: 'huggingface',
      url,
      method: 'GET',
      repeatable: true,
      headers: {
        accept: 'application/json',
        ...(call.credential.kind === 'token' ? { authorization: `Bearer ${call.credential.token}` } : {}),
      },
      signal: call.signal,
    })
    tellMeter(call.credential, answer)
    if (isNothing(answer)) return null
    const failure = failureOf(answer)
    if (failure) throw failure
    const parsed = schema.safeParse(parseAnswer('huggingface', answer.text))
    if (parsed.success) return { answer, parsed: parsed.data }
    throw new PlatformError({ platform: 'huggingface', kind: 'unexpected_answer', note: 'shape' })
  }
}

/** To strangers the Hub says "not signed in" of what is not there, so that nobody learns what is private; a header tells. */
function isNothing({ status, headers }: Pick<PlatformAnswer, 'status' | 'headers'>): boolean {
  return status === 404 || (status === 401 && headers.get('x-error-code') === 'RepoNotFound')
}

/** What a refusal means; null when it is none. */
export function failureOf({ status, headers }: Pick<PlatformAnswer, 'status' | 'headers'>): PlatformError | null {
  if (status < 400) return null
  if (status === 429) {
    return new PlatformError({ platform: 'huggingface', kind: 'rate_limited', until: hubLimitEndsAt(headers) })
  }
  if (status === 401) return new PlatformError({ platform: 'huggingface', kind: 'sign_in_expired' })
  if (status === 404) return new PlatformError({ platform: 'huggingface', kind: 'not_found' })
  return new PlatformError({ platform: 'huggingface', kind: 'unexpected_answer', note: `status ${status}` })
}

/** `RateLimit: "api";r=0;t=55`: nothing is left, and the window ends in 55 seconds. */
function hubLimitEndsAt(headers: Headers): Date {
  const seconds = /;\s*t=(\d{1,5})\b/.exec(headers.get('ratelimit') ?? '')?.[1]
  if (seconds === undefined || headers.has('retry-after')) return limitEndsAt(headers, new Date())
  const known = new Headers({ 'retry-after': String(Number(seconds) + 1) })
  return limitEndsAt(known, new Date())
}

const KINDS = { model: 'models', dataset: 'datasets', space: 'spaces' } as const
export type HubKind = keyof typeof KINDS

/** What kind of repository an owner's name here means, and who it is at the Hub. */
export function kindOf(owner: string): { kind: HubKind; namespace: string } {
  const [prefix = '', namespace, ...rest] = owner.split('/')
  if (namespace === undefined || rest.length > 0) return { kind: 'model', namespace: owner }
  if (prefix === 'datasets') return { kind: 'dataset', namespace }
  return prefix === 'spaces' ? { kind: 'space', namespace } : { kind: 'model', namespace: owner }
}

/** The owner's name here: what is no model carries its kind in front, as in addresses. */
export function ownerNameOf(kind: HubKind, namespace: string): string {
  return kind === 'model' ? namespace : `${KINDS[kind]}/${namespace}`
}

/** Path of a repository; names are encoded, they may come from a pasted address. */
export function repositoryPath({ owner, name }: RepositoryReference): string {
  const { kind, namespace } = kindOf(owner)
  return `/${KINDS[kind]}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`
}

/** Path of the list of all repositories of a kind. */
export function listPath(kind: HubKind): string {
  return `/${KINDS[kind]}`
}
