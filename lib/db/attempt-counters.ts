import { z } from 'zod'
import { AppError } from '@/lib/domain/errors'
import { database } from './client'

export type AttemptLimit = {
  /** What is counted, without personal data: `sign-in:university:…`. */
  key: string
  limit: number
  windowSeconds: number
  /** Reason code of the refusal; its words get `retryAfterSeconds`. */
  code: string
}

const counted = z.tuple([z.object({ count: z.number() })])

/**
 * Counts one attempt and refuses it when there were too many in the present window. A statement of its own, outside of
 * any transaction: a refusal must not undo the count.
 * @throws AppError `rate_limited` with `retryAfterSeconds`
 */
export async function limitAttempts({ key, limit, windowSeconds, code }: AttemptLimit, now: Date): Promise<void> {
  const windowMs = windowSeconds * 1000
  const startMs = Math.floor(now.getTime() / windowMs) * windowMs
  const rows = await database().$queryRaw<unknown[]>`
    insert into attempt_counter (key, window_starts_at, count) values (${key}, ${new Date(startMs)}, 1)
    on conflict (key, window_starts_at) do update set count = attempt_counter.count + 1
    returning count`
  const [{ count }] = counted.parse(rows)
  if (count <= limit) return
  const retryAfterSeconds = Math.ceil((startMs + windowMs - now.getTime()) / 1000)
  throw new AppError('rate_limited', code, {
    retryAfterSeconds,
    retryAfterMinutes: Math.ceil(retryAfterSeconds / 60),
  })
}
