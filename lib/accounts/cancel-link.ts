import { linkSealContext, takePendingAttempt } from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { discardSealedToken } from './discard-token'

/** “No, not this one”: the proof is forgotten and its token ended. Harmless where there is nothing (any more). */
export async function cancelLink(
  actor: MemberActor,
  input: { attemptId: string; sessionId: string },
  deps: { now: Date } = { now: new Date() },
): Promise<void> {
  assertCan(actor, 'account.link')
  const { attemptId, sessionId } = input
  const { personId } = actor
  const attempt = await withScope({ personId }, (tx) =>
    takePendingAttempt(tx, { attemptId, sessionId, personId, now: deps.now }),
  )
  if (attempt === null) return
  await discardSealedToken(attempt.platform, attempt.tokenSealed, linkSealContext(attemptId, 'token'))
}
