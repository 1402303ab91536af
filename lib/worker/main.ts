import { requireEnv } from '@/lib/config/require-env'
import { closeDatabase } from '@/lib/db/client'
import { log } from '@/lib/log/log'
import { startRunner } from '@/lib/queue/runner'
import { handlers } from './handlers'

/** UTC. 18:30 is 02:30 in the morning in China; one missed by less than four hours is made up for. */
const CRONTAB = `
30 18 * * * sync-all-accounts ?fill=4h&jobKey=sync-all-accounts
0 21 * * * reread-all ?fill=4h&jobKey=reread-all
*/5 * * * * forget-expired ?jobKey=forget-expired
`

/** How long running jobs may take to reach a safe point before the process ends anyway; their locks are given up then. */
const STOP_PATIENCE_MS = 25_000

const { WORKER_CONCURRENCY: concurrency, DATABASE_OWNER_URL: connectionString } = requireEnv('DATABASE_OWNER_URL')
const runner = await startRunner({ connectionString, concurrency, handlers, crontab: CRONTAB })
log.info('worker_ready', { pid: process.pid, concurrency })
process.send?.('ready')

let isStopping = false

async function stop(reason: string): Promise<void> {
  if (isStopping) return
  isStopping = true
  log.info('worker_stopping', { reason })
  setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref()
  await runner.stop()
  await closeDatabase()
  process.exit(0)
}

function onStop(reason: string): void {
  stop(reason).catch((error: unknown) => {
    log.error('worker_stop_failed', { error: error instanceof Error ? error.name : typeof error })
    process.exit(1)
  })
}

process.on('SIGTERM', () => onStop('SIGTERM'))
process.on('SIGINT', () => onStop('SIGINT'))
// Started by another process (the demo): without it nobody would end us.
if (process.connected) process.on('disconnect', () => onStop('parent gone'))

runner.ended.then(
  () => onStop('runner ended'),
  (error: unknown) => {
    log.error('worker_broke', { error: error instanceof Error ? error.message : typeof error })
    process.exit(1)
  },
)
