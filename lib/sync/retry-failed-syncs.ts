import { listFailedAccounts } from '@/lib/db/failed-accounts'
import { withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import { findConnection } from '@/lib/db/university-connections'
import type { MemberActor, OperatorActor } from '@/lib/domain/actor'
import { AppError, isAppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { failuresSince } from './get-sync-health'
import { openRun } from './request-sync'

/** As many as one click may wait for; the button stays for the rest. */
export const RETRIED_AT_ONCE = 200

/**
 * Asks again, with the university's credential, for accounts whose last sync failed: one, or all of a platform. Those that
 * are being read already are left alone.
 * @returns how many were queued
 * @throws AppError conflict `sync_paused`, `sync_not_connected`; not_found `account_not_found` when the one has not failed
 */
export async function retryFailedSyncs(
  actor: MemberActor | OperatorActor,
  input: { platform: Platform; accountId?: string | undefined },
  deps: { now: Date } = { now: new Date() },
): Promise<{ accounts: number }> {
  const { universityId } = actor
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  assertCan(actor, 'sync.retry', { universityId })
  const { platform, accountId } = input
  const { now } = deps
  const failed = await withScope({ universityId }, async (tx) => {
    if (await isSyncPaused(tx, { universityId, platform })) throw new AppError('conflict', 'sync_paused')
    const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] })
    if (!connection?.secretSealed) throw new AppError('conflict', 'sync_not_connected')
    return listFailedAccounts(tx, {
      universityId,
      platform,
      accountId,
      since: failuresSince(now),
      limit: RETRIED_AT_ONCE,
    })
  })
  if (accountId !== undefined && failed.length === 0) throw new AppError('not_found', 'account_not_found')
  let accounts = 0
  for (const account of failed) {
    const order = { ...account, universityId, now, trigger: actor.kind === 'member' ? 'admin' : 'operator' } as const
    const queued = await withScope({ universityId, personId: account.personId }, (tx) =>
      openRun(tx, actor, order),
    ).catch(
      // Unlinked a moment ago: nothing to read any more.
      (error: unknown) => {
        if (isAppError(error, 'conflict')) return null
        throw error
      },
    )
    if (queued !== null && !queued.joined) accounts += 1
  }
  return { accounts }
}
