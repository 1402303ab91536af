import { recordAuditEvent } from '@/lib/db/audit-events'
import { withdrawConsents } from '@/lib/db/consents'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { discardSealedToken } from './discard-token'
import { endAccount, type LooseToken } from './end-account'

/**
 * Takes the consent to reading accounts back: every account is unlinked, nothing is read any more. What was submitted and
 * credited stays.
 * @throws AppError conflict `no_consent` when there is none to take back
 */
export async function withdrawConsent(
  actor: MemberActor,
  _input: Record<never, never> = {},
  deps: { now: Date } = { now: new Date() },
): Promise<{ unlinked: number }> {
  assertCan(actor, 'self.withdraw_consent')
  const { personId, universityId } = actor
  const { now } = deps
  const { tokens, unlinked } = await withScope({ personId, universityId }, async (tx) => {
    const versions = await withdrawConsents(tx, { personId, kind: 'linking', withdrawnAt: now })
    if (versions.length === 0) throw new AppError('conflict', 'no_consent')
    const loose: LooseToken[] = []
    let count = 0
    for (const account of await listLinkedAccounts(tx, personId)) {
      const ended = await endAccount(tx, actor, { account, now })
      loose.push(...(ended?.tokens ?? []))
      count += ended === null ? 0 : 1
    }
    for (const version of versions) {
      await recordAuditEvent(tx, {
        actor,
        action: 'consent.withdrawn',
        subject: { kind: 'person', id: personId },
        data: { kind: 'linking', version },
        occurredAt: now,
      })
    }
    return { tokens: loose, unlinked: count }
  })
  for (const { platform, sealed, context } of tokens) await discardSealedToken(platform, sealed, context)
  return { unlinked }
}
