import { expect, test } from 'vitest'
import { uuid7 } from './uuid7'

test('is an id of its version, in the order of time', () => {
  const ids = [1, 2, 3].map((second) => uuid7(Date.UTC(2026, 10, 24) + second * 1000))
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(Array.from({ length: 1000 }, () => uuid7())).size).toBe(1000)
})
