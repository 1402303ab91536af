import { withScope } from '@/lib/db/scope'
import { listAppliedMigrations, listShippedMigrations, readQueueState } from '@/lib/db/system-state'
import { type Health, judgeHealth, type Observations } from '@/lib/health/health'
import { log } from '@/lib/log/log'

const WITHIN_MS = 5_000

/** Looks at database, migrations and queue. Never throws: what cannot be seen is unwell. */
export async function getHealth(): Promise<Health> {
  try {
    return judgeHealth(await withinTime(observe()))
  } catch (error) {
    log.error('health_unknown', { error })
    return judgeHealth(null)
  }
}

async function observe(): Promise<Observations> {
  const shipped = await listShippedMigrations()
  return withScope({}, async (tx) => ({
    shipped,
    applied: await listAppliedMigrations(tx),
    queue: await readQueueState(tx),
  }))
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${WITHIN_MS} ms`)), WITHIN_MS)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
