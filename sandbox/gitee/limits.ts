import type { GiteeCaller } from './tokens'

const HOUR_SECONDS = 3600
export const HOURLY_LIMITS = { anonymous: 60, token: 5000 } as const
const KEPT_WINDOWS = 10_000

export type LimitState = { limit: number; remaining: number; resetAtSeconds: number; isExceeded: boolean }

/** Requests by caller and hour; all anonymous ones share one window, as behind one address. */
export class HourlyLimits {
  readonly #windows = new Map<string, { startedAtSeconds: number; used: number }>()

  take(caller: GiteeCaller, now: Date): LimitState {
    const key = callerKey(caller)
    const limit = caller.kind === 'anonymous' ? HOURLY_LIMITS.anonymous : HOURLY_LIMITS.token
    const nowSeconds = Math.floor(now.getTime() / 1000)
    const known = this.#windows.get(key)
    const isFresh = known !== undefined && nowSeconds - known.startedAtSeconds < HOUR_SECONDS
    const window = isFresh ? known : { startedAtSeconds: nowSeconds, used: 0 }
    const isExceeded = window.used >= limit
    if (!isExceeded) window.used += 1
    this.#windows.delete(key)
    this.#windows.set(key, window)
    this.#forgetOldest()
    return {
      limit,
      remaining: limit - window.used,
      resetAtSeconds: window.startedAtSeconds + HOUR_SECONDS,
      isExceeded,
    }
  }

  #forgetOldest(): void {
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= KEPT_WINDOWS) break
      this.#windows.delete(oldest)
    }
  }
}

function callerKey(caller: GiteeCaller): string {
  if (caller.kind === 'account') return `account/${caller.accountId}`
  return caller.kind === 'service' ? `service/${caller.name}` : 'anonymous'
}
