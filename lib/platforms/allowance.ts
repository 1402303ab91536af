/** What a platform says is left of a credential's allowance, in the pool that it counts the request in. */
export type ToldAllowance = {
  pool: string
  /** Null where it does not say how much there is in all. */
  total: number | null
  remaining: number
  /** When all of it is back, by our clock. */
  resetsAt: Date | null
  toldAt: Date
}

/** Keeps the newest word about each pool while a credential is used; whoever opened the credential writes it down. */
export class AllowanceMeter {
  readonly #newest = new Map<string, ToldAllowance>()

  hear(headers: Headers, now: Date = new Date()): void {
    const told = readAllowance(headers, now)
    if (told !== null) this.#newest.set(told.pool, told)
  }

  /** What was heard since the last time, and forgotten here. */
  take(): ToldAllowance[] {
    const told = [...this.#newest.values()]
    this.#newest.clear()
    return told
  }
}

/**
 * The allowance as headers tell it: `x-ratelimit-…` of GitHub, Gitee and GitCode, whose reset is a time by the platform's
 * clock, or `RateLimit: "api";r=…;t=…` of the Hub, whose reset is in so many seconds. Null where they say nothing.
 */
export function readAllowance(headers: Headers, now: Date): ToldAllowance | null {
  const hub = /^"(\w+)";r=(\d{1,9});t=(\d{1,6})\b/.exec(headers.get('ratelimit') ?? '')
  if (hub !== null) {
    const [, pool = 'api', remaining, seconds] = hub
    const total = /;q=(\d{1,9})\b/.exec(headers.get('ratelimit-policy') ?? '')?.[1]
    return {
      pool,
      total: total === undefined ? null : Number(total),
      remaining: Number(remaining),
      resetsAt: new Date(now.getTime() + Number(seconds) * 1000),
      toldAt: now,
    }
  }
  const remaining = wholeNumber(headers.get('x-ratelimit-remaining'))
  if (remaining === null) return null
  const reset = wholeNumber(headers.get('x-ratelimit-reset'))
  return {
    pool: /^\w{1,40}$/.exec(headers.get('x-ratelimit-resource') ?? '')?.[0] ?? 'api',
    total: wholeNumber(headers.get('x-ratelimit-limit')),
    remaining,
    resetsAt: reset === null ? null : onOurClock(reset * 1000, headers, now),
    toldAt: now,
  }
}

/**
 * A time by the platform's clock as our clock shows it: the clocks may differ by minutes, and the `Date` of the same
 * answer says by how much.
 */
export function onOurClock(platformTimeMs: number, headers: Headers, now: Date): Date {
  const platformNowMs = Date.parse(headers.get('date') ?? '')
  const aheadMs = Number.isNaN(platformNowMs) ? 0 : platformNowMs - now.getTime()
  // `Date` has whole seconds: less than that is no difference.
  return new Date(platformTimeMs - (Math.abs(aheadMs) < 2_000 ? 0 : aheadMs))
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}
