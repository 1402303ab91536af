import { findLinkedAccount } from '@/lib/db/linked-accounts'
import { type Tx, withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { Actor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { SyncTrigger } from '@/lib/domain/sync'
import { queueSyncRun } from '@/lib/queue/queue-sync-run'

export type RequestSyncInput = {
  accountId: string
  trigger: SyncTrigger
  /** Whose account it is; left out: the actor's own. The nightly sync and the operator name the person. */
  personId?: string
}

/**
 * Asks for a sync of a linked account with the university's credential. One that has not ended is joined, not doubled.
 * (A sync with a fresh token of the person is queued where the token arrives.)
 * @throws AppError not_found `account_not_found`; conflict `account_unlinked`, `sync_paused`
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
  return withScope({ universityId, personId }, (tx) =>
    openRun(tx, actor, { ...input, personId, universityId, ...deps }),
  )
}

type Order = RequestSyncInput & { personId: string; universityId: string; now: Date }

/**
 * {@link requestSync} in the caller's transaction, whose scope is of the university and the person, after the caller asked
 * whether the actor may.
 */
export async function openRun(tx: Tx, actor: Actor, order: Order): Promise<{ runId: string; joined: boolean }> {
  const { accountId, personId, universityId, trigger, now } = order
  const account = await findLinkedAccount(tx, accountId)
  if (account?.personId !== personId) throw new AppError('not_found', 'account_not_found')
  if (account.unlinkedAt !== null) throw new AppError('conflict', 'account_unlinked')
  // What a night asks for meets the pause by itself and waits for its end; a person is told.
  const isAsked = actor.kind !== 'system'
  if (isAsked && (await isSyncPaused(tx, { universityId, platform: account.platform }))) {
    throw new AppError('conflict', 'sync_paused')
  }
  const { runId, joined } = await queueSyncRun(tx, actor, {
    accountId,
    personId,
    universityId,
    trigger,
    token: null,
    now,
  })
  return { runId, joined }
}
