import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import type { JobPayload } from '@/lib/queue/jobs'
import { rereadEverywhere } from '@/lib/sync/reread-claimed'
import { rereadContributions as reread } from '@/lib/sync/reread-contributions'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

/** Every night, and when a landing rule of the shared base was changed: a job for each university and platform. */
export async function rereadAll({ of }: JobPayload<'reread-all'>): Promise<void> {
  log.info('reread_requested', { of: of.kind, ...(await rereadEverywhere(actor, of)) })
}

/** A page of the contributions that one university's decisions rest on. */
export async function rereadContributions(payload: JobPayload<'reread-contributions'>): Promise<void> {
  const { universityId, platform } = payload
  log.info('reread_page', { universityId, platform, ...(await reread(actor, payload)) })
}
