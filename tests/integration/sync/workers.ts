import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SyncWorld } from './sync-world'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

export type Workers = {
  /** A worker as `npm run worker` starts it, in a process of its own; settles when it takes jobs. */
  start(): Promise<ChildProcess>
  /** How many of them live. */
  living(): number
  /** Kills those that live, without a word of warning. */
  killAll(): Promise<void>
}

export function openWorkers(): Workers {
  const started: ChildProcess[] = []
  return {
    start: async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'lib/worker/main.ts'], {
        cwd: ROOT,
        env: { ...process.env, WORKER_CONCURRENCY: '2', LOG_LEVEL: 'error' },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      started.push(child)
      await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(([code]) => {
          throw new Error(`the worker ended with ${code} before it was ready`)
        }),
      ])
      return child
    },
    living: () => started.filter(isAlive).length,
    killAll: async () => {
      for (const child of started.splice(0)) await kill(child)
    },
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

export async function kill(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Lets the time pass after which a worker that says nothing counts as dead; the next one to start unlocks its jobs. */
export async function letDeadWorkersBeMissed({ db }: SyncWorld): Promise<void> {
  await db.$executeRaw`update worker_heartbeat set seen_at = now() - interval '1 hour'`
  await db.$executeRaw`
    update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where locked_at is not null`
  await db.$executeRaw`
    update graphile_worker._private_job_queues set locked_at = now() - interval '1 hour' where locked_at is not null`
}

/** @returns how many seconds it took */
export async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<number> {
  const begun = Date.now()
  while (!(await holds())) {
    if (Date.now() - begun > seconds * 1000) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return (Date.now() - begun) / 1000
}

/** Whether no job is left that would be tried soon; platforms without a credential of the university have a turn in hours. */
export async function isQuiet({ db }: SyncWorld): Promise<boolean> {
  const rows = await db.$queryRaw<{ left: bigint }[]>`
    select count(*) as left from graphile_worker.jobs 
     where locked_at is not null or (attempts < max_attempts and run_at < now() + interval '1 hour')`
  return Number(rows[0]?.left) === 0
}
