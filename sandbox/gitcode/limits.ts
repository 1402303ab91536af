const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const KEPT_CALLERS = 10_000

/** Requests by caller in windows of a minute and an hour; the answer says nothing of them until one is full. */
export class GitCodeLimits {
  readonly #limits: { perMinute: number; perHour: number }
  readonly #used = new Map<string, { minute: number; inMinute: number; hour: number; inHour: number }>()

  constructor(limits: { perMinute: number; perHour: number }) {
    this.#limits = limits
  }

  /** False when the caller has had all that it may have. */
  take(caller: string, now: Date): boolean {
    const minute = Math.floor(now.getTime() / MINUTE_MS)
    const hour = Math.floor(now.getTime() / HOUR_MS)
    const known = this.#used.get(caller)
    const inMinute = known?.minute === minute ? known.inMinute : 0
    const inHour = known?.hour === hour ? known.inHour : 0
    const isFree = inMinute < this.#limits.perMinute && inHour < this.#limits.perHour
    const more = isFree ? 1 : 0
    this.#used.delete(caller)
    this.#used.set(caller, { minute, inMinute: inMinute + more, hour, inHour: inHour + more })
    for (const oldest of this.#used.keys()) {
      if (this.#used.size <= KEPT_CALLERS) break
      this.#used.delete(oldest)
    }
    return isFree
  }
}
