import { randomUUID } from 'node:crypto'
import { seal } from '@/lib/config/sealing'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { lockKey, type Tx } from '@/lib/db/scope'
import { createSyncRun, findOpenSyncRun, giveSyncRunToken, syncTokenContext } from '@/lib/db/sync-runs'
import type { Actor } from '@/lib/domain/actor'
import type { SyncTrigger } from '@/lib/domain/sync'
import { enqueue } from './enqueue'

export type SyncRunOrder = {
  accountId: string
  /** Whose account it is, and whose credential serves where there is no token. */
  personId: string
  universityId: string
  trigger: SyncTrigger
  /** A fresh token of the person, handed to this run alone; null where the university's credential is used. */
  token: string | null
  now: Date
}

/**
 * Queues a sync of an account in the caller's transaction: run, job and audit event, or none of them. One
 * that has not ended is joined: where it waits without a token it takes this one and goes on now.
 * @returns `tokenLeft` when the token was not taken and is the caller's to discard
 */
export async function queueSyncRun(
  tx: Tx,
  actor: Actor,
  order: SyncRunOrder,
): Promise<{ runId: string; joined: boolean; tokenLeft: boolean }> {
  const { accountId, personId, universityId, trigger, token, now } = order
  await lockKey(tx, `sync-request:${accountId}`)
  const open = await findOpenSyncRun(tx, accountId)
  if (open !== null) {
    const sealed = token === null ? null : seal(token, syncTokenContext(open.id))
    const isTaken = sealed !== null && (await giveSyncRunToken(tx, open.id, sealed))
    if (isTaken) await enqueue(tx, 'sync-account', { runId: open.id, accountId, personId }, now)
    return { runId: open.id, joined: true, tokenLeft: token !== null && !isTaken }
  }
  const runId = randomUUID()
  const tokenSealed = token === null ? null : seal(token, syncTokenContext(runId))
  await createSyncRun(tx, { id: runId, accountId, personId, universityId, trigger, tokenSealed, requestedAt: now })
  await enqueue(tx, 'sync-account', { runId, accountId, personId })
  await recordAuditEvent(tx, {
    actor,
    action: 'sync.requested',
    subject: { kind: 'account', id: accountId },
    data: { accountId, trigger },
    occurredAt: now,
  })
  return { runId, joined: false, tokenLeft: false }
}
