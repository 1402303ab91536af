import { freezeClaimEvidence } from '@/lib/claims/freeze-evidence'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { enqueue } from '@/lib/queue/enqueue'
import type { JobPayload } from '@/lib/queue/jobs'

/** Freezes a claim's evidence; where a platform asks to wait, the job comes again at that time. */
export async function freezeEvidence(payload: JobPayload<'freeze-evidence'>): Promise<void> {
  const { universityId } = payload
  const actor: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId }
  const outcome = await freezeClaimEvidence(actor, payload)
  if (outcome.status !== 'wait') return
  await withScope({ universityId }, (tx) => enqueue(tx, 'freeze-evidence', payload, outcome.until))
}
