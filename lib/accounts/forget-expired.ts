import { recordAuditEvent } from '@/lib/db/audit-events'
import { deleteOldLinkAttempts, linkSealContext, takeExpiredLinkTokens } from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import { deleteExpiredSignIns } from '@/lib/db/sessions'
import { endLostSyncRuns, syncTokenContext } from '@/lib/db/sync-runs'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { discardSealedToken } from './discard-token'

const ATTEMPTS_A_STEP = 50
/** A living run has its job queued, also while it waits for a platform. */
const LOST_AFTER_MS = 3_600_000

/** Who forgets. */
export const HOUSEKEEPING: SystemActor = { kind: 'system', name: 'SYSTEM_HOUSEKEEPING', universityId: null }

export type Forgotten = {
  attempts: number
  tokens: number
  deletedAttempts: number
  lostRuns: number
  sessions: number
  counters: number
}

/**
 * Forgets what ran out, whoever's it was: tokens and identities of linkings that nobody confirmed, old attempts, syncs whose
 * job is gone, sessions and counters. A token leaves the database before its platform is told.
 */
export async function forgetExpired(actor: SystemActor, deps: { now: Date } = { now: new Date() }): Promise<Forgotten> {
  assertCan(actor, 'expired.forget')
  let attempts = 0
  let tokens = 0
  for (;;) {
    const step = await takeExpiredLinkTokens(ATTEMPTS_A_STEP)
    for (const { id, platform, tokenSealed } of step) {
      if (tokenSealed === null) continue
      tokens += 1
      await discardSealedToken(platform, tokenSealed, linkSealContext(id, 'token'))
    }
    attempts += step.length
    if (step.length < ATTEMPTS_A_STEP) break
  }
  const deletedAttempts = await deleteOldLinkAttempts()
  const lostRuns = await endLostRuns(actor, deps.now)
  const { sessions, attempts: counters } = await deleteExpiredSignIns()
  return { attempts, tokens, deletedAttempts, lostRuns, sessions, counters }
}

/** Ended in the database first; then their tokens at the platforms, and a line in the universities' logs. */
async function endLostRuns(actor: SystemActor, now: Date): Promise<number> {
  const lost = await endLostSyncRuns(new Date(now.getTime() - LOST_AFTER_MS), ATTEMPTS_A_STEP)
  for (const { id, accountId, personId, universityId, platform, tokenSealed } of lost) {
    if (tokenSealed !== null) await discardSealedToken(platform, tokenSealed, syncTokenContext(id))
    await withScope({ universityId, personId }, (tx) =>
      recordAuditEvent(tx, {
        actor,
        action: 'sync.failed',
        subject: { kind: 'account', id: accountId },
        data: { accountId, runId: id, failureKind: 'unexpected_answer' },
        occurredAt: now,
        universityId,
      }),
    )
  }
  return lost.length
}
