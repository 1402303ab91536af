import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import type { JobPayload } from '@/lib/queue/jobs'
import { syncAllAccounts as syncAll, syncUniversityAccounts as syncUniversity } from '@/lib/sync/sync-all-accounts'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

/** Every night: a job for each university. */
export async function syncAllAccounts(): Promise<void> {
  log.info('nightly_sync', await syncAll(actor))
}

/** A page of one university's members. */
export async function syncUniversityAccounts(payload: JobPayload<'sync-university-accounts'>): Promise<void> {
  log.info('nightly_sync_page', { universityId: payload.universityId, ...(await syncUniversity(actor, payload)) })
}
