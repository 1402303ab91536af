/** How many a request asks about. */
export type BatchSize = { size: number; calm: number }

/** Requests in a row that passed before more is asked at once. */
const CALM = 2

export function fullBatch(max: number): BatchSize {
  return { size: max, calm: 0 }
}

/** It was too much for the platform: half of what was asked, at least one. */
export function halved(asked: number): BatchSize {
  return { size: Math.max(1, Math.floor(asked / 2)), calm: 0 }
}

/** It passed: after two in a row twice as much, up to what the platform allows. */
export function grown({ size, calm }: BatchSize, max: number): BatchSize {
  if (size >= max) return { size: max, calm: 0 }
  return calm + 1 < CALM ? { size, calm: calm + 1 } : { size: Math.min(size * 2, max), calm: 0 }
}
