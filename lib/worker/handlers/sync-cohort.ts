import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import type { JobPayload } from '@/lib/queue/jobs'
import type { JobContext } from '@/lib/queue/runner'
import { syncCohort } from '@/lib/sync/sync-cohort'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

/** A turn of a university's night; what waits for the platform comes again as a job of its own. */
export async function syncUniversityCohort(payload: JobPayload<'sync-cohort'>, context: JobContext): Promise<void> {
  const outcome = await syncCohort(actor, payload, { signal: context.signal })
  log.info('cohort_turn_ended', { ...payload, outcome })
}
