import { z } from 'zod'
import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

export type PullRequestKey = { platformRepositoryId: string; number: number }
export type StoredUpdate = PullRequestKey & { updatedAt: Date; state: string }

const rowSchema = z.object({
  platformRepositoryId: z.string(),
  number: z.number(),
  updatedAt: z.date(),
  state: z.string(),
})

/** When each of some pull requests was changed last as far as is stored; those that are not stored are left out. One query. */
export async function listStoredUpdates(
  tx: Tx,
  platform: Platform,
  keys: readonly PullRequestKey[],
): Promise<StoredUpdate[]> {
  if (keys.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select k.id as "platformRepositoryId", c.number, c.updated_at as "updatedAt", c.state
      from unnest(${keys.map((key) => key.platformRepositoryId)}::text[], ${keys.map((key) => key.number)}::int[]) as k(id, number)
      join repository r on r.platform = ${platform} and r.platform_repository_id = k.id
     cross join lateral (select number, updated_at, state from contribution
                          where repository_id = r.id and kind = 'pull_request' and number = k.number offset 0) c`
  return z.array(rowSchema).parse(rows)
}
