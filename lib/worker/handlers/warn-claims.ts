import { rewarnClaims } from '@/lib/claims/rewarn-claims'
import { warnClaims } from '@/lib/claims/warn-claims'
import type { SystemActor } from '@/lib/domain/actor'
import { log } from '@/lib/log/log'
import type { JobPayload } from '@/lib/queue/jobs'

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }

/** Something under a contribution changed: the claims that hold it are warned. */
export async function warnClaimsHolding(payload: JobPayload<'warn-claims'>): Promise<void> {
  await warnClaims(actor, payload)
}

/** The catalog or the link of an account changed: a page of the claims that it touches is warned. */
export async function warnClaimsTouched(payload: JobPayload<'rewarn-claims'>): Promise<void> {
  const { universityId } = payload
  log.info('claims_looked_at_again', { universityId, ...(await rewarnClaims(actor, payload)) })
}
