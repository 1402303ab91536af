import type { Platform } from '@/lib/domain/platform'
import { onOurClock } from './allowance'
import { PlatformError } from './platform-error'

/** GitHub refuses requests without it, Gitee's token endpoint too. */
export const USER_AGENT = 'yuanfen'

const TIMEOUT_MS = 20_000
const MAX_BODY_BYTES = 16 * 1024 * 1024
const MAX_REDIRECTS = 3
const RETRY_DELAYS_MS = [200, 1_000]
const REDIRECTS = new Set([301, 302, 303, 307, 308])

export type PlatformRequest = {
  platform: Platform
  url: string
  method: string
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Reads and look-ups may be asked again after a fault; an exchange of a code may not. */
  repeatable: boolean
  /** Set where what took too long is answered by a smaller question, not by the same one again. */
  shrinks?: boolean
  timeoutMs?: number
  signal?: AbortSignal | undefined
}

/** An answer whose body was read to its end, within the limits. */
export type PlatformAnswer = { status: number; headers: Headers; text: string; url: string }

/**
 * Asks a platform. Redirects are followed on the same origin only (a token must not travel on), answers are limited in
 * time and size, faults of the network and the platform's 5xx are tried again where that is harmless.
 * Other statuses are given back: what they mean differs by platform.
 * @throws PlatformError `unavailable`, `unexpected_answer`
 */
export async function askPlatform(request: PlatformRequest): Promise<PlatformAnswer> {
  const delays = request.repeatable ? RETRY_DELAYS_MS : []
  for (let attempt = 0; ; attempt += 1) {
    const delay = delays[attempt]
    try {
      const answer = await askOnce(request)
      if (answer.status < 500) return answer
      const isLeftToSmaller = TOO_LONG.has(answer.status) && request.shrinks === true
      if (delay === undefined || isLeftToSmaller) throw unavailable(request, answer)
    } catch (error) {
      const isFault = error instanceof PlatformError && error.kind === 'unavailable'
      const isLeftToSmaller = isFault && error.isTooHeavy && request.shrinks === true
      if (!isFault || isLeftToSmaller || delay === undefined || request.signal?.aborted) throw error
    }
    await sleep(delay ?? 0)
  }
}

async function askOnce(request: PlatformRequest): Promise<PlatformAnswer> {
  let url = new URL(request.url)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const { response, text } = await exchange(request, url)
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
    if (location === null) return { status: response.status, headers: response.headers, text, url: url.href }
    const next = new URL(location, url)
    if (next.origin !== url.origin || (request.method !== 'GET' && response.status === 303)) {
      throw new PlatformError({
        platform: request.platform,
        kind: 'unexpected_answer',
        note: 'redirect to another host',
      })
    }
    url = next
  }
  throw new PlatformError({ platform: request.platform, kind: 'unexpected_answer', note: 'too many redirects' })
}

/** One request and its whole answer. What went wrong is told without address and headers: they may hold secrets. */
async function exchange(request: PlatformRequest, url: URL): Promise<{ response: Response; text: string }> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: { 'user-agent': USER_AGENT, ...request.headers },
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    return { response, text: await readLimited(request.platform, response) }
  } catch (error) {
    if (error instanceof PlatformError) throw error
    const note = timeout.aborted ? 'timeout' : request.signal?.aborted ? 'stopped' : 'network'
    throw new PlatformError({ platform: request.platform, kind: 'unavailable', note, isTooHeavy: note === 'timeout' })
  }
}

async function readLimited(platform: Platform, response: Response): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) {
      throw new PlatformError({ platform, kind: 'unexpected_answer', note: 'answer too large' })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The answer's JSON; one that was cut off is the platform's fault and may be whole next time. */
export function parseAnswer(platform: Platform, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PlatformError({ platform, kind: 'unavailable', note: 'answer is not JSON' })
  }
}

/** The address of `rel="next"` in a Link header, if it stays on the origin that was asked. */
export function nextLink(answer: { headers: Headers; url: string }): string | null {
  for (const part of (answer.headers.get('link') ?? '').split(',')) {
    const [, address, rel] = /<([^>]+)>\s*;.*\brel="?([\w -]+)"?/.exec(part) ?? []
    if (address === undefined || !rel?.split(' ').includes('next')) continue
    const next = new URL(address, answer.url)
    return next.origin === new URL(answer.url).origin ? next.href : null
  }
  return null
}

const HOUR_MS = 3_600_000
const LEAST_WAIT_MS = 60_000

/**
 * When a platform that refused for a limit may be asked again: `retry-after`, else the reset of a limit that is used up,
 * else a minute; never more than two hours, whatever a header says. A reset is a time by the platform's clock, which may
 * differ from ours.
 */
export function limitEndsAt(headers: Headers, now: Date): Date {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN)
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  const isUsedUp = headers.get('x-ratelimit-remaining') === '0'
  const wanted = Number.isFinite(retryAfter)
    ? now.getTime() + retryAfter * 1000
    : isUsedUp && Number.isFinite(reset)
      ? onOurClock(reset * 1000, headers, now).getTime() + 1000
      : now.getTime() + LEAST_WAIT_MS
  return new Date(Math.min(Math.max(wanted, now.getTime() + 1000), now.getTime() + 2 * HOUR_MS))
}

/** Behind a gateway whatever takes too long ends as 502 or 504: a smaller question may be answered. */
const TOO_LONG = new Set([502, 504])

function unavailable(request: PlatformRequest, { status, headers }: PlatformAnswer): PlatformError {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return new PlatformError({
    platform: request.platform,
    kind: 'unavailable',
    until: Number.isFinite(seconds) ? new Date(Date.now() + Math.min(seconds, 7200) * 1000) : null,
    note: `status ${status}`,
    isTooHeavy: TOO_LONG.has(status),
  })
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
