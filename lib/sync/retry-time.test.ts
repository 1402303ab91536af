import { expect, test } from 'vitest'
import { PlatformError } from '@/lib/platforms/platform-error'
import { MOST_JITTER_MS, retryTime } from './retry-time'

const now = new Date('2026-11-24T02:30:00Z')
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const limited = new PlatformError({ platform: 'github', kind: 'rate_limited', until: after(600) })

test('a time that was told is kept to: never before it, and a few seconds after it at most', () => {
  expect(retryTime(limited, { startedAt: now, now, random: () => 0 })).toEqual(after(600))
  const latest = retryTime(limited, { startedAt: now, now, random: () => 0.999_999 })
  expect(latest?.getTime()).toBeLessThan(after(600).getTime() + MOST_JITTER_MS)
  const times = new Set(Array.from({ length: 50 }, () => retryTime(limited, { startedAt: now, now })?.getTime()))
  expect(times.size).toBeGreaterThan(25)
})

test('a platform that is down and names a time is not asked before it; one that names none is asked by our own waits', () => {
  const named = new PlatformError({ platform: 'gitee', kind: 'unavailable', until: after(120) })
  expect(retryTime(named, { startedAt: now, now, random: () => 0 })).toEqual(after(120))
  const silent = new PlatformError({ platform: 'gitee', kind: 'unavailable' })
  expect(retryTime(silent, { startedAt: now, now })).toEqual(after(15))
})

test('what people must mend is not waited for, and nothing is for more than a day', () => {
  const ended = new PlatformError({ platform: 'github', kind: 'sign_in_expired' })
  expect(retryTime(ended, { startedAt: now, now })).toBeNull()
  expect(retryTime(limited, { startedAt: after(-86_401), now })).toBeNull()
})
