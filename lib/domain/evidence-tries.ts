import { SYNC_FAILURES, type SyncFailure } from './sync'

/** Why evidence is not there: how a platform failed, or that something here did. */
export const EVIDENCE_FAILURES = [...SYNC_FAILURES, 'internal'] as const
export type EvidenceFailure = (typeof EVIDENCE_FAILURES)[number]

/** At this weight of failures without a step forward, collecting ends. */
const GIVE_UP_AT = 24

/**
 * What one failure weighs. A platform that is down comes back: two dozen tries are about a day. A platform that answers,
 * but not with the contribution, is asked four times: it may have been hidden for a moment, and then it is gone.
 */
const WEIGHT: Readonly<Record<SyncFailure, number>> = {
  rate_limited: 1,
  unavailable: 1,
  sign_in_expired: 6,
  not_found: 6,
  unexpected_answer: 6,
}

const MINUTE_MS = 60_000
const WAITS_MINUTES = { passing: [10, 20, 40, 60], telling: [10, 60, 360] } as const

export type FailedTry = {
  kind: SyncFailure
  /** What the failures before weigh; 0 where something was frozen since. */
  strikes: number
  /** When the platform says to come again; null where it says nothing. */
  until: Date | null
  now: Date
}

/** What follows a failed try: the weight now, and when to try again; null is never. */
export function planNextTry({ kind, strikes, until, now }: FailedTry): { strikes: number; retryAt: Date | null } {
  const weight = WEIGHT[kind]
  const total = strikes + weight
  if (total >= GIVE_UP_AT) return { strikes: total, retryAt: null }
  const waits = weight === 1 ? WAITS_MINUTES.passing : WAITS_MINUTES.telling
  const triesBefore = Math.floor(strikes / weight)
  const minutes = waits[Math.min(triesBefore, waits.length - 1)] ?? waits[0]
  return { strikes: total, retryAt: until ?? new Date(now.getTime() + minutes * MINUTE_MS) }
}
