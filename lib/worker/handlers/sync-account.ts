import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import type { JobPayload } from '@/lib/queue/jobs'
import type { JobContext } from '@/lib/queue/runner'
import { abandonSync, runSync } from '@/lib/sync/run-sync'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

/** Reads one account; what waits for a platform comes again as a job of its own. */
export async function syncAccount(payload: JobPayload<'sync-account'>, context: JobContext): Promise<void> {
  try {
    const outcome = await runSync(actor, payload, { signal: context.signal })
    log.info('sync_turn_ended', { runId: payload.runId, outcome })
  } catch (error) {
    if (context.isLastAttempt) await abandonSync(actor, payload)
    throw error
  }
}
