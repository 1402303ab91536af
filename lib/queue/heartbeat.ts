import type { WorkerUtils } from 'graphile-worker'
import { log } from '@/lib/log/log'

type Options = {
  /** Names under which this process locks jobs; grows while it starts. */
  poolIds: ReadonlySet<string>
  intervalMs: number
  deadAfterMs: number
}

/**
 * Says "alive" for this process, and unlocks the jobs of those that say nothing any more: without it a killed
 * worker's jobs stay locked for four hours. Whoever is alive does it; a job must bear to be started twice.
 */
export async function startHeartbeat(utils: WorkerUtils, options: Options): Promise<{ stop(): Promise<void> }> {
  let timer: NodeJS.Timeout | undefined
  let beating: Promise<void> = Promise.resolve()
  let isStopped = false
  const beat = async () => {
    try {
      await writeHeartbeats(utils, [...options.poolIds])
      await unlockDeadWorkers(utils, options.deadAfterMs)
    } catch (error) {
      log.warn('heartbeat_failed', { error: error instanceof Error ? error.name : typeof error })
    }
    if (!isStopped) timer = setTimeout(() => (beating = beat()), options.intervalMs)
  }
  await beat()
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await beating
      await utils.withPgClient((client) =>
        client.query('delete from worker_heartbeat where worker_id = any($1)', [[...options.poolIds]]),
      )
    },
  }
}

async function writeHeartbeats(utils: WorkerUtils, poolIds: readonly string[]): Promise<void> {
  await utils.withPgClient((client) =>
    client.query(
      `insert into worker_heartbeat (worker_id, started_at, seen_at) select id, now(), now() from unnest($1::text[]) as id
       on conflict (worker_id) do update set seen_at = excluded.seen_at`,
      [poolIds],
    ),
  )
}

/** By the database's clock alone: the machines' clocks may differ. A lock younger than the limit is left alone. */
async function unlockDeadWorkers(utils: WorkerUtils, deadAfterMs: number): Promise<void> {
  const { rows } = await utils.withPgClient((client) =>
    client.query<{ worker_id: string }>(
      `select distinct locked_by as worker_id from (
         select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
         union all
         select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
       ) locks
       where locked_at < now() - $1 * interval '1 millisecond'
         and not exists (select 1 from worker_heartbeat h
                          where h.worker_id = locked_by and h.seen_at > now() - $1 * interval '1 millisecond')`,
      [deadAfterMs],
    ),
  )
  if (rows.length === 0) return
  log.warn('dead_workers_unlocked', { workers: rows.length })
  await utils.forceUnlockWorkers(rows.map((row) => row.worker_id))
  await utils.withPgClient((client) =>
    client.query(`delete from worker_heartbeat where seen_at < now() - interval '1 day'`),
  )
}
