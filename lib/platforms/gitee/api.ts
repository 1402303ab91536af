import type { z } from 'zod'
import { askPlatform, limitEndsAt, type PlatformAnswer, parseAnswer } from '../http'
import { PlatformError } from '../platform-error'
import { type Credential, tellMeter } from '../port'
import type { PlatformSettings } from '../settings'
import { errorSchema } from './schema'

export type GiteeCall = { credential: Credential; signal?: AbortSignal | undefined }
export const PAGE_SIZE = 100

export class GiteeApi {
  readonly #settings: PlatformSettings

  constructor(settings: PlatformSettings) {
    this.#settings = settings
  }

  /** The answer of a read, or null where there is nothing; 404 is also what a private or renamed repository answers. */
  async find<S extends z.ZodType>(path: string, schema: S, call: GiteeCall): Promise<z.infer<S> | null> {
    const answer = await askPlatform({
      platform: 'gitee',
      url: `${this.#settings.apiUrl}${path}`,
      method: 'GET',
      repeatable: true,
      // The token goes in a header: in the address it would end up in logs.
      headers: call.credential.kind === 'token' ? { authorization: `Bearer ${call.credential.token}` } : {},
      signal: call.signal,
    })
    tellMeter(call.credential, answer)
    if (answer.status === 404) return null
    const failure = failureOf(answer)
    if (failure) throw failure
    const parsed = schema.safeParse(parseAnswer('gitee', answer.text))
    if (parsed.success) return parsed.data
    throw new PlatformError({ platform: 'gitee', kind: 'unexpected_answer', note: 'shape' })
  }

  /** A list page by page until one is short: Gitee's page counts are not to be relied on. Null where there is none. */
  async list<T>(
    path: string,
    schema: z.ZodType<T[]>,
    call: GiteeCall & { maxPages: number },
  ): Promise<{ items: T[]; isTruncated: boolean } | null> {
    const items: T[] = []
    for (let page = 1; page <= call.maxPages; page += 1) {
      const separator = path.includes('?') ? '&' : '?'
      const found = await this.find(`${path}${separator}page=${page}&per_page=${PAGE_SIZE}`, schema, call)
      if (found === null) return null
      items.push(...found)
      if (found.length < PAGE_SIZE) return { items, isTruncated: false }
    }
    return { items, isTruncated: true }
  }
}

/** What a refusal means, by status and by the words that Gitee's own clients look for; null when it is none. */
export function failureOf({
  status,
  headers,
  text,
}: Pick<PlatformAnswer, 'status' | 'headers' | 'text'>): PlatformError | null {
  if (status < 400) return null
  const message = messageOf(text)
  if (status === 429 || (status === 403 && /rate limit/i.test(message))) {
    return new PlatformError({ platform: 'gitee', kind: 'rate_limited', until: limitEndsAt(headers, new Date()) })
  }
  if (status === 401) return new PlatformError({ platform: 'gitee', kind: 'sign_in_expired' })
  if (status === 404) return new PlatformError({ platform: 'gitee', kind: 'not_found' })
  return new PlatformError({ platform: 'gitee', kind: 'unexpected_answer', note: `status ${status}` })
}

function messageOf(text: string): string {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(text))
    return parsed.success ? (parsed.data.message ?? parsed.data.error ?? '') : ''
  } catch {
    return ''
  }
}

/** Path of a repository; names are encoded, they may come from a pasted address. */
export function repositoryPath({ owner, name }: { owner: string; name: string }): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
}
