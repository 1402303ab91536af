import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import type { JobPayload } from '@/lib/queue/jobs'
import { findCopies } from '@/lib/sync/find-copies'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

/** Which of a person's contributions are the same change. */
export async function findPersonCopies(payload: JobPayload<'find-copies'>): Promise<void> {
  log.info('copies_looked_for', await findCopies(actor, payload))
}
