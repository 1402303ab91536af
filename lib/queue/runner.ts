import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { log } from '@/lib/log/log'
import { startHeartbeat } from './heartbeat'
import { type JobName, type JobPayload, jobs } from './jobs'

/** What a handler may know about the try that it runs in. */
export type JobContext = {
  /** Aborted when the process is asked to stop: long work ends at its next safe point and queues its rest. */
  signal: AbortSignal
  /** 1, 2 … */
  attempt: number
  /** After this one the job stays as given up. */
  isLastAttempt: boolean
}

export type JobHandler<N extends JobName> = (payload: JobPayload<N>, context: JobContext) => Promise<void>

/** Every job has its handler: a name without one does not compile. */
export type JobHandlers = { readonly [N in JobName]: JobHandler<N> }

export type RunnerOptions = {
  /** The owner of the queue's schema. */
  connectionString: string
  concurrency: number
  handlers: JobHandlers
  /** Lines of crontab, in UTC. */
  crontab: string
  /** How often heartbeats are written and dead workers looked for; only tests hurry. */
  heartbeat?: { intervalMs: number; deadAfterMs: number }
}

export type QueueRunner = {
  /** Takes no new job, lets running ones end at their next safe point, and says good-bye. */
  stop(): Promise<void>
  /** Settles when the runner ends, rejects when it breaks. */
  ended: Promise<void>
}

/** Runs jobs until told to stop. Any number of processes may do so; a dead one's jobs go on with the others. */
export async function startRunner(options: RunnerOptions): Promise<QueueRunner> {
  const { connectionString, concurrency } = options
  const logger = new Logger(
    () => (level, message) =>
      log[level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'debug']('queue', { message }),
  )
  const events: WorkerEvents = new EventEmitter()
  // Jobs are locked in the name of the pool, not of the workers in it.
  const poolIds = new Set<string>()
  events.on('pool:create', ({ workerPool }) => poolIds.add(workerPool.id))
  events.on('job:failed', ({ job, error }) => {
    log.error('job_gave_up', { job: job.task_identifier, attempts: job.attempts, error: nameOf(error) })
  })
  const stopping = new AbortController()
  const utils = await makeWorkerUtils({ connectionString, logger, maxPoolSize: 2 })
  const heartbeat = await startHeartbeat(utils, {
    poolIds,
    ...(options.heartbeat ?? { intervalMs: 5_000, deadAfterMs: 20_000 }),
  })
  const runner = await run({
    connectionString,
    concurrency,
    maxPoolSize: concurrency + 2,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger,
    events,
    // A completion is written before the pool ends only where it goes through the batch, which a stop waits for.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList: toTasks(options.handlers, stopping.signal),
    crontab: options.crontab,
  })
  return {
    ended: runner.promise,
    stop: async () => {
      stopping.abort()
      await runner.stop()
      await heartbeat.stop()
      await utils.release()
    },
  }
}

function toTasks(handlers: JobHandlers, signal: AbortSignal): TaskList {
  const names = Object.keys(handlers).filter((name): name is JobName => Object.hasOwn(jobs, name))
  return Object.fromEntries(names.map((name) => [name, toTask(name, handlers[name], signal)]))
}

/** The same table, in a type that TypeScript follows from a name to its payload. */
const payloads: { readonly [N in JobName]: { parse(input: unknown): JobPayload<N> } } = jobs

function toTask<N extends JobName>(name: N, handler: JobHandler<N>, signal: AbortSignal): TaskList[string] {
  return async (payload, { job }) => {
    const startedAt = performance.now()
    const context = { signal, attempt: job.attempts, isLastAttempt: job.attempts >= job.max_attempts }
    try {
      await handler(payloads[name].parse(withoutCron(payload)), context)
      log.info('job_done', { job: name, attempt: job.attempts, durationMs: Math.round(performance.now() - startedAt) })
    } catch (error) {
      log.warn('job_failed', { job: name, attempt: job.attempts, error: nameOf(error), message: messageOf(error) })
      throw error
    }
  }
}

/** The clock adds its own word to the payloads of its jobs. */
function withoutCron(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('_cron' in payload)) return payload
  const { _cron: _, ...rest } = payload
  return rest
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : ''
}
