const WINDOW_MS = 300_000
const KEPT_CALLERS = 10_000

/** Requests by caller in fixed windows of five minutes. */
export class HubLimits {
  readonly #used = new Map<string, { window: number; count: number }>()

  take(caller: string, quota: number, now: Date): { isFree: boolean; remaining: number; seconds: number } {
    const window = Math.floor(now.getTime() / WINDOW_MS)
    const known = this.#used.get(caller)
    const before = known?.window === window ? known.count : 0
    const isFree = before < quota
    const count = isFree ? before + 1 : before
    this.#used.delete(caller)
    this.#used.set(caller, { window, count })
    for (const oldest of this.#used.keys()) {
      if (this.#used.size <= KEPT_CALLERS) break
      this.#used.delete(oldest)
    }
    const seconds = Math.ceil(((window + 1) * WINDOW_MS - now.getTime()) / 1000)
    return { isFree, remaining: quota - count, seconds }
  }
}
