import { forgetExpired as forget, HOUSEKEEPING } from '@/lib/accounts/forget-expired'
import { giveUpLostEvidence } from '@/lib/claims/give-up-lost-evidence'
import { log } from '@/lib/log/log'

/** Every few minutes: what ran out is forgotten, link tokens first of all; and what waits for a job that is gone is told so. */
export async function forgetExpired(): Promise<void> {
  const forgotten = await forget(HOUSEKEEPING)
  if (Object.values(forgotten).some((count) => count > 0)) log.info('expired_forgotten', forgotten)
  const claims = await giveUpLostEvidence()
  if (claims > 0) log.warn('evidence_without_job', { claims })
}
