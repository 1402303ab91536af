import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tx } from './scope'

export type QueueState = {
  /** Jobs that could run now. */
  due: number
  oldestDueSeconds: number
  /** Jobs that failed as often as they may. */
  givenUp: number
  /** Since the last sign of life of any worker; null where none ever ran. */
  workerSeenSecondsAgo: number | null
}

/** Names of the migrations that this version of the app comes with, oldest first. */
export async function listShippedMigrations(): Promise<string[]> {
  // turbopackIgnore: read at run time from where the app is started, never bundled.
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations')
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
}

/** Names of the migrations that the database has whole, oldest first. */
export async function listAppliedMigrations(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select migration_name as name from _prisma_migrations
    where finished_at is not null and rolled_back_at is null order by migration_name`
  return rows.map((row) => row.name)
}

/** How the queue does, as seen by the database's clock. */
export async function readQueueState(tx: Tx): Promise<QueueState> {
  const [row] = await tx.$queryRaw<{ due: bigint; oldest: number; given_up: bigint; seen: number | null }[]>`
    select q.due, q.oldest_due_seconds as oldest, q.given_up,
      (select extract(epoch from now() - max(seen_at))::int from worker_heartbeat) as seen
    from queue_state() q`
  return {
    due: Number(row?.due ?? 0),
    oldestDueSeconds: row?.oldest ?? 0,
    givenUp: Number(row?.given_up ?? 0),
    workerSeenSecondsAgo: row?.seen ?? null,
  }
}
