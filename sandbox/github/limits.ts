import { limitKey, type Viewer } from './viewer'

export type Resource = 'core' | 'search' | 'graphql'
export type LimitState = { limit: number; used: number; remaining: number; resetSeconds: number }

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Points a minute before the secondary limit answers. */
const SECONDARY_POINTS = { core: 900, search: 900, graphql: 2_000 } as const

type Window = { startedAtMs: number; used: number }

/** Primary limits by viewer and resource, secondary limits by minute. */
export class RateLimits {
  readonly #now: () => Date
  readonly #windows = new Map<string, Window>()

  constructor(now: () => Date) {
    this.#now = now
  }

  state(viewer: Viewer, resource: Resource): LimitState {
    const lengthMs = windowMs(resource)
    const window = this.#window(`${limitKey(viewer)}/${resource}`, lengthMs)
    const limit = limitOf(viewer, resource)
    const remaining = Math.max(0, limit - window.used)
    const resetSeconds = Math.ceil((window.startedAtMs + lengthMs) / 1000)
    return { limit, used: Math.min(window.used, limit), remaining, resetSeconds }
  }

  spend(viewer: Viewer, resource: Resource, points: number): void {
    this.#window(`${limitKey(viewer)}/${resource}`, windowMs(resource)).used += points
  }

  /** Counts one call against the minute; false when the secondary limit is reached. */
  passesSecondary(viewer: Viewer, resource: Resource, points: number): boolean {
    const group = resource === 'graphql' ? 'graphql' : 'core'
    const window = this.#window(`${limitKey(viewer)}/secondary/${group}`, MINUTE_MS)
    if (window.used + points > SECONDARY_POINTS[group]) return false
    window.used += points
    return true
  }

  #window(key: string, lengthMs: number): Window {
    const nowMs = this.#now().getTime()
    const window = this.#windows.get(key)
    if (window && nowMs < window.startedAtMs + lengthMs) return window
    const fresh = { startedAtMs: nowMs, used: 0 }
    this.#windows.set(key, fresh)
    return fresh
  }
}

function windowMs(resource: Resource): number {
  return resource === 'search' ? MINUTE_MS : HOUR_MS
}

function limitOf(viewer: Viewer, resource: Resource): number {
  if (resource === 'search') return viewer.kind === 'anonymous' ? 10 : 30
  return viewer.kind === 'anonymous' ? 60 : 5_000
}

export function limitHeaders(resource: Resource, state: LimitState): Record<string, string> {
  return {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-used': String(state.used),
    'x-ratelimit-reset': String(state.resetSeconds),
    'x-ratelimit-resource': resource,
  }
}
