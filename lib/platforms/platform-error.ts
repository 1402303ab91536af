import type { Platform } from '@/lib/domain/platform'

export const PLATFORM_FAILURES = [
  'rate_limited',
  'sign_in_expired',
  'not_found',
  'unavailable',
  'unexpected_answer',
] as const
export type PlatformFailure = (typeof PLATFORM_FAILURES)[number]

/**
 * How a platform failed. The kind decides what follows: wait, ask the student, give up. It carries no token, no address
 * with a query and no body: it may be logged as it is.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError'
  readonly platform: Platform
  readonly kind: PlatformFailure
  /** Earliest time to ask again; set for `rate_limited`, maybe for `unavailable`. */
  readonly until: Date | null
  /** The question was too much for the platform: a smaller one may pass. */
  readonly isTooHeavy: boolean

  constructor(failure: {
    platform: Platform
    kind: PlatformFailure
    until?: Date | null
    note?: string
    isTooHeavy?: boolean
  }) {
    super(`${failure.platform}: ${failure.kind}${failure.note ? ` (${failure.note})` : ''}`)
    this.platform = failure.platform
    this.kind = failure.kind
    this.until = failure.until ?? null
    this.isTooHeavy = failure.isTooHeavy ?? false
  }
}

export function isPlatformError(value: unknown, kind?: PlatformFailure): value is PlatformError {
  return value instanceof PlatformError && (kind === undefined || value.kind === kind)
}
