import { listClaimsWithoutCollector } from '@/lib/db/evidence-failures'
import type { SystemActor } from '@/lib/domain/actor'
import { giveUpEvidence } from './give-up-evidence'

const CLAIMS_A_STEP = 50
/** A claim that is being collected for has its job queued, also while it waits for a platform. */
const LOST_AFTER_MS = 3_600_000

const actor: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }

/** Ends the collecting of claims whose job is gone: a worker died in its last try, or the queue was lost. */
export async function giveUpLostEvidence(deps: { now: Date } = { now: new Date() }): Promise<number> {
  const lost = await listClaimsWithoutCollector(new Date(deps.now.getTime() - LOST_AFTER_MS), CLAIMS_A_STEP)
  let ended = 0
  for (const key of lost) {
    const given = await giveUpEvidence(
      { ...actor, universityId: key.universityId },
      { ...key, failure: 'internal' },
      deps,
    )
    ended += given ? 1 : 0
  }
  return ended
}
