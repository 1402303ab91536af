import { expect, test } from 'vitest'
import { PlatformError } from '@/lib/platforms/platform-error'
import { askInBatches } from './ask-in-batches'
import { fullBatch } from './batch-size'

const HEAVY = new PlatformError({ platform: 'github', kind: 'unavailable', isTooHeavy: true })
const signal = new AbortController().signal
const items = Array.from({ length: 30 }, (_, at) => at)

/** Asks of at most so many pass; whoever is in `never` never does. */
function platform(most: number, never: readonly number[] = []) {
  const asked: number[][] = []
  const ask = async (batch: readonly number[]) => {
    asked.push([...batch])
    if (batch.length > most || batch.some((one) => never.includes(one))) throw HEAVY
    return batch
  }
  return { asked, ask }
}

test('halves until it passes, and everything is answered once and in order', async () => {
  const { asked, ask } = platform(5)
  const { answers, tooMuch, size } = await askInBatches({ items, size: fullBatch(20), max: 20, signal, ask })
  expect(answers.flat()).toEqual(items)
  expect(tooMuch).toEqual([])
  expect(asked.slice(0, 3).map((batch) => batch.length)).toEqual([20, 10, 5])
  expect(size.size).toBeLessThanOrEqual(10)
})

test('grows back when the weight is gone', async () => {
  let heavy = 2
  const sizes: number[] = []
  const ask = async (batch: readonly number[]) => {
    sizes.push(batch.length)
    if (heavy-- > 0) throw HEAVY
    return batch
  }
  const many = Array.from({ length: 100 }, (_, at) => at)
  const { size } = await askInBatches({ items: many, size: fullBatch(20), max: 20, signal, ask })
  expect(sizes.slice(0, 8)).toEqual([20, 10, 5, 5, 10, 10, 20, 20])
  expect(size).toEqual({ size: 20, calm: 0 })
})

test('one that is too much even alone is left out and the others go on', async () => {
  const { answers, tooMuch } = await askInBatches({
    items,
    size: fullBatch(16),
    max: 16,
    signal,
    ask: platform(16, [7]).ask,
  })
  expect(tooMuch).toEqual([7])
  expect(answers.flat()).toEqual(items.filter((one) => one !== 7))
})

test('where nothing passes the platform is down, and nobody is asked about one by one', async () => {
  const { asked, ask } = platform(0)
  await expect(askInBatches({ items, size: fullBatch(16), max: 16, signal, ask })).rejects.toBe(HEAVY)
  expect(asked).toHaveLength(7)
})

test('what is no weight is thrown on, and a stop ends between two batches', async () => {
  const down = new PlatformError({ platform: 'github', kind: 'rate_limited' })
  const refuse = async () => Promise.reject(down)
  await expect(askInBatches({ items, size: fullBatch(16), max: 16, signal, ask: refuse })).rejects.toBe(down)
  const stopping = new AbortController()
  const ask = async () => stopping.abort()
  const asked = askInBatches({ items, size: fullBatch(16), max: 16, signal: stopping.signal, ask })
  await expect(asked).rejects.toThrow(/^$/)
})
