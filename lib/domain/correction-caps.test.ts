import { expect, test } from 'vitest'
import { capAbove } from './correction-caps'

const CAPS = {
  perItemHundredths: 50,
  perRepositoryHundredths: 80,
  itemsPerRepository: null,
  perTermHundredths: 200,
  lifetimeHundredths: 400,
}
const items = ['a', 'a', 'b', 'c'].map((repositoryId) => ({ repositoryId }))
const beside = { termHundredths: 60, lifetimeHundredths: 300 }

test.each([
  [100, null],
  [101, { cap: 'lifetime', limitHundredths: 100 }],
  [141, { cap: 'perTerm', limitHundredths: 140 }],
  [199, { cap: 'perTerm', limitHundredths: 140 }],
  [201, { cap: 'perItem', limitHundredths: 200 }],
])('%i hundredths are above %j', (hundredths, above) => {
  expect(capAbove(CAPS, { hundredths, items, beside })).toEqual(above)
})

test('each repository has its own room', () => {
  const one = items.slice(0, 2)
  expect(capAbove(CAPS, { hundredths: 81, items: one, beside })).toEqual({ cap: 'perRepository', limitHundredths: 80 })
})

test('rules without caps are above nothing, and what is used up leaves nothing', () => {
  const none = {
    perItemHundredths: null,
    perRepositoryHundredths: null,
    itemsPerRepository: null,
    perTermHundredths: null,
    lifetimeHundredths: null,
  }
  expect(capAbove(none, { hundredths: 1_000_000, items, beside })).toBeNull()
  const full = { termHundredths: 500, lifetimeHundredths: 500 }
  expect(capAbove(CAPS, { hundredths: 1, items, beside: full })).toEqual({ cap: 'perTerm', limitHundredths: 0 })
})
