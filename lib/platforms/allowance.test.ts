import { expect, test } from 'vitest'
import { AllowanceMeter, readAllowance } from './allowance'
import { limitEndsAt } from './http'

const now = new Date('2026-11-24T02:30:00.000Z')
const nowSeconds = now.getTime() / 1000
const MINUTE = 60

/** GitHub's headers from a clock that runs `aheadSeconds` before ours. */
function github(aheadSeconds: number, more: Record<string, string> = {}): Headers {
  return new Headers({
    date: new Date(now.getTime() + aheadSeconds * 1000).toUTCString(),
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(nowSeconds + aheadSeconds + 600),
    'x-ratelimit-resource': 'graphql',
    ...more,
  })
}

test.each([0, 1, 7 * MINUTE, -7 * MINUTE])('a clock that is %i s ahead of ours moves no wait: it is 600 s', (ahead) => {
  const waitSeconds = (limitEndsAt(github(ahead), now).getTime() - now.getTime()) / 1000
  expect(Math.abs(waitSeconds - 601)).toBeLessThanOrEqual(1)
  const told = readAllowance(github(ahead), now)
  expect(told).toMatchObject({ pool: 'graphql', total: 5000, remaining: 0 })
  expect(Math.abs((told?.resetsAt?.getTime() ?? 0) - now.getTime() - 600_000)).toBeLessThanOrEqual(1000)
})

test('a `retry-after` is so many seconds, whatever the clocks show', () => {
  expect(limitEndsAt(github(9 * MINUTE, { 'retry-after': '90' }), now)).toEqual(new Date(now.getTime() + 90_000))
})

test('the Hub tells in seconds, with the total in a header of its own', () => {
  const headers = new Headers({ ratelimit: '"api";r=499;t=55', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' })
  expect(readAllowance(headers, now)).toEqual({
    pool: 'api',
    total: 500,
    remaining: 499,
    resetsAt: new Date(now.getTime() + 55_000),
    toldAt: now,
  })
})

test('what says nothing is nothing, and what is no number is not believed', () => {
  expect(readAllowance(new Headers(), now)).toBeNull()
  expect(readAllowance(new Headers({ 'x-ratelimit-remaining': 'lots' }), now)).toBeNull()
  expect(readAllowance(new Headers({ 'x-ratelimit-remaining': '4' }), now)).toMatchObject({
    pool: 'api',
    total: null,
    resetsAt: null,
  })
})

test('a meter keeps the newest word about each pool until it is taken', () => {
  const meter = new AllowanceMeter()
  meter.hear(github(0, { 'x-ratelimit-remaining': '9' }), now)
  meter.hear(github(0, { 'x-ratelimit-remaining': '8' }), now)
  meter.hear(github(0, { 'x-ratelimit-remaining': '30', 'x-ratelimit-resource': 'search' }), now)
  expect(meter.take().map(({ pool, remaining }) => [pool, remaining])).toEqual([
    ['graphql', 8],
    ['search', 30],
  ])
  expect(meter.take()).toEqual([])
})
