import { warnClaims } from '@/lib/claims/warn-claims'
import type { SystemActor } from '@/lib/domain/actor'
import type { JobPayload } from '@/lib/queue/jobs'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }

/** Something under a contribution changed: the claims that hold it are warned. */
export async function warnClaimsHolding(payload: JobPayload<'warn-claims'>): Promise<void> {
  await warnClaims(actor, payload)
}
