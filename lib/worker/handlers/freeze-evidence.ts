import { freezeClaimEvidence } from '@/lib/claims/freeze-evidence'
import { giveUpEvidence } from '@/lib/claims/give-up-evidence'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { enqueue } from '@/lib/queue/enqueue'
import type { JobPayload } from '@/lib/queue/jobs'
import type { JobContext } from '@/lib/queue/runner'

/**
 * Freezes a claim's evidence; where a platform asks to wait, the job comes again at that time. What fails here and not
 * there is tried as often as the job may be; then the claim says so.
 */
export async function freezeEvidence(payload: JobPayload<'freeze-evidence'>, context: JobContext): Promise<void> {
  const { universityId } = payload
  const actor: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId }
  try {
    const outcome = await freezeClaimEvidence(actor, payload)
    if (outcome.status !== 'wait') return
    await withScope({ universityId }, (tx) => enqueue(tx, 'freeze-evidence', payload, outcome.until))
  } catch (error) {
    if (context.isLastAttempt) await giveUpEvidence(actor, { ...payload, failure: 'internal' }, { now: new Date() })
    throw error
  }
}
