import type { Tx } from '@/lib/db/scope'
import { type JobName, type JobPayload, jobs } from './jobs'

/**
 * Queues a job inside the caller's transaction: it exists if, and only if, the transaction commits.
 * @param runAt earliest start; left out: at once
 */
export async function enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayload<N>, runAt?: Date): Promise<void> {
  const job = jobs[name].prepare(payload)
  await tx.$executeRaw`select enqueue_job(
    ${name}, ${job.payload}::json, ${job.queue}, ${runAt ?? null}::timestamptz,
    ${job.maxAttempts}::int, ${job.key}, ${job.key === null ? null : 'replace'})`
}
