import { randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { findLinkedAccount } from '@/lib/db/linked-accounts'
import { lockKey, withScope } from '@/lib/db/scope'
import { createSyncRun, findOpenSyncRun } from '@/lib/db/sync-runs'
import type { Actor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { SyncTrigger } from '@/lib/domain/sync'
import { enqueue } from '@/lib/queue/enqueue'

export type RequestSyncInput = {
  accountId: string
  trigger: SyncTrigger
  /** Whose account it is; left out: the actor's own. The nightly sync and the operator name the person. */
  personId?: string
}

/**
 * Asks for a sync of a linked account with the university's credential. One that has not ended is joined, not doubled.
 * (A sync with a fresh token of the person is queued where the token arrives: `createSyncRun` with `tokenSealed`.)
 * @throws AppError not_found `account_not_found`; conflict `account_unlinked`
 */
export async function requestSync(
  actor: Actor,
  input: RequestSyncInput,
  deps: { now: Date } = { now: new Date() },
): Promise<{ runId: string; joined: boolean }> {
  const personId = input.personId ?? (actor.kind === 'member' ? actor.personId : null)
  const { universityId } = actor
  if (personId === null || universityId === null) throw new AppError('invalid', 'university_and_person_needed')
  assertCan(actor, actor.kind === 'member' ? 'account.refresh' : 'sync.run', { ownerPersonId: personId, universityId })
  return withScope({ universityId, personId }, async (tx) => {
    const account = await findLinkedAccount(tx, input.accountId)
    if (account?.personId !== personId) throw new AppError('not_found', 'account_not_found')
    if (account.unlinkedAt !== null) throw new AppError('conflict', 'account_unlinked')
    await lockKey(tx, `sync-request:${account.id}`)
    const open = await findOpenSyncRun(tx, account.id)
    if (open !== null) return { runId: open.id, joined: true }
    const runId = randomUUID()
    await createSyncRun(tx, {
      id: runId,
      accountId: account.id,
      personId,
      universityId,
      trigger: input.trigger,
      tokenSealed: null,
      requestedAt: deps.now,
    })
    await enqueue(tx, 'sync-account', { runId, accountId: account.id, personId })
    await recordAuditEvent(tx, {
      actor,
      action: 'sync.requested',
      subject: { kind: 'account', id: account.id },
      data: { accountId: account.id, trigger: input.trigger },
      occurredAt: deps.now,
    })
    return { runId, joined: false }
  })
}
