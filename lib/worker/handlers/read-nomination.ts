import { giveUpNomination, readNomination } from '@/lib/catalog/read-nomination'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import { enqueue } from '@/lib/queue/enqueue'
import type { JobPayload } from '@/lib/queue/jobs'
import type { JobContext } from '@/lib/queue/runner'

/** Reads what a platform says of a nominated repository; where it asks to wait, the job comes again at that time. */
export async function readNominated(payload: JobPayload<'read-nomination'>, context: JobContext): Promise<void> {
  const { universityId, nominationId } = payload
  const actor: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId }
  try {
    const read = await readNomination(actor, payload, { now: new Date(), signal: context.signal })
    log.info('nomination_read', { nominationId, status: read.status })
    if (read.status !== 'wait') return
    await withScope({ universityId }, (tx) => enqueue(tx, 'read-nomination', payload, read.until))
  } catch (error) {
    if (context.isLastAttempt) await giveUpNomination(actor, payload)
    throw error
  }
}
