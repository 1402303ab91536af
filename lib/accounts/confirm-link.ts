import { randomUUID } from 'node:crypto'
import { open } from '@/lib/config/sealing'
import { findOwnIdentity, insertLinkedAccount, relinkAccount } from '@/lib/db/account-links'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { findConsent, insertConsent } from '@/lib/db/consents'
import { isUniqueViolation } from '@/lib/db/errors'
import { findPendingAttempt, linkSealContext, type TakenAttempt, takePendingAttempt } from '@/lib/db/link-attempts'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { queueSyncRun } from '@/lib/queue/queue-sync-run'
import { cancelLink } from './cancel-link'
import { LINKING_CONSENT_VERSION } from './consent'
import { discardToken } from './discard-token'
import { queueRewarning } from './queue-rewarning'
import { refuseLink } from './refuse-link'

export type ConfirmLinkInput = { attemptId: string; sessionId: string; consentVersion: number }

/**
 * The person's word on a proved identity: consent, account, the first sync with its token, and the audit events, in one
 * transaction. An identity belongs to one person for good; whose it is, is not told.
 * @throws AppError conflict `account_belongs_to_somebody_else`, `consent_text_changed`; not_found `link_attempt_not_found`
 */
export async function confirmLink(
  actor: MemberActor,
  input: ConfirmLinkInput,
  deps: { now: Date } = { now: new Date() },
): Promise<{ accountId: string }> {
  assertCan(actor, 'account.link')
  if (input.consentVersion !== LINKING_CONSENT_VERSION) throw new AppError('conflict', 'consent_text_changed')
  const { personId, universityId } = actor
  const { now } = deps
  const own = { attemptId: input.attemptId, sessionId: input.sessionId, personId, now }
  // Known before, since a refused write takes the whole transaction with it.
  const pending = await withScope({ personId }, (tx) => findPendingAttempt(tx, own))
  if (pending === null) throw new AppError('not_found', 'link_attempt_not_found')
  try {
    const linked = await withScope({ personId, universityId }, async (tx) => {
      const attempt = await takePendingAttempt(tx, own)
      if (attempt === null) throw new AppError('not_found', 'link_attempt_not_found')
      return saveLink(tx, actor, { attemptId: own.attemptId, attempt, now })
    })
    if (linked.tokenLeft !== null) await discardToken(pending.platform, linked.tokenLeft)
    return { accountId: linked.accountId }
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await cancelLink(actor, input, deps)
    const code = 'account_belongs_to_somebody_else'
    throw await refuseLink(actor, { platform: pending.platform, kind: 'conflict', code, now })
  }
}

type Save = { attemptId: string; attempt: TakenAttempt; now: Date }

async function saveLink(
  tx: Tx,
  actor: MemberActor,
  { attemptId, attempt, now }: Save,
): Promise<{ accountId: string; tokenLeft: string | null }> {
  const { platform, identity } = attempt
  const { personId } = actor
  await agree(tx, actor, now)
  const earlier = await findOwnIdentity(tx, { personId, platform, platformUserId: identity.platformUserId })
  const accountId = earlier?.id ?? randomUUID()
  const isNew = earlier === null || earlier.unlinkedAt !== null
  const link = { personId, platform, identity, now }
  if (earlier === null) await insertLinkedAccount(tx, { ...link, id: accountId })
  else if (isNew) await relinkAccount(tx, accountId, link)
  if (isNew) {
    if (earlier !== null) await queueRewarning(tx, { personId, platform, platformUserId: identity.platformUserId })
    await recordAuditEvent(tx, {
      actor,
      action: 'account.linked',
      subject: { kind: 'account', id: accountId },
      data: { platform, accountId, again: earlier !== null },
      occurredAt: now,
    })
  }
  const token = open(attempt.tokenSealed, linkSealContext(attemptId, 'token'))
  const trigger = isNew ? 'link' : 'refresh'
  const { tokenLeft } = await queueSyncRun(tx, actor, {
    accountId,
    personId,
    universityId: actor.universityId,
    trigger,
    token,
    now,
  })
  return { accountId, tokenLeft: tokenLeft ? token : null }
}

/** The version of the text that was shown, once. */
async function agree(tx: Tx, actor: MemberActor, now: Date): Promise<void> {
  const { personId } = actor
  const consent = await findConsent(tx, personId, 'linking')
  if (consent?.version === LINKING_CONSENT_VERSION) return
  await insertConsent(tx, { personId, kind: 'linking', version: LINKING_CONSENT_VERSION, grantedAt: now })
  await recordAuditEvent(tx, {
    actor,
    action: 'consent.granted',
    subject: { kind: 'person', id: personId },
    data: { kind: 'linking', version: LINKING_CONSENT_VERSION },
    occurredAt: now,
  })
}
