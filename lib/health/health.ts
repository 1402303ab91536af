import type { QueueState } from '@/lib/db/system-state'

/** Workers give a sign of life every few seconds; one that is silent this long is dead. */
export const WORKER_SILENT_SECONDS = 60
/** A due job that nobody took for this long: the queue stands still. */
export const QUEUE_STUCK_SECONDS = 900

/** The state of the deployment: numbers and names that anybody may know. */
export interface Health {
  readonly status: 'ok' | 'unwell'
  readonly database: { readonly ok: boolean }
  readonly migrations: {
    readonly ok: boolean
    readonly applied: readonly string[]
    readonly missing: readonly string[]
  }
  readonly queue: { readonly ok: boolean } & Partial<QueueState>
}

export interface Observations {
  readonly shipped: readonly string[]
  readonly applied: readonly string[]
  readonly queue: QueueState
}

/** Judges what was seen; null: the database did not answer. */
export function judgeHealth(seen: Observations | null): Health {
  if (seen === null) {
    return {
      status: 'unwell',
      database: { ok: false },
      migrations: { ok: false, applied: [], missing: [] },
      queue: { ok: false },
    }
  }
  const missing = seen.shipped.filter((name) => !seen.applied.includes(name))
  const { workerSeenSecondsAgo, oldestDueSeconds } = seen.queue
  const hasWorker = workerSeenSecondsAgo !== null && workerSeenSecondsAgo <= WORKER_SILENT_SECONDS
  const queueOk = hasWorker && oldestDueSeconds <= QUEUE_STUCK_SECONDS
  return {
    status: missing.length === 0 && queueOk ? 'ok' : 'unwell',
    database: { ok: true },
    migrations: { ok: missing.length === 0, applied: seen.applied, missing },
    queue: { ok: queueOk, ...seen.queue },
  }
}
