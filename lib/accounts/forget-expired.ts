import { deleteOldLinkAttempts, linkSealContext, takeExpiredLinkTokens } from '@/lib/db/link-attempts'
import { deleteExpiredSignIns } from '@/lib/db/sessions'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { discardSealedToken } from './discard-token'

const ATTEMPTS_A_STEP = 50

/** Who forgets. */
export const HOUSEKEEPING: SystemActor = { kind: 'system', name: 'SYSTEM_HOUSEKEEPING', universityId: null }

export type Forgotten = {
  attempts: number
  tokens: number
  deletedAttempts: number
  sessions: number
  counters: number
}

/**
 * Forgets what ran out, whoever's it was: tokens and identities of linkings that nobody confirmed, old attempts, sessions
 * and counters. A token leaves the database before its platform is told.
 */
export async function forgetExpired(actor: SystemActor): Promise<Forgotten> {
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
  const { sessions, attempts: counters } = await deleteExpiredSignIns()
  return { attempts, tokens, deletedAttempts, sessions, counters }
}
