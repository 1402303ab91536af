import { findOwnIdentity } from '@/lib/db/account-links'
import { findConsent } from '@/lib/db/consents'
import { findPendingAttempt } from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { LINKING_CONSENT_VERSION } from './consent'
import type { PendingLinkView } from './view'

/**
 * The identity that a platform just proved, before anything of it is saved.
 * @throws AppError not_found `link_attempt_not_found`: ended, late, another session's or another person's
 */
export async function getPendingLink(
  actor: MemberActor,
  input: { attemptId: string; sessionId: string },
  deps: { now: Date } = { now: new Date() },
): Promise<PendingLinkView> {
  assertCan(actor, 'account.link')
  const { personId } = actor
  return withScope({ personId }, async (tx) => {
    const attempt = await findPendingAttempt(tx, { ...input, personId, now: deps.now })
    if (attempt === null) throw new AppError('not_found', 'link_attempt_not_found')
    const { platform, identity, expiresAt } = attempt
    const { platformUserId, login, name } = identity
    const own = await findOwnIdentity(tx, { personId, platform, platformUserId })
    const consent = await findConsent(tx, personId, 'linking')
    return {
      attemptId: attempt.id,
      platform,
      platformUserId,
      login,
      name,
      standing: own === null ? 'new' : own.unlinkedAt === null ? 'linked' : 'again',
      consented: consent?.version === LINKING_CONSENT_VERSION,
      expiresAt,
    }
  })
}
