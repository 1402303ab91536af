import { describe, expect, test } from 'vitest'
import { type FailedTry, planNextTry } from './evidence-tries'
import { SYNC_FAILURES, type SyncFailure } from './sync'

const NOW = new Date('2026-11-10T04:00:00.000Z')

/** Waits in minutes until it is given up. */
function waitsOf(kindOf: (index: number) => SyncFailure): number[] {
  const waits: number[] = []
  let strikes = 0
  for (let index = 0; index < 1000; index += 1) {
    const next = planNextTry({ kind: kindOf(index), strikes, until: null, now: NOW })
    strikes = next.strikes
    if (next.retryAt === null) return waits
    waits.push((next.retryAt.getTime() - NOW.getTime()) / 60_000)
  }
  throw new Error('never given up')
}

describe('what follows a failed try', () => {
  test.each(['not_found', 'sign_in_expired', 'unexpected_answer'] as const)('%s is asked four times', (kind) => {
    expect(waitsOf(() => kind)).toEqual([10, 60, 360])
  })

  test('a platform that is down is asked for about a day', () => {
    const waits = waitsOf(() => 'unavailable')
    expect(waits.slice(0, 5)).toEqual([10, 20, 40, 60, 60])
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 60
    expect([hours > 20, hours < 30]).toEqual([true, true])
  })

  test('failures of every kind, mixed, come to an end too', () => {
    const kinds = SYNC_FAILURES
    expect(waitsOf((index) => kinds[index % kinds.length] ?? 'unavailable').length).toBeLessThan(24)
  })

  test('the time that a platform names is kept to', () => {
    const until = new Date(NOW.getTime() + 3_600_000)
    const failed: FailedTry = { kind: 'rate_limited', strikes: 0, until, now: NOW }
    expect(planNextTry(failed)).toEqual({ strikes: 1, retryAt: until })
    expect(planNextTry({ ...failed, strikes: 23 })).toEqual({ strikes: 24, retryAt: null })
  })
})
