import { expect, test } from 'vitest'
import { fullBatch, grown, halved } from './batch-size'

test('halves down to one and never to nothing', () => {
  const sizes = [100]
  for (let turn = 0; turn < 8; turn += 1) sizes.push(halved(sizes.at(-1) ?? 0).size)
  expect(sizes).toEqual([100, 50, 25, 12, 6, 3, 1, 1, 1])
})

test('grows back after two that passed, up to what the platform allows and no further', () => {
  let batch = halved(100)
  const sizes: number[] = []
  for (let turn = 0; turn < 6; turn += 1) {
    batch = grown(batch, 100)
    sizes.push(batch.size)
  }
  expect(sizes).toEqual([50, 100, 100, 100, 100, 100])
  expect(grown({ size: 60, calm: 1 }, 100).size).toBe(100)
  expect(grown(fullBatch(100), 100)).toEqual({ size: 100, calm: 0 })
})

test('one that is too much again forgets what passed before', () => {
  const once = grown(halved(100), 100)
  expect(once).toEqual({ size: 50, calm: 1 })
  expect(halved(once.size)).toEqual({ size: 25, calm: 0 })
})
