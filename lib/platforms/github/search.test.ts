import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SearchWindow, splitWindow } from './search'

const seconds = (n: number) => Date.UTC(2026, 0, 1) + n * 1000

test('a window is parted into two that touch and do not overlap, the newer first', () => {
  expect(splitWindow({ fromMs: seconds(0), toMs: seconds(9) })).toEqual([
    { fromMs: seconds(5), toMs: seconds(9) },
    { fromMs: seconds(0), toMs: seconds(4) },
  ])
  expect(splitWindow({ fromMs: seconds(0), toMs: seconds(1) })).toEqual([
    { fromMs: seconds(1), toMs: seconds(1) },
    { fromMs: seconds(0), toMs: seconds(0) },
  ])
})

test('a second is not parted any further', () => {
  expect(splitWindow({ fromMs: seconds(3), toMs: seconds(3) })).toBeNull()
})

/** What halving until each window holds at most `cap` finds of some seconds. */
function foundByHalving(times: readonly number[], cap: number): number[] {
  const open: SearchWindow[] = [{ fromMs: seconds(0), toMs: seconds(100_000) }]
  const found: number[] = []
  for (let window = open.shift(); window !== undefined; window = open.shift()) {
    const { fromMs, toMs } = window
    const within = times.filter((at) => seconds(at) >= fromMs && seconds(at) <= toMs)
    const halves = within.length > cap ? splitWindow(window) : null
    if (halves) open.unshift(...halves)
    else found.push(...within)
  }
  return found
}

test('halving loses nothing and finds nothing twice', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (times, cap) => {
        expect(foundByHalving(times, cap).sort((a, b) => a - b)).toEqual(times.toSorted((a, b) => a - b))
      },
    ),
  )
})
