import { isPlatformError } from '@/lib/platforms/platform-error'
import { type BatchSize, grown, halved } from './batch-size'
import { SyncStopped } from './sync-source'

/** After so many in a row that were too much even alone, it is the platform that is down. */
const ALONE_TOO_MUCH = 3

type Asked<Item, Answer> = {
  items: readonly Item[]
  /** Where the sizes begin. */
  size: BatchSize
  max: number
  signal: AbortSignal
  ask: (batch: readonly Item[]) => Promise<Answer>
}

/**
 * Asks about many in batches: one that is too much for the platform is halved and asked again, and batches grow back.
 * @returns the answers, those that are too much even alone, and how much to ask at once next
 * @throws PlatformError what else the platform says, and `unavailable` when nothing passes at all; SyncStopped
 */
export async function askInBatches<Item, Answer>(
  asked: Asked<Item, Answer>,
): Promise<{ answers: Answer[]; tooMuch: Item[]; size: BatchSize }> {
  const { items, max, signal, ask } = asked
  let { size } = asked
  const answers: Answer[] = []
  const tooMuch: Item[] = []
  let aloneInARow = 0
  for (let at = 0; at < items.length; ) {
    if (signal.aborted) throw new SyncStopped()
    const batch = items.slice(at, at + Math.min(size.size, max))
    try {
      answers.push(await ask(batch))
      size = grown(size, max)
      aloneInARow = 0
      at += batch.length
    } catch (error) {
      if (!isPlatformError(error, 'unavailable') || !error.isTooHeavy) throw error
      size = halved(batch.length)
      if (batch.length > 1) continue
      aloneInARow += 1
      if (aloneInARow >= ALONE_TOO_MUCH) throw error
      tooMuch.push(...batch)
      at += 1
    }
  }
  return { answers, tooMuch, size }
}
