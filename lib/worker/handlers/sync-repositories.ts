import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import { enqueue } from '@/lib/queue/enqueue'
import type { JobPayload } from '@/lib/queue/jobs'
import type { JobContext } from '@/lib/queue/runner'
import { completeContributions } from '@/lib/sync/complete-contributions'
import { syncRepositories } from '@/lib/sync/sync-repositories'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

/** A turn of a night over the repositories of a university's catalog. */
export async function syncCatalogRepositories(
  payload: JobPayload<'sync-repositories'>,
  context: JobContext,
): Promise<void> {
  const outcome = await syncRepositories(actor, payload, { signal: context.signal })
  log.info('repositories_turn_ended', { ...payload, outcome })
}

/** Details of some contributions; where a platform asks to wait, the job comes again at that time. */
export async function completeFoundContributions(
  payload: JobPayload<'complete-contributions'>,
  context: JobContext,
): Promise<void> {
  const { completed, waitUntil } = await completeContributions(actor, payload, { signal: context.signal })
  log.info('contributions_completed', { platform: payload.platform, asked: payload.numbers.length, completed })
  if (waitUntil === null) return
  const { universityId } = payload
  await withScope({ universityId }, (tx) => enqueue(tx, 'complete-contributions', payload, waitUntil))
}
