import { unlinkLinkedAccount } from '@/lib/db/account-links'
import { recordAuditEvent } from '@/lib/db/audit-events'
import type { LinkedAccountRow } from '@/lib/db/linked-accounts'
import type { Tx } from '@/lib/db/scope'
import { findOpenSyncRun, findSyncRunToken, finishSyncRun, syncTokenContext } from '@/lib/db/sync-runs'
import type { MemberActor } from '@/lib/domain/actor'
import type { Platform } from '@/lib/domain/platform'
import { queueRewarning } from './queue-rewarning'

/** A sealed token that is out of the database and waits to be ended at its platform. */
export type LooseToken = { platform: Platform; sealed: string; context: string }

/**
 * Takes an account out of use: no more reading, and the token of a sync under way is destroyed. What was read, and the
 * row itself, stay.
 * @returns null when it was not in use
 */
export async function endAccount(
  tx: Tx,
  actor: MemberActor,
  end: { account: LinkedAccountRow; now: Date },
): Promise<{ tokens: LooseToken[] } | null> {
  const { account, now } = end
  const unlinked = await unlinkLinkedAccount(tx, { accountId: account.id, personId: actor.personId, now })
  if (!unlinked) return null
  const tokens: LooseToken[] = []
  const run = await findOpenSyncRun(tx, account.id)
  if (run !== null) {
    const sealed = await findSyncRunToken(tx, run.id)
    if (sealed !== null) tokens.push({ platform: account.platform, sealed, context: syncTokenContext(run.id) })
    await finishSyncRun(tx, run.id, { state: 'failed', finishedAt: now, failureKind: null })
  }
  await queueRewarning(tx, account)
  await recordAuditEvent(tx, {
    actor,
    action: 'account.unlinked',
    subject: { kind: 'account', id: account.id },
    data: { platform: account.platform, accountId: account.id },
    occurredAt: now,
  })
  return { tokens }
}
